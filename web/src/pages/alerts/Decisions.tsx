import { Note, Panel } from "../../components/Panel";
import type { AlertExplanation } from "../../data/alerts";
import { dateTime } from "../../time/format";
import style from "./Alerts.module.css";

/** What each stage has decided about an alert, in order. */
export function Decisions({ decisions, zone }: { decisions: AlertExplanation["decisions"]; zone: string }) {
  return (
    <Panel title="Why" scope="what each stage has decided, in order">
      {decisions.length === 0 ? (
        <Note>Nothing was decided yet</Note>
      ) : (
        <ol className={style.decisions}>
          {decisions.map((each, place) => (
            // Decisions are only ever added behind the others.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place} className={each.passed ? undefined : style.stopped}>
              <time className="muted numeric" dateTime={each.at}>
                {dateTime(Date.parse(each.at), zone)}
              </time>
              <span className={style.stage}>{each.stage}</span>
              <span className={each.passed ? style.passed : style.kept}>{each.passed ? "✓ passed" : "✕ stopped"}</span>
              <span className={style.reason}>{each.reason}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
