import { useMemo } from "react";
import { useAnswer } from "../../app/useAnswer";
import { Chart } from "../../components/Chart";
import type { ChartMark, ChartSeries } from "../../components/chartOptions";
import { count, shortCount } from "../../components/numbers";
import { SEVERITIES } from "../../data/fields";
import { deployments, histogram } from "../../data/queries";
import type { ExploreState } from "./useExplore";
import style from "./Explore.module.css";

/** How many events there were when, by how severe they are. A part of it can be chosen. */
export function Histogram({ explore }: { explore: ExploreState }) {
  const counts = useAnswer(histogram(explore.scope, "severity"));
  const deployed = useAnswer(deployments(explore.view.bounds));
  const times = useMemo(() => counts.data?.buckets.map((bucket) => Date.parse(bucket)) ?? [], [counts.data]);
  const series = useMemo<ChartSeries[]>(() => {
    const found = new Map(counts.data?.series?.map((each) => [each.value, each.counts]));
    return SEVERITIES.filter((severity) => found.has(severity)).map((severity) => ({
      name: severity,
      token: `--severity-${severity}`,
      values: found.get(severity) ?? [],
    }));
  }, [counts.data]);
  const marks = useMemo<ChartMark[]>(
    () =>
      (deployed.data ?? []).map((event) => ({
        time: Date.parse(event.timestamp),
        name: `${event.engine ?? "deployed"} ${event.version ?? ""}`.trim(),
      })),
    [deployed.data],
  );
  if (counts.data === undefined || counts.data.total === 0) {
    return <div className={style.noHistogram} />;
  }
  return (
    <Chart
      label={`${count(counts.data.total)} events over time, by severity`}
      times={times}
      series={series}
      kind="bars"
      height={92}
      zone={explore.view.zone}
      format={(value) => (Number.isInteger(value) ? shortCount(value) : "")}
      marks={marks}
      stale={counts.isPlaceholderData}
      onSelect={(from, to) => explore.zoom({ kind: "fixed", from: Math.floor(from), to: Math.ceil(to) })}
    />
  );
}
