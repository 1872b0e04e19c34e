import { useState } from "react";
import type { AuditSearch } from "../../app/router";
import { useKeys } from "../../app/keys";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { TextInput } from "../../components/Input";
import { QueryBox } from "../../components/query/QueryBox";
import type { AuditChange } from "./Audit";
import { MARKS, marksOf, withMark } from "./scope";
import style from "./Audit.module.css";

const NAMES = [
  ["user", "User", "or what triggered it"],
  ["project", "Project", "any"],
  ["flow", "Flow", "any"],
] as const;

interface TimelineFiltersProps {
  readonly search: AuditSearch;
  readonly view: View;
  readonly onChange: (changed: AuditChange) => void;
}

/** Whose timeline it is, and which marks are wanted. */
export function TimelineFilters({ search, view, onChange }: TimelineFiltersProps) {
  const said = [...NAMES.map(([name]) => search[name] ?? ""), search.q ?? ""].join("\n");
  const marks = marksOf(search);
  return (
    <div className={style.filters}>
      <Texts key={said} search={search} view={view} onChange={onChange} />
      <fieldset className={style.marks}>
        <legend className="visually-hidden">Marks</legend>
        <Button pressed={marks.length === 0} onClick={() => onChange({ mark: undefined })}>
          All
        </Button>
        {MARKS.map((mark) => (
          <Button key={mark.id} pressed={marks.includes(mark.id)} onClick={() => onChange({ mark: withMark(search, mark.id) })}>
            {mark.name}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}

/** What is written counts when Enter is pressed. */
function Texts({ search, view, onChange }: TimelineFiltersProps) {
  const [q, setQ] = useState(search.q ?? "");
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  useKeys({ "/": () => document.getElementById("audit-user")?.focus() });
  const valueOf = (name: (typeof NAMES)[number][0]) => (written[name] ?? search[name] ?? "").trim();
  const show = (asked: string) =>
    onChange({ ...Object.fromEntries(NAMES.map(([name]) => [name, valueOf(name) === "" ? undefined : valueOf(name)])), q: asked.trim() === "" ? undefined : asked.trim() });
  return (
    <form
      className={style.texts}
      onSubmit={(event) => {
        event.preventDefault();
        show(q);
      }}
    >
      {NAMES.map(([name, label, placeholder]) => (
        <TextInput
          key={name}
          id={`audit-${name}`}
          label={label}
          placeholder={placeholder}
          spellCheck={false}
          value={written[name] ?? search[name] ?? ""}
          onChange={(event) => setWritten({ ...written, [name]: event.target.value })}
        />
      ))}
      <QueryBox label="Search" q={search.q ?? ""} scope={{ filters: {}, bounds: view.bounds }} hint="Search, such as status:denied" onAsk={show} onWrite={setQ} />
      <button type="submit" className={style.submit}>
        Show
      </button>
    </form>
  );
}
