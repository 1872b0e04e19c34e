import type { AuditSearch } from "../../app/router";
import { useAnswers } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { auditFile, auditPages } from "../../data/audit";
import type { AuditChange } from "./Audit";
import { Entry } from "./Entry";
import { TimelineFilters } from "./TimelineFilters";
import { timelineOf } from "./scope";
import style from "./Audit.module.css";

interface TimelineProps {
  readonly search: AuditSearch;
  readonly view: View;
  readonly onChange: (changed: AuditChange) => void;
}

const NARROWING = ["user", "project", "flow", "q", "mark"] as const;

/** Who did what, when, from where and with which result. */
export function Timeline({ search, view, onChange }: TimelineProps) {
  const parameters = timelineOf(search, view.bounds);
  const order = search.order === "oldest" ? "oldest" : "newest";
  const found = useAnswers(auditPages(parameters, order));
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const narrowed = NARROWING.some((name) => search[name] !== undefined);
  return (
    <>
      <TimelineFilters search={search} view={view} onChange={onChange} />
      <div className={style.tools}>
        <span className="muted">
          {found.data === undefined ? "…" : `${entries.length}${found.hasNextPage ? " and more" : ""} in range, the ${order} first`}
        </span>
        <Button kind="quiet" onClick={() => onChange({ order: order === "newest" ? "oldest" : undefined })}>
          {order === "newest" ? "Oldest first" : "Newest first"}
        </Button>
        <span className={style.files}>
          All of it as{" "}
          <a href={auditFile(parameters, "csv")} download>
            CSV
          </a>{" "}
          <a href={auditFile(parameters, "ndjson")} download>
            NDJSON
          </a>
        </span>
      </div>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={14} />
      ) : entries.length === 0 ? (
        <EmptyState title={narrowed ? "Nothing is like that in this range" : "Nothing happened in this range"}>
          <p>
            {narrowed && (
              <Button onClick={() => onChange({ user: undefined, project: undefined, flow: undefined, q: undefined, mark: undefined })}>
                Drop all filters
              </Button>
            )}{" "}
            <Button onClick={() => view.setRange({ kind: "sliding", span: "30d" })}>Look at the last 30 days</Button>
          </p>
        </EmptyState>
      ) : (
        <>
          <ol className={found.isPlaceholderData ? `${style.entries} ${style.stale}` : style.entries} aria-busy={found.isPlaceholderData}>
            {entries.map((entry) => (
              <Entry key={entry.position} entry={entry} view={view} onChange={onChange} />
            ))}
          </ol>
          {found.hasNextPage && (
            <p className={style.more}>
              <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                More
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}
