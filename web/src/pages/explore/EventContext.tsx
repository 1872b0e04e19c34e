import { useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { SeverityBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import type { LogEvent } from "../../data/api";
import type { FieldPath } from "../../data/fields";
import { neighbours } from "../../data/queries";
import { timeOfDay } from "../../time/format";
import type { ExploreState } from "./useExplore";
import style from "./EventDrawer.module.css";

const SHARED: readonly FieldPath[] = ["session_id", "trace_id", "run_id", "flow_id", "user_id", "engine"];

/** What happened around an event, whatever was searched for. */
export function EventContext({ event, explore }: { event: LogEvent; explore: ExploreState }) {
  const [by, setBy] = useState<FieldPath>();
  const around = useAnswer(neighbours(event.event_id, by));
  if (around.error !== null) {
    return <ErrorState error={around.error} onRetry={() => void around.refetch()} />;
  }
  if (around.data === undefined) {
    return <Skeleton />;
  }
  const { before, after, by: shared } = around.data;
  return (
    <>
      <div className={style.by} role="group" aria-label="What neighbours share">
        Shared:
        {SHARED.filter((field) => event[field as keyof LogEvent] !== undefined).map((field) => (
          <Button key={field} pressed={field === shared} onClick={() => setBy(field)}>
            {field.replace("_id", "")}
          </Button>
        ))}
      </div>
      <ol className={style.context}>
        {[...before, event, ...after].map((each) => (
          <li key={each.event_id} aria-current={each.event_id === event.event_id}>
            <span className="mono muted">{timeOfDay(Date.parse(each.timestamp), explore.view.zone)}</span>
            <SeverityBadge severity={each.severity} />
            <button type="button" onClick={() => explore.open(each.event_id)}>
              {each.error_type === undefined ? "" : `${each.error_type} · `}
              {(each.message ?? each.type ?? each.event_type ?? each.event_id).slice(0, 300)}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
