import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { SeverityBadge } from "../../components/Badge";
import { count } from "../../components/numbers";
import { Note, Panel, Room } from "../../components/Panel";
import type { Alert } from "../../data/alerts";
import { firstEvents } from "../../data/queries";
import type { ExploreSearch } from "../../search/url";
import { dateTime } from "../../time/format";
import style from "./Alerts.module.css";

/** The first events of an alert, and the way to all of them. */
export function EventsBehind({ alert, events, view }: { alert: Alert; events: ExploreSearch | undefined; view: View }) {
  const found = useAnswer({ ...firstEvents(alert.event_ids), enabled: alert.event_ids.length > 0 });
  const all = events !== undefined && (
    <Link to="/explore" search={{ ...events, zone: view.zone }}>
      Show them in Explore
    </Link>
  );
  return (
    <Panel title="Events behind it" scope={`${count(alert.events)} since it began; the first ones`} actions={all}>
      {alert.event_ids.length === 0 ? (
        <Note>No event is behind it: that there was none is what it is about</Note>
      ) : found.error !== null ? (
        <Note>{found.error.message}</Note>
      ) : found.data === undefined ? (
        <Room height={28} />
      ) : found.data.length === 0 ? (
        <Note>They are not stored any more</Note>
      ) : (
        <ul className={style.events}>
          {found.data.map((event) => (
            <li key={event.event_id}>
              <time className="muted numeric" dateTime={event.timestamp}>
                {dateTime(Date.parse(event.timestamp), view.zone)}
              </time>
              <SeverityBadge severity={event.severity} />
              <Link to="/explore" search={{ ...events, zone: view.zone, event: event.event_id }}>
                {event.message ?? event.error_type ?? event.type ?? event.event_id}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
