import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import type { Schemas } from "../../data/api";
import { neighbours } from "../../data/queries";
import { dateTime, timeOfDay } from "../../time/format";
import { rangeText } from "../../time/range";
import { StackTrace } from "./StackTrace";
import style from "./Errors.module.css";

/** How much time around an example its link shows, in milliseconds. */
const AROUND = 300_000;

/** One of its errors, with what led up to it. */
export function Example({ group, view }: { group: Schemas["ErrorDetails"]; view: View }) {
  const [place, setPlace] = useState(0);
  const example = group.examples[place];
  const around = useAnswer({ ...neighbours(example?.event_id ?? "", undefined), enabled: example !== undefined });
  const carried = useCarried();
  if (example === undefined) {
    return null;
  }
  const time = Date.parse(example.timestamp);
  const event = around.data?.event;
  return (
    <Panel
      title="Example"
      scope={`${place + 1} of ${group.examples.length} · ${dateTime(time, view.zone)}`}
      actions={
        <>
          <Button label="Newer example" disabled={place === 0} onClick={() => setPlace(place - 1)}>
            ‹
          </Button>
          <Button label="Older example" disabled={place + 1 >= group.examples.length} onClick={() => setPlace(place + 1)}>
            ›
          </Button>
          <Link
            to="/explore"
            search={{
              ...carried,
              range: rangeText({ kind: "fixed", from: time - AROUND, to: time + AROUND }),
              project_id: group.project_id,
              event: example.event_id,
            }}
          >
            Open the event
          </Link>
          {event?.session_id !== undefined && (
            <Link
              to="/replay/$session"
              params={{ session: event.session_id }}
              search={{ ...carried, project: group.project_id, event: example.event_id }}
            >
              Replay
            </Link>
          )}
        </>
      }
    >
      {around.error !== null ? (
        <ErrorState error={around.error} onRetry={() => void around.refetch()} />
      ) : event === undefined ? (
        <Skeleton rows={5} />
      ) : (
        <div className={style.example}>
          <p className={style.message}>{event.message ?? event.error_type}</p>
          {event.stack_trace !== undefined && <StackTrace text={event.stack_trace} />}
          <h3>What led up to it, in the same {around.data?.by.replace("_id", "")}</h3>
          <ol className={style.before}>
            {around.data?.before.slice(-8).map((each) => (
              <li key={each.event_id}>
                <span className="mono muted">{timeOfDay(Date.parse(each.timestamp), view.zone)}</span>
                <span>{[each.engine, each.platform, each.action].filter(Boolean).join(" · ")}</span>
                <span className="muted">{each.message}</span>
              </li>
            ))}
            {around.data?.before.length === 0 && <li className="muted">Nothing: it was the first</li>}
          </ol>
        </div>
      )}
    </Panel>
  );
}
