import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Change } from "../../components/Change";
import { count, millis, percent } from "../../components/numbers";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { Sparkline } from "../../components/Sparkline";
import { Table, type TableColumn } from "../../components/Table";
import type { Schemas } from "../../data/api";
import { performance, performanceSeries } from "../../data/queries";
import { exactly } from "../../search/filter";
import style from "./Overview.module.css";

type Row = Schemas["FigureRow"];

function engineOf(row: { group?: Record<string, string | null> }): string | null {
  return row.group?.engine ?? null;
}

/** Rate, errors and duration of each engine. */
export function Engines({ view }: { view: View }) {
  const carried = useCarried();
  const figures = useAnswer(performance({ bounds: view.bounds, group_by: "engine" }));
  const series = useAnswer(performanceSeries({ bounds: view.bounds, group_by: "engine", limit: 50 }));
  const trends = new Map(series.data?.series.map((each) => [engineOf(each), each.errors.map((errors) => errors ?? 0)]));
  const filter = (row: Row) => {
    const engine = engineOf(row);
    return { ...carried, engine: exactly(engine) };
  };
  const columns: TableColumn<Row>[] = [
    {
      id: "engine",
      name: "Engine",
      show: (row) => (
        <Link to="/explore" search={filter(row)} className={style.name}>
          {engineOf(row) ?? "none"}
        </Link>
      ),
    },
    { id: "calls", name: "Events", numeric: true, show: (row) => count(row.calls ?? 0) },
    { id: "rate", name: "per second", numeric: true, show: (row) => (row.calls_per_second ?? 0).toFixed(1) },
    { id: "trend", name: "Errors over time", show: (row) => <Sparkline values={trends.get(engineOf(row)) ?? []} label="Errors over time" /> },
    {
      id: "errors",
      name: "Error rate",
      numeric: true,
      show: (row) => (
        <Link to="/explore" search={{ ...filter(row), status: "error,timeout" }}>
          {percent(row.error_rate)}
        </Link>
      ),
    },
    { id: "error-change", name: "Change", numeric: true, show: (row) => <Change grown={row.change.error_rate} more="bad" /> },
    { id: "p50", name: "p50 ≈", numeric: true, show: (row) => millis(row.duration_ms.p50) },
    { id: "p95", name: "p95 ≈", numeric: true, show: (row) => millis(row.duration_ms.p95) },
    { id: "p99", name: "p99 ≈", numeric: true, show: (row) => millis(row.duration_ms.p99) },
    { id: "p95-change", name: "Change of p95", numeric: true, show: (row) => <Change grown={row.change.duration_ms.p95} more="bad" /> },
  ];
  return (
    <Panel title="Engines" scope="in range, against as much time before">
      {figures.isPending ? (
        <Room height={196} />
      ) : figures.error !== null && figures.data === undefined ? (
        <Refused error={figures.error} onRetry={() => void figures.refetch()} />
      ) : figures.data === undefined || figures.data.rows.length === 0 ? (
        <Note>No events in this range</Note>
      ) : (
        <Table
          label="Engines"
          columns={columns}
          rows={figures.data.rows}
          keyOf={(row) => engineOf(row) ?? ""}
          stale={figures.isPlaceholderData}
        />
      )}
    </Panel>
  );
}
