import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../../app/useAnswer";
import { useNarrow } from "../../../app/view";
import { EmptyState, ErrorState, Skeleton } from "../../../components/EmptyState";
import { count, percent } from "../../../components/numbers";
import { Sparkline } from "../../../components/Sparkline";
import { Table, type TableColumn } from "../../../components/Table";
import type { Schemas } from "../../../data/api";
import { patterns } from "../../../data/queries";
import { narrowed, patternClause, PLACEHOLDER } from "../../../search/pattern";
import type { ExploreSearch } from "../../../search/url";
import type { ExploreState } from "../useExplore";
import style from "./Summaries.module.css";

type Found = Schemas["Patterns"];

/** All other patterns are one row. */
const MOST = 100;

/** More of a message than fits is not put on the page. */
const MOST_CHARACTERS = 300;

interface Row {
  readonly key: string;
  readonly pattern: Found["patterns"][number] | undefined;
  readonly count: number;
  readonly share: number;
  readonly counts: readonly number[];
}

/** What the messages of the events that match have in common. */
export function Patterns({ explore }: { explore: ExploreState }) {
  const narrow = useNarrow();
  const found = useAnswer(patterns(explore.scope, MOST));
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={16} />;
  }
  if (found.data.patterns.length === 0 && !found.isPlaceholderData) {
    return (
      <EmptyState title="No event that matches has a message">
        <p>Choose a longer time, or drop what is searched for.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <p className={style.about}>
        {found.data.total_patterns === 1 ? "1 pattern" : `${count(found.data.total_patterns)} patterns`} of {count(found.data.matching)} messages in range
        {found.data.sampled && `, told from ${count(found.data.looked_at)} of them; counts are ≈`}
      </p>
      <div className={style.results}>
        <Table
          label="Patterns"
          columns={columnsOf(found.data, explore, narrow)}
          rows={rowsOf(found.data)}
          keyOf={(row) => row.key}
          stale={found.isPlaceholderData}
        />
      </div>
    </>
  );
}

function rowsOf({ patterns: all, other }: Found): Row[] {
  const rows: Row[] = all.map((pattern) => ({ ...pattern, key: pattern.pattern_id, pattern }));
  return other === undefined ? rows : [...rows, { ...other, key: "others", pattern: undefined }];
}

/** The events of a pattern, as a list. */
function eventsOf(search: ExploreSearch, pattern: string): ExploreSearch {
  const { as: _, event: __, tab: ___, ...rest } = search;
  return { ...rest, q: narrowed(search.q, patternClause(pattern)) };
}

function columnsOf(found: Found, explore: ExploreState, narrow: boolean): TableColumn<Row>[] {
  const share: TableColumn<Row> = { id: "share", name: found.sampled ? "Share ≈" : "Share", numeric: true, show: (row) => percent(row.share) };
  const columns: TableColumn<Row>[] = [
    {
      id: "pattern",
      name: "Pattern",
      show: ({ pattern }) =>
        pattern === undefined ? (
          <span className="muted">{count(found.other?.patterns ?? 0)} others</span>
        ) : (
          <Link to="/explore" search={eventsOf(explore.search, pattern.pattern)} className={style.pattern} title="The events like these">
            <Shape pattern={pattern.pattern.slice(0, MOST_CHARACTERS)} />
          </Link>
        ),
    },
    {
      id: "count",
      name: found.sampled ? "Events ≈" : "Events",
      numeric: true,
      show: (row) => count(found.sampled ? row.share * found.matching : row.count),
    },
    ...(narrow ? [] : [share]),
    { id: "trend", name: "Trend", show: (row) => <Sparkline values={row.counts} label="Events over time" tone="info" /> },
  ];
  const example: TableColumn<Row> = {
    id: "example",
    name: "Example",
    show: ({ pattern }) =>
      pattern === undefined ? null : (
        <button type="button" className={style.example} title="Open the newest of them" onClick={() => explore.open(pattern.example.event_id)}>
          {pattern.example.message.slice(0, MOST_CHARACTERS)}
        </button>
      ),
  };
  // A phone has room for three columns; a pattern says what an example does.
  return narrow ? columns : [...columns, example];
}

/** A pattern, with what varies in it told apart from its words. */
function Shape({ pattern }: { pattern: string }) {
  const placeholders = pattern.match(PLACEHOLDER) ?? [];
  return pattern.split(PLACEHOLDER).map((text, place) => (
    // A part of a text is its place.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={place}>
      {text}
      {placeholders[place] !== undefined && <i>{placeholders[place]}</i>}
    </span>
  ));
}
