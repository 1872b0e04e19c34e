import { Link } from "@tanstack/react-router";
import type { PerformanceSearch } from "../../app/router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Change } from "../../components/Change";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { count, millis, percent } from "../../components/numbers";
import { Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import type { Schemas } from "../../data/api";
import { performance } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { ExploreSearch, Filters } from "../../search/url";
import { groupingOf, nameOf } from "./grouping";
import style from "./Performance.module.css";

type Row = Schemas["FigureRow"];

interface GroupsProps {
  readonly view: View;
  readonly filters: Filters;
  readonly by: string | undefined;
  readonly order: string;
  readonly onOrder: (order: string) => void;
  readonly onOnly: (only: PerformanceSearch) => void;
}

const MOST = 200;

/** The figures of each group of calls, against the time before. */
export function Groups({ view, filters, by, order, onOrder, onOnly }: GroupsProps) {
  const carried = useCarried();
  const grouping = groupingOf(by);
  const figures = useAnswer(
    performance({ bounds: view.bounds, filters, group_by: grouping.fields.join(","), order, limit: MOST }),
  );
  const filtersOf = (row: Row): Record<string, string> =>
    Object.fromEntries(
      grouping.fields.map((field) => [field, exactly(row.group?.[field])]),
    );
  const events = (row: Row, more: ExploreSearch) => ({ ...carried, ...filters, ...filtersOf(row), ...more }) as ExploreSearch;
  const columns: TableColumn<Row>[] = [
    {
      id: "group",
      name: grouping.fields.join(" · "),
      show: (row) =>
        grouping.id === "project" ? (
          <Link to="/explore" search={events(row, {})}>
            {nameOf(row.group, grouping.fields)}
          </Link>
        ) : (
          <button type="button" className={style.group} onClick={() => onOnly(filtersOf(row))} title="Show only these calls">
            {nameOf(row.group, grouping.fields)}
          </button>
        ),
    },
    {
      id: "calls",
      name: "Calls",
      numeric: true,
      sortable: true,
      show: (row) => (
        <Link to="/explore" search={events(row, {})}>
          {count(row.calls ?? 0)}
        </Link>
      ),
    },
    { id: "calls_per_second", name: "per second", numeric: true, show: (row) => (row.calls_per_second ?? 0).toFixed(2) },
    {
      id: "error_rate",
      name: "Errors",
      numeric: true,
      sortable: true,
      show: (row) => (
        <Link to="/explore" search={events(row, { status: "error,timeout" })}>
          {percent(row.error_rate)}
        </Link>
      ),
    },
    { id: "change:error_rate", name: "Change", numeric: true, sortable: true, show: (row) => <Change grown={row.change.error_rate} more="bad" /> },
    { id: "timeout_rate", name: "Timeouts", numeric: true, sortable: true, show: (row) => percent(row.timeout_rate) },
    { id: "retries_per_call", name: "Retries a call", numeric: true, sortable: true, show: (row) => (row.retries_per_call ?? 0).toFixed(2) },
    { id: "p50", name: "p50 ≈", numeric: true, sortable: true, show: (row) => millis(row.duration_ms.p50) },
    { id: "p95", name: "p95 ≈", numeric: true, sortable: true, show: (row) => millis(row.duration_ms.p95) },
    { id: "change:p95", name: "Change", numeric: true, sortable: true, show: (row) => <Change grown={row.change.duration_ms.p95} more="bad" /> },
    { id: "p99", name: "p99 ≈", numeric: true, sortable: true, show: (row) => millis(row.duration_ms.p99) },
  ];
  const rows = figures.data?.rows ?? [];
  const groups = figures.data?.groups ?? 0;
  return (
    <Panel
      title="Calls"
      scope={figures.data === undefined ? "in range" : `${count(groups)} groups in range${groups > MOST ? `, the first ${MOST}` : ""}, against as much time before`}
    >
      {figures.error !== null && figures.data === undefined ? (
        <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />
      ) : figures.data === undefined ? (
        <Skeleton />
      ) : rows.length === 0 ? (
        <EmptyState title="There were no calls in this range">
          <p>Choose a longer time, or drop what the calls are narrowed to.</p>
        </EmptyState>
      ) : (
        <Table
          label="Calls"
          columns={columns}
          rows={rows}
          keyOf={(row) => JSON.stringify(row.group)}
          sorted={order}
          onSort={onOrder}
          stale={figures.isPlaceholderData}
        />
      )}
    </Panel>
  );
}
