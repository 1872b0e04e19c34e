import { copy } from "../../app/notice";
import type { LogEvent } from "../../data/api";
import { describe, type FieldPath, fieldTexts } from "../../data/fields";
import type { ExploreState } from "./useExplore";
import style from "./EventDrawer.module.css";

/** It is shown elsewhere, in full. */
const ELSEWHERE: FieldPath = "stack_trace";

/** More of a value is in the JSON. */
const MOST_CHARACTERS = 4000;

/** All fields of an event, each with ways to others that have the same. */
export function FieldTree({ event, explore }: { event: LogEvent; explore: ExploreState }) {
  const texts = fieldTexts(event).filter(({ field }) => field !== ELSEWHERE);
  return (
    <table className={style.fields}>
      <caption className="visually-hidden">Fields</caption>
      <tbody>
        {texts.map(({ field, text }) => (
          <tr key={field}>
            <th scope="row" title={describe(field)}>
              {field}
            </th>
            <td>{text.slice(0, MOST_CHARACTERS)}</td>
            <td>
              {field !== "message" && field !== "timestamp" && field !== "received_at" && (
                <>
                  <Act label={`Only ${field} ${text}`} sign="=" onClick={() => explore.isolate(field, text)} />
                  <Act label={`Exclude ${field} ${text}`} sign="≠" onClick={() => explore.exclude(field, text)} />
                </>
              )}
              <Act label={`Copy ${field}`} sign="⧉" onClick={() => void copy(field, text)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Act({ label, sign, onClick }: { label: string; sign: string; onClick: () => void }) {
  return (
    <button type="button" className={style.act} aria-label={label.slice(0, 120)} title={label.slice(0, 120)} onClick={onClick}>
      {sign}
    </button>
  );
}
