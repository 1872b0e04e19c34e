import { useEffect, useRef } from "react";
import { Link } from "@tanstack/react-router";
import { useCarried } from "../../app/view";
import { StatusBadge } from "../../components/Badge";
import type { ReplayEvent } from "../../data/sessions";
import { clock } from "./clock";
import type { Player } from "./usePlayer";
import style from "./Replay.module.css";

const BEFORE = 60;
const AFTER = 30;

/** The events around the playhead, of which those that are still to come are set in italics. */
export function EventsInStep({ events, player }: { events: readonly ReplayEvent[]; player: Player }) {
  const carried = useCarried();
  const list = useRef<HTMLOListElement>(null);
  const { played } = player;
  useEffect(() => {
    const frame = list.current;
    const current = frame?.querySelector<HTMLElement>('[aria-current="true"]');
    if (frame !== null && current !== null && current !== undefined) {
      frame.scrollTop = current.offsetTop - frame.clientHeight / 2;
    }
    // Which of them is the current one is in the document, not in a variable.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [played]);
  return (
    <ol className={style.events} ref={list} aria-label="Events around this moment">
      {events.slice(Math.max(0, played - BEFORE), played + AFTER).map((event) => (
        <li key={event.index} className={event.index >= played ? style.toCome : undefined} aria-current={event.index === played - 1}>
          <button type="button" className="mono" onClick={() => player.seek(event.offset_ms)} title="Go to this moment">
            {clock(event.offset_ms)}
          </button>
          <span className="muted">{[event.engine, event.platform, event.action].filter((part) => part !== undefined).join(" · ")}</span>
          {event.status === undefined ? <span /> : <StatusBadge status={event.status} />}
          <Link to="/explore" search={{ ...carried, event: event.event_id }} className={style.message}>
            {[event.error_type, event.message].filter((part) => part !== undefined).join(" · ") || event.event_id}
          </Link>
        </li>
      ))}
    </ol>
  );
}
