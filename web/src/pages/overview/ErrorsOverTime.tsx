import { useMemo } from "react";
import { useAnswer } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Chart } from "../../components/Chart";
import type { ChartMark, ChartSeries } from "../../components/chartOptions";
import { shortCount } from "../../components/numbers";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { deployments, histogram } from "../../data/queries";

const TOKENS = ["--severity-high", "--severity-medium", "--severity-low", "--severity-critical", "--line-1", "--severity-info", "--severity-debug", "--good"];

/** Errors of the kinds that are most frequent, and what was deployed meanwhile. */
export function ErrorsOverTime({ view }: { view: View }) {
  const errors = useAnswer(histogram({ filters: { status: "error,timeout" }, bounds: view.bounds }, "error_type"));
  const deployed = useAnswer(deployments(view.bounds));
  const times = useMemo(() => errors.data?.buckets.map((bucket) => Date.parse(bucket)) ?? [], [errors.data]);
  const series = useMemo<ChartSeries[]>(() => {
    const named = (errors.data?.series ?? []).slice(0, 5).map((each, place) => ({
      name: each.value ?? "no type",
      token: TOKENS[place] ?? "--severity-info",
      values: each.counts,
    }));
    const shown = named.map((each) => each.values);
    const rest = (errors.data?.counts ?? []).map((all, place) => all - shown.reduce((sum, values) => sum + (values[place] ?? 0), 0));
    return rest.some((value) => value > 0) ? [...named, { name: "others", token: "--severity-info", values: rest }] : named;
  }, [errors.data]);
  const marks = useMemo<ChartMark[]>(
    () =>
      (deployed.data ?? []).map((event) => ({
        time: Date.parse(event.timestamp),
        name: `${event.engine ?? ""} ${event.version ?? "deployed"}`.trim(),
      })),
    [deployed.data],
  );
  return (
    <Panel title="Errors by type" scope="errors and timeouts in range; drag to look closer">
      {errors.isPending ? (
        <Room height={172} />
      ) : errors.error !== null && errors.data === undefined ? (
        <Refused error={errors.error} onRetry={() => void errors.refetch()} />
      ) : errors.data.total === 0 ? (
        <Note>There are none</Note>
      ) : (
        <Chart
          label="Errors over time, by type"
          times={times}
          series={series}
          kind="bars"
          height={150}
          zone={view.zone}
          format={(value) => (Number.isInteger(value) ? shortCount(value) : "")}
          marks={marks}
          stale={errors.isPlaceholderData}
          onSelect={(from, to) => view.setRange({ kind: "fixed", from: Math.floor(from), to: Math.ceil(to) })}
        />
      )}
    </Panel>
  );
}
