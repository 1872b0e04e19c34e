import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useKeys } from "../../app/keys";
import { useAnswer, useAnswers } from "../../app/useAnswer";
import { type Choice, Choices } from "../../components/Choices";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { QueryBox } from "../../components/query/QueryBox";
import { TimePicker } from "../../components/TimePicker";
import type { LogEvent } from "../../data/api";
import { eventPages, histogram } from "../../data/queries";
import type { Summary } from "../../search/url";
import { ColumnChooser } from "./ColumnChooser";
import { EventDrawer } from "./EventDrawer";
import { EventList } from "./EventList";
import { ExportMenu } from "./ExportMenu";
import { Facets } from "./Facets";
import { FilterChips } from "./FilterChips";
import { Histogram } from "./Histogram";
import { LiveEvents } from "./LiveEvents";
import menu from "./Menu.module.css";
import { NothingFound } from "./NothingFound";
import { type ExploreState, useExplore } from "./useExplore";
import { ViewsMenu } from "./ViewsMenu";
import style from "./Explore.module.css";

const Statistics = lazy(async () => ({ default: (await import("./summaries/Statistics")).Statistics }));
const Patterns = lazy(async () => ({ default: (await import("./summaries/Patterns")).Patterns }));

const SHOWN_AS: readonly Choice<Summary | undefined>[] = [
  { id: undefined, name: "Events" },
  { id: "statistics", name: "Statistics" },
  { id: "patterns", name: "Patterns" },
];

/** Finds events. */
export function Explore() {
  const explore = useExplore();
  const [facets, setFacets] = useState(() => matchMedia("(min-width: 900px)").matches);
  const live = explore.search.live === "on";
  const summary = live ? undefined : explore.search.as;
  useKeys({ Escape: () => explore.open(undefined), l: () => explore.tail(!live) });
  return (
    <div className={style.explore}>
      <h1 className="visually-hidden">Explore</h1>
      <div className={style.bar}>
        <QueryBox label="Search" slash q={explore.search.q ?? ""} scope={explore.scope} onAsk={explore.ask} />
        <TimePicker view={explore.view} />
      </div>
      <FilterChips explore={explore} />
      {!live && <Histogram explore={explore} />}
      <div className={style.tools}>
        <button type="button" className={menu.trigger} aria-pressed={facets} onClick={() => setFacets(!facets)}>
          Facets
        </button>
        <Choices label="Shown as" choices={SHOWN_AS} chosen={summary} onChoose={explore.showAs} />
        {live ? <span className={style.total}>Live: events as they come in</span> : <Total explore={explore} />}
        <button
          type="button"
          className={menu.trigger}
          aria-pressed={live}
          onClick={() => explore.tail(!live)}
          title="Live tail (l)"
        >
          Live tail
        </button>
        <ViewsMenu explore={explore} />
        {summary === undefined && <ColumnChooser explore={explore} />}
        <ExportMenu explore={explore} />
      </div>
      <div className={facets ? `${style.body} ${style.withFacets}` : style.body}>
        {facets && <Facets explore={explore} />}
        {live ? <LiveEvents explore={explore} /> : summary === undefined ? <FoundEvents explore={explore} /> : <Summarised explore={explore} summary={summary} />}
      </div>
    </div>
  );
}

function Total({ explore }: { explore: ExploreState }) {
  const counts = useAnswer(histogram(explore.scope, "severity"));
  return (
    <span className={style.total} aria-live="polite">
      {counts.data !== undefined && (
        <>
          <b className="numeric">{count(counts.data.total)}</b> {counts.data.total === 1 ? "event" : "events"} in range
        </>
      )}
    </span>
  );
}

/** Events put together, and the one of them that is open. */
function Summarised({ explore, summary }: { explore: ExploreState; summary: Summary }) {
  const opened = explore.search.event;
  return (
    <div className={style.found}>
      <Suspense fallback={<Skeleton rows={16} />}>{summary === "statistics" ? <Statistics explore={explore} /> : <Patterns explore={explore} />}</Suspense>
      {opened !== undefined && <EventDrawer id={opened} known={undefined} explore={explore} />}
    </div>
  );
}

/** Events of a range, a page after the other. */
function FoundEvents({ explore }: { explore: ExploreState }) {
  const found = useAnswers(eventPages(explore.scope, explore.order));
  const events = useMemo<LogEvent[]>(() => found.data?.pages.flatMap((page) => page.logs) ?? [], [found.data]);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, fetchNextPage]);
  const opened = explore.search.event;
  return (
    <div className={style.found}>
      {found.error !== null && !found.isFetchNextPageError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={24} />
      ) : events.length === 0 && !found.isPlaceholderData ? (
        <NothingFound explore={explore} />
      ) : (
        <EventList
          events={events}
          columns={explore.columns}
          zone={explore.view.zone}
          bounds={explore.view.bounds}
          opened={opened}
          stale={found.isPlaceholderData}
          order={explore.order}
          onTurn={explore.turnOrder}
          onOpen={explore.open}
          onEnd={onEnd}
          footer={
            <p className={style.end}>
              {found.isFetchNextPageError ? "The next page could not be had" : hasNextPage ? "Loading more…" : `All ${count(events.length)} events are here`}
            </p>
          }
        />
      )}
      {opened !== undefined && (
        <EventDrawer id={opened} known={events.find((event) => event.event_id === opened)} explore={explore} />
      )}
    </div>
  );
}
