import { Link } from "@tanstack/react-router";
import { useCarried, type View } from "../../app/view";
import { SeverityBadge, StateBadge } from "../../components/Badge";
import type { Notified } from "../../data/alerts";
import { dateTime } from "../../time/format";
import { Moment } from "./Moment";
import { Note } from "../../components/Panel";
import style from "./Alerts.module.css";

interface NotificationListProps {
  readonly notifications: readonly Notified[];
  readonly view: View;
  /** The page is about the alert: it needs no way there. */
  readonly ofOneAlert?: boolean;
}

/** Who was told of what and why, with each attempt and what the other side has answered. */
export function NotificationList({ notifications, view, ofOneAlert = false }: NotificationListProps) {
  if (notifications.length === 0) {
    return <Note>Nobody was told</Note>;
  }
  return (
    <ul className={style.notifications}>
      {notifications.map((each) => (
        <li key={each.notification_id}>
          <p className={style.line}>
            <StateBadge state={each.state} />
            <b>{each.channel}</b>
            <span>{each.reason}</span>
            <SeverityBadge severity={each.severity} />
            <span className="muted">
              {each.firing} firing, {each.resolved} resolved
            </span>
            <span className={style.when}>
              <Moment time={each.created_at} zone={view.zone} now={view.now} />
            </span>
          </p>
          {!ofOneAlert && <About notification={each} />}
          <Attempts notification={each} zone={view.zone} />
        </li>
      ))}
    </ul>
  );
}

/** How many of the other alerts of a notification are named. */
const ALSO = 4;

function About({ notification }: { notification: Notified }) {
  const carried = useCarried();
  // The title is that of the first, and says how many others there are.
  const [first, ...others] = notification.alerts;
  return (
    <p className={style.about}>
      {first === undefined ? (
        notification.title
      ) : (
        <Link to="/alerts/$alert" params={{ alert: first.alert_id }} search={carried}>
          {notification.title}
        </Link>
      )}
      {others.slice(0, ALSO).map((alert) => (
        <span key={alert.alert_id} className={style.also}>
          <span className="muted">also </span>
          <Link to="/alerts/$alert" params={{ alert: alert.alert_id }} search={carried}>
            {alert.title}
          </Link>
        </span>
      ))}
    </p>
  );
}

function Attempts({ notification, zone }: { notification: Notified; zone: string }) {
  const left = notification.attempts - notification.answers.length;
  return (
    <ol className={style.attempts} aria-label="Attempts">
      {left > 0 && <li className="muted">{left} earlier attempts are not kept</li>}
      {notification.answers.map((each) => (
        <li key={`${each.at} ${each.outcome}`}>
          <time className="muted numeric" dateTime={each.at}>
            {dateTime(Date.parse(each.at), zone)}
          </time>
          <span>{each.outcome}</span>
          <code>{each.answer}</code>
        </li>
      ))}
      {notification.state === "queued" && (
        <li className="muted">
          {typeof notification.next_attempt_at === "string"
            ? `next attempt at ${dateTime(Date.parse(notification.next_attempt_at), zone, false)}`
            : "waits for its turn"}
        </li>
      )}
    </ol>
  );
}
