import { Link } from "@tanstack/react-router";
import { copy } from "../../app/notice";
import { frozenLink } from "../../app/link";
import { useAnswer } from "../../app/useAnswer";
import { useCarried } from "../../app/view";
import { SeverityBadge, StatusBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { Code } from "../../components/Code";
import { Drawer } from "../../components/Drawer";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Tabs } from "../../components/Tabs";
import { address, type LogEvent } from "../../data/api";
import type { FieldPath } from "../../data/fields";
import { oneEvent } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { DrawerTab, ExploreSearch } from "../../search/url";
import { dateTime } from "../../time/format";
import { EventContext } from "./EventContext";
import { FieldTree } from "./FieldTree";
import type { ExploreState } from "./useExplore";
import style from "./EventDrawer.module.css";

/** Fields that lead to other events of the same story. */
const SHARED: readonly [FieldPath, string][] = [
  ["session_id", "Session"],
  ["trace_id", "Trace"],
  ["flow_id", "Flow"],
  ["user_id", "User"],
];

interface EventDrawerProps {
  readonly id: string;
  /** The event, where a row has it already. */
  readonly known: LogEvent | undefined;
  readonly explore: ExploreState;
}

/** One event with all that is known of it. */
export function EventDrawer({ id, known, explore }: EventDrawerProps) {
  const asked = useAnswer({ ...oneEvent(id), enabled: known === undefined });
  const event = known ?? asked.data;
  const { view } = explore;
  return (
    <Drawer
      label="Event"
      onClose={() => explore.open(undefined)}
      title={
        event !== undefined && (
          <>
            <p className={style.line}>
              <SeverityBadge severity={event.severity} />
              {event.status !== undefined && <StatusBadge status={event.status} />}
              {event.count !== undefined && <b>× {count(event.count)}</b>}
              <time dateTime={event.timestamp}>{dateTime(Date.parse(event.timestamp), view.zone)}</time>
              <span className="muted">{view.zone}</span>
            </p>
            <h1 className={style.message}>{event.message ?? event.error_type ?? event.type ?? "Event"}</h1>
          </>
        )
      }
      actions={event !== undefined && <Actions event={event} explore={explore} />}
    >
      {event !== undefined ? (
        <Body event={event} explore={explore} />
      ) : asked.error !== null ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <Skeleton rows={14} />
      )}
    </Drawer>
  );
}

function Actions({ event, explore }: { event: LogEvent; explore: ExploreState }) {
  const carried = useCarried();
  const curl = `curl -s '${location.origin}${address("/monitoring/logs/{event_id}", { path: { event_id: event.event_id } })}'`;
  return (
    <>
      <span className="muted">Same</span>
      {SHARED.map(([field, name]) => {
        const value = event[field as keyof LogEvent];
        const search = { ...carried, [field]: exactly(String(value)) } as ExploreSearch;
        return (
          value !== undefined && (
            <Link key={field} to="/explore" search={search} className={style.link} title={`${field} ${String(value)}`}>
              {name}
            </Link>
          )
        );
      })}
      {event.session_id !== undefined && (
        <Link
          to="/replay/$session"
          params={{ session: event.session_id }}
          search={{ ...carried, project: event.project_id, event: event.event_id }}
          className={style.link}
        >
          Replay
        </Link>
      )}
      <span className={style.copies}>
        <span className="muted">Copy</span>
        <Button kind="quiet" onClick={() => void copy("JSON", JSON.stringify(event, null, 2))}>
          JSON
        </Button>
        <Button kind="quiet" onClick={() => void copy("curl command", curl)}>
          curl
        </Button>
        <Button kind="quiet" onClick={() => void copy("Link", frozenLink(location.href, explore.view))}>
          Link
        </Button>
      </span>
    </>
  );
}

function Body({ event, explore }: { event: LogEvent; explore: ExploreState }) {
  const tabs: { id: DrawerTab; name: string }[] = [
    { id: "fields", name: "Fields" },
    { id: "json", name: "JSON" },
    ...(event.stack_trace === undefined ? [] : [{ id: "stack" as const, name: "Stack trace" }]),
    { id: "context", name: "Context" },
  ];
  const wanted = explore.search.tab ?? "fields";
  const chosen = tabs.some((tab) => tab.id === wanted) ? wanted : "fields";
  return (
    <>
      <div className={style.tabs}>
        <Tabs label="Event" tabs={tabs} chosen={chosen} onChoose={explore.showTab} panel="event-panel" />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div id="event-panel" role="tabpanel" aria-label={chosen} className={style.panel} tabIndex={0}>
        {chosen === "fields" && <FieldTree event={event} explore={explore} />}
        {chosen === "json" && <Code name="JSON" text={JSON.stringify(event, null, 2)} />}
        {chosen === "stack" && <Code name="Stack trace" text={event.stack_trace ?? ""} />}
        {chosen === "context" && <EventContext event={event} explore={explore} />}
      </div>
    </>
  );
}
