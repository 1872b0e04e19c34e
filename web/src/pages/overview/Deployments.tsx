import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { deployments } from "../../data/queries";
import { ago, dateTime } from "../../time/format";
import style from "./Overview.module.css";

/** What was deployed in the range, the newest first. */
export function Deployments({ view }: { view: View }) {
  const carried = useCarried();
  const found = useAnswer(deployments(view.bounds));
  return (
    <Panel title="Deployments" scope="in range">
      {found.isPending ? (
        <Room height={28} />
      ) : found.error !== null && found.data === undefined ? (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined || found.data.length === 0 ? (
        <Note>None</Note>
      ) : (
        <ul className={style.list}>
          {found.data.slice(0, 6).map((event) => (
            <li key={event.event_id}>
              <Link to="/deployments/$change" params={{ change: event.event_id }} search={carried}>
                {event.engine ?? event.project_id} {event.version}
              </Link>
              <span className="muted">{event.environment}</span>
              <time className="muted" dateTime={event.timestamp} title={dateTime(Date.parse(event.timestamp), view.zone)}>
                {ago(Date.parse(event.timestamp), view.now)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
