import { Link } from "@tanstack/react-router";
import type { View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { count } from "../../components/numbers";
import type { AuditEntry } from "../../data/audit";
import { exactly } from "../../search/filter";
import { rowTime } from "../../time/format";
import { iso } from "../../time/range";
import type { AuditChange } from "./Audit";
import { MARKS, valueText } from "./scope";
import style from "./Audit.module.css";

interface EntryProps {
  readonly entry: AuditEntry;
  readonly view: View;
  readonly onChange: (changed: AuditChange) => void;
}

/** How many changes are shown before somebody asks for all of them. */
const SHOWN = 5;

/** One thing that somebody did. */
export function Entry({ entry, view, onChange }: EntryProps) {
  const time = Date.parse(entry.timestamp);
  const mark = MARKS.find((each) => each.id === entry.mark);
  const day = `${iso(time - 43_200_000)}..${iso(time + 43_200_000)}`;
  return (
    <li className={style.entry}>
      <time className="numeric" dateTime={entry.timestamp}>
        {rowTime(time, view.zone, view.bounds)}
      </time>
      <Narrow value={entry.who} what="user" onChange={onChange} />
      <div className={style.what}>
        <p>
          {mark !== undefined && <Badge tone={mark.tone}>{mark.name}</Badge>}
          <Link to="/explore" search={{ range: day, zone: view.zone, event_id: exactly(entry.event_id), event: entry.event_id }}>
            {entry.what}
          </Link>
          {entry.result !== undefined && <span className={style.result}>{entry.result}</span>}
        </p>
        {entry.message !== undefined && <p className={style.message}>{entry.message}</p>}
        <Changes entry={entry} />
      </div>
      <span className={style.where}>{entry.where ?? <span className="muted">–</span>}</span>
      <div className={style.scope}>
        <Narrow value={entry.project_id} what="project" onChange={onChange} />
        <Narrow value={entry.flow_id} what="flow" onChange={onChange} />
      </div>
    </li>
  );
}

/** A value that can be made the only one. */
function Narrow({ value, what, onChange }: { value: string | undefined; what: "user" | "project" | "flow"; onChange: EntryProps["onChange"] }) {
  return value === undefined ? (
    <span className="muted">{what === "flow" ? "" : "–"}</span>
  ) : (
    <button type="button" className={style.narrow} onClick={() => onChange({ [what]: value })} title={`Only ${what} ${value}`}>
      {value}
    </button>
  );
}

/** What is different behind it: what it was, and what it is. */
function Changes({ entry }: { entry: AuditEntry }) {
  const changes = entry.changes ?? [];
  if (changes.length === 0) {
    return null;
  }
  const total = entry.changes_total ?? changes.length;
  const lines = (some: typeof changes) =>
    some.map((each) => (
      <li key={each.path}>
        <code className={style.path}>{each.path}</code>
        <Value text={valueText(each.before)} name="before" />
        <span aria-hidden="true">→</span>
        <Value text={valueText(each.after)} name="after" />
      </li>
    ));
  return (
    <div className={style.changes}>
      <ul aria-label="What was changed">{lines(changes.slice(0, SHOWN))}</ul>
      {changes.length > SHOWN && (
        <details>
          <summary>{count(total - SHOWN)} more changes</summary>
          <ul>{lines(changes.slice(SHOWN))}</ul>
          {total > changes.length && <p className="muted">{count(total - changes.length)} are on the event alone</p>}
        </details>
      )}
    </div>
  );
}

function Value({ text, name }: { text: string | undefined; name: "before" | "after" }) {
  return (
    <span className={name === "before" ? style.before : style.after}>
      <span className="visually-hidden">{name}: </span>
      {text === undefined ? <i>not there</i> : text === "" ? <i>empty</i> : text}
    </span>
  );
}
