import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../../app/useAnswer";
import { ErrorState, Skeleton } from "../../../components/EmptyState";
import { count, millis, percent } from "../../../components/numbers";
import { Table, type TableColumn } from "../../../components/Table";
import type { Schemas } from "../../../data/api";
import type { FieldPath } from "../../../data/fields";
import { stats } from "../../../data/queries";
import { exactly } from "../../../search/filter";
import type { ExploreSearch } from "../../../search/url";
import { NothingFound } from "../NothingFound";
import type { ExploreState } from "../useExplore";
import { FieldChooser } from "./FieldChooser";
import { fieldsOf, MEASURES, measureOf } from "./grouping";
import style from "./Summaries.module.css";

/** All other groups are one row. */
const MOST = 100;

const PERCENTILES = ["p50", "p95", "p99"] as const;

interface Row {
  readonly key: string;
  /** Nothing for all others together. */
  readonly group: Readonly<Record<string, string | null>> | undefined;
  readonly measures: Readonly<Record<string, unknown>>;
}

/** How many events there are of each kind, how many of them failed, and how long they took. */
export function Statistics({ explore }: { explore: ExploreState }) {
  const fields = fieldsOf(explore.search.group);
  const sorted = measureOf(explore.search.sort);
  const found = useAnswer(stats(explore.scope, { group_by: fields.join(","), measure: MEASURES.join(","), order: sorted, limit: MOST }));
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data !== undefined && found.data.rows.length === 0 && !found.isPlaceholderData) {
    return <NothingFound explore={explore} />;
  }
  return (
    <>
      <div className={style.about}>
        <FieldChooser fields={fields} explore={explore} />
        {found.data !== undefined && <span>{found.data.groups === 1 ? "1 group" : `${count(found.data.groups)} groups`} in range</span>}
      </div>
      <div className={style.results}>
        {found.data === undefined ? (
          <Skeleton rows={16} />
        ) : (
          <Table
            label="Statistics"
            columns={columnsOf(fields, found.data, explore)}
            rows={rowsOf(found.data)}
            keyOf={(row) => row.key}
            sorted={sorted}
            onSort={explore.sortBy}
            stale={found.isPlaceholderData}
          />
        )}
      </div>
    </>
  );
}

function rowsOf(found: Schemas["Stats"]): Row[] {
  const rows: Row[] = found.rows.map(({ group, ...measures }) => ({ key: JSON.stringify(group), group, measures }));
  const [others] = found.other;
  return others === undefined ? rows : [...rows, { key: "others", group: undefined, measures: others }];
}

/** The events behind a row, as a list. */
function eventsOf(search: ExploreSearch, fields: readonly FieldPath[], group: NonNullable<Row["group"]>): ExploreSearch {
  const { as: _, group: __, sort: ___, event: ____, tab: _____, ...rest } = search;
  return { ...rest, ...Object.fromEntries(fields.map((field) => [field, exactly(group[field])])) };
}

function columnsOf(fields: readonly FieldPath[], found: Schemas["Stats"], explore: ExploreState): TableColumn<Row>[] {
  const others = found.groups - found.rows.length;
  const approximate = (measure: string) => (found.approximate.includes(measure) ? " ≈" : "");
  const number = (row: Row, measure: string) => {
    const value = row.measures[measure];
    return typeof value === "number" ? value : undefined;
  };
  return [
    ...fields.map((field, place) => ({
      id: field,
      name: field.replace(/^attributes\./, ""),
      show: ({ group }: Row) => {
        if (group === undefined) {
          return place === 0 ? <span className="muted">{count(others)} others</span> : null;
        }
        const value = group[field] ?? null;
        const text = value === null ? <span className="muted">none</span> : value === "" ? <span className="muted">empty</span> : value;
        return place > 0 ? (
          <span className={style.value}>{text}</span>
        ) : (
          <Link to="/explore" search={eventsOf(explore.search, fields, group)} className={style.value}>
            {text}
          </Link>
        );
      },
    })),
    { id: "count", name: "Events", numeric: true, sortable: true, show: (row) => count(number(row, "count") ?? 0) },
    {
      id: "error_rate",
      name: "Error rate",
      numeric: true,
      sortable: true,
      show: (row) => {
        const rate = percent(number(row, "error_rate"));
        // Where the status is asked for already, there is nothing to narrow.
        return row.group === undefined || fields.includes("status") || explore.filters.status !== undefined ? (
          rate
        ) : (
          <Link to="/explore" search={{ ...eventsOf(explore.search, fields, row.group), status: "error,timeout" }}>
            {rate}
          </Link>
        );
      },
    },
    ...PERCENTILES.map((percentile) => ({
      id: `${percentile}:duration_ms`,
      name: `${percentile}${approximate(`${percentile}:duration_ms`)}`,
      numeric: true,
      sortable: true,
      show: (row: Row) => millis(number(row, `${percentile}:duration_ms`)),
    })),
  ];
}
