import { useMemo } from "react";
import { useAnswer } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Chart, type ChartProps } from "../../components/Chart";
import type { ChartSeries } from "../../components/chartOptions";
import { ErrorState } from "../../components/EmptyState";
import { millis, percent } from "../../components/numbers";
import { Note, Panel, Room } from "../../components/Panel";
import { deployments, performanceSeries } from "../../data/queries";
import { inWords, parseFilter } from "../../search/filter";
import type { Filters } from "../../search/url";
import style from "./Performance.module.css";

interface LatencyProps {
  readonly view: View;
  readonly filters: Filters;
  readonly onDrop: (field: string) => void;
  readonly onSelect: (from: number, to: number) => void;
}

const PERCENTILES = [
  ["p50", "--line-1"],
  ["p95", "--line-2"],
  ["p99", "--line-3"],
] as const;

const HEIGHT = 190;

/** How long calls took and how many failed, over time. */
export function Latency({ view, filters, onDrop, onSelect }: LatencyProps) {
  const series = useAnswer(performanceSeries({ bounds: view.bounds, filters }));
  const deployed = useAnswer(deployments(view.bounds));
  const total = series.data?.total;
  const times = useMemo(() => series.data?.buckets.map((bucket) => Date.parse(bucket)) ?? [], [series.data]);
  const durations = useMemo<ChartSeries[]>(
    () => PERCENTILES.map(([name, token]) => ({ name: `${name} ≈`, token, values: total?.duration_ms[name] ?? [] })),
    [total],
  );
  const errors = useMemo<ChartSeries[]>(
    () => [{ name: "error rate", token: "--severity-high", values: total?.error_rate ?? [] }],
    [total],
  );
  const marks = useMemo(
    () => (deployed.data ?? []).map((event) => ({ time: Date.parse(event.timestamp), name: `${event.engine ?? ""} ${event.version ?? ""}`.trim() })),
    [deployed.data],
  );
  if (series.error !== null) {
    return <ErrorState error={series.error} onRetry={() => void series.refetch()} />;
  }
  const common = { times, height: HEIGHT, kind: "lines" as const, zone: view.zone, marks, stale: series.isPlaceholderData, onSelect };
  const chart = (props: Pick<ChartProps, "label" | "series" | "format" | "logarithmic">) => {
    if (total === undefined) {
      return <Room height={HEIGHT + 22} />;
    }
    return total.calls.some((calls) => calls !== null && calls > 0) ? <Chart {...common} {...props} /> : <Note>No calls in this range</Note>;
  };
  const dropped = Object.entries(filters).map(([field, text]) => (
    <button key={field} type="button" className={style.chip} onClick={() => onDrop(field)} aria-label={`Drop ${field}`}>
      {field} {inWords(parseFilter(text ?? ""))} ✕
    </button>
  ));
  return (
    <div className={style.charts}>
      <Panel title="Duration" scope="choose a part to see what is different in it" actions={dropped}>
        {chart({ label: "Duration of calls over time, percentiles", series: durations, format: millis, logarithmic: true })}
      </Panel>
      <Panel title="Errors" scope="share of calls">
        {chart({ label: "Share of calls that failed, over time", series: errors, format: percent })}
      </Panel>
    </div>
  );
}
