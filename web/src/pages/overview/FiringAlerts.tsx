import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { SeverityBadge } from "../../components/Badge";
import { count } from "../../components/numbers";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { type Alert, ALERTS_EVERY, firingAlerts } from "../../data/alerts";
import { SEVERITIES } from "../../data/fields";
import { ago } from "../../time/format";
import style from "./Overview.module.css";

const SHOWN = 3;

/** More are not counted. */
const MOST = 100;

/** What needs somebody now, whatever range is shown. */
export function FiringAlerts({ view }: { view: View }) {
  const carried = useCarried();
  const found = useAnswer({ ...firingAlerts({}, MOST), refetchInterval: ALERTS_EVERY });
  const alerts = found.data ?? [];
  const all = (
    <Link to="/alerts" search={carried}>
      All alerts
    </Link>
  );
  return (
    <Panel title="Firing alerts" scope={found.data === undefined ? "now" : `${many(alerts.length)} now`} actions={all}>
      {found.isPending ? (
        <Room height={62} />
      ) : found.error !== null ? (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      ) : alerts.length === 0 ? (
        <Note>None fires</Note>
      ) : (
        <ul className={style.list}>
          {worst(alerts).map((alert) => (
            <li key={alert.alert_id}>
              <SeverityBadge severity={alert.severity} />
              <Link to="/alerts/$alert" params={{ alert: alert.alert_id }} search={carried} className={style.alert}>
                {alert.title}
              </Link>
              <span className="muted">
                {alert.events === 1 ? "1 event" : `${count(alert.events)} events`} · since {ago(Date.parse(alert.fired_at ?? alert.started_at), view.now)}
              </span>
            </li>
          ))}
          {alerts.length > SHOWN && (
            <li>
              <Link to="/alerts" search={{ ...carried, state: "firing" }}>
                {alerts.length < MOST ? `${count(alerts.length - SHOWN)} more` : "All the others"}
              </Link>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}

/** The most severe, and of those the ones with the most events behind them. */
function worst(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted((one, other) => level(other) - level(one) || other.events - one.events).slice(0, SHOWN);
}

function level({ severity }: Alert): number {
  return SEVERITIES.indexOf(severity);
}

function many(alerts: number): string {
  return alerts >= MOST ? `${count(alerts)} or more` : count(alerts);
}
