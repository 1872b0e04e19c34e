import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "../../app/keys";
import { ProblemError } from "../../data/api";
import { checked } from "../../data/queries";
import style from "./QueryBox.module.css";

/** How long nobody types before an expression is looked at, in milliseconds. */
const PAUSE = 250;

/** Takes an expression of the query language, and says what is wrong with it before it is sent. */
export function QueryBox({ q, onAsk }: { q: string; onAsk: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [seen, setSeen] = useState(q);
  const [settled, setSettled] = useState(q);
  if (seen !== q) {
    // The address has changed: by Back, a link, or what was asked here.
    setSeen(q);
    setText(q);
  }
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  useKeys({ "/": () => input.current?.select() });
  const check = useQuery(checked(settled));
  const wrong = settled === text.trim() && check.error instanceof ProblemError ? check.error.about("q") : undefined;
  const column = Number(/^column (\d+)/.exec(wrong ?? "")?.[1] ?? 0);
  return (
    <form
      className={style.box}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text);
      }}
    >
      <span className={style.sign} aria-hidden="true">
        ⌕
      </span>
      <div className={style.field}>
        <input
          ref={input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              input.current?.blur();
            }
          }}
          placeholder={'status:error platform:(Slack OR Notion) "token expired" duration_ms:>500'}
          aria-label="Search"
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong === undefined ? undefined : "query-problem"}
          spellCheck={false}
          autoComplete="off"
          name="q"
        />
        {column > 0 && <Underline column={column} length={text.length} />}
      </div>
      {text !== "" && (
        <button
          type="button"
          className={style.clear}
          aria-label="Clear the search"
          onClick={() => {
            setText("");
            onAsk("");
          }}
        >
          ✕
        </button>
      )}
      <kbd className={style.key} aria-hidden="true">
        /
      </kbd>
      {wrong !== undefined && (
        <p id="query-problem" role="alert" className={style.problem}>
          {wrong}
        </p>
      )}
    </form>
  );
}

/** Marks the text from the column on, in the measure of the input's own letters. */
function Underline({ column, length }: { column: number; length: number }) {
  const from = Math.min(column - 1, length);
  return (
    <span
      className={style.underline}
      style={{ left: `${from}ch`, width: `${Math.max(1, length - from)}ch` }}
      aria-hidden="true"
    />
  );
}
