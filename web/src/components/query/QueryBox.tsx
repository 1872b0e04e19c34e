import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ComponentType, type Ref, useEffect, useRef, useState } from "react";
import { useKeys } from "../../app/keys";
import { ProblemError } from "../../data/api";
import { checked } from "../../data/queries";
import { recentQueries, rememberQuery } from "../../search/history";
import { tokens } from "../../search/query";
import { type OfferScope, offersOf } from "./offers";
import type { QueryEditor, QueryHandle } from "./QueryEditor";
import style from "./QueryBox.module.css";

/** How long nobody types before an expression is looked at, in milliseconds. */
const PAUSE = 250;

const HINT = 'status:error platform:(Slack OR Notion) "token expired" duration_ms:>500';

type Editor = typeof QueryEditor;

/** The editor, once it is here; it is loaded once for all boxes. */
let loaded: Editor | undefined;

interface QueryBoxProps {
  /** What it is called. */
  readonly label: string;
  /** What was asked for last, as the address says. */
  readonly q: string;
  /** The events whose fields and values are offered. */
  readonly scope: OfferScope;
  readonly onAsk: (q: string) => void;
  readonly onWrite?: (text: string) => void;
  readonly hint?: string;
  /** `/` leads here. */
  readonly slash?: boolean;
}

/**
 * Takes an expression of the query language wherever one is written, and says what is wrong with it
 * before it is sent. It is a plain line of text until the editor is loaded.
 */
export function QueryBox({ label, q, scope, onAsk, onWrite, hint = HINT, slash = false }: QueryBoxProps) {
  const [text, setText] = useState(q);
  const [seen, setSeen] = useState(q);
  const [settled, setSettled] = useState(q);
  const [placed, setPlaced] = useState(0);
  const [recalled, setRecalled] = useState(-1);
  const editor = useRef<QueryHandle>(null);
  const plain = useRef<HTMLInputElement>(null);
  const { Editor: RichEditor, chosen } = useEditor(plain);
  const client = useQueryClient();
  if (seen !== q) {
    // The address has changed: by Back, a link, or what was asked here.
    setSeen(q);
    setText(q);
    setPlaced(placed + 1);
  }
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  useKeys(slash ? { "/": () => (plain.current === null ? editor.current?.select() : plain.current.select()) } : {});
  const check = useQuery(checked(settled));
  const problem = settled === text.trim() && check.error instanceof ProblemError ? check.error.about("q") : undefined;
  const write = (written: string) => {
    setText(written);
    onWrite?.(written);
  };
  const ask = (wanted: string) => {
    rememberQuery(wanted.trim());
    setRecalled(-1);
    onAsk(wanted.trim());
  };
  const recall = (by: 1 | -1) => {
    const recent = recentQueries().filter((each) => each !== q);
    const next = recalled + by;
    if (next < -1 || next >= recent.length) {
      return undefined;
    }
    setRecalled(next);
    return next === -1 ? q : recent[next];
  };
  return (
    <div className={style.box} role="search">
      <span className={style.sign} aria-hidden="true">
        ⌕
      </span>
      <div className={style.field}>
        {RichEditor === undefined ? (
          <input
            ref={plain}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                plain.current?.blur();
              } else if (event.key === "Enter") {
                event.preventDefault();
                ask(event.currentTarget.value);
              }
            }}
            placeholder={hint}
            aria-label={label}
            aria-invalid={problem !== undefined}
            spellCheck={false}
            autoComplete="off"
          />
        ) : (
          <RichEditor
            ref={editor}
            label={label}
            hint={hint}
            text={text}
            placed={placed}
            wrong={wrongPart(text, problem)}
            problem={problem}
            chosen={chosen}
            offers={(wanted, signal) => offersOf(client, scope, wanted, signal)}
            change={write}
            ask={ask}
            recall={recall}
          />
        )}
      </div>
      {text !== "" && (
        <button
          type="button"
          className={style.clear}
          aria-label="Clear the search"
          onClick={() => {
            write("");
            setPlaced(placed + 1);
            ask("");
          }}
        >
          ✕
        </button>
      )}
      {slash && (
        <kbd className={style.key} aria-hidden="true">
          /
        </kbd>
      )}
      {problem !== undefined && (
        <p role="alert" className={style.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** What is wrong, from the column that the server names to the end of what stands there. */
function wrongPart(text: string, problem: string | undefined): { from: number; to: number } | undefined {
  const column = Number(/^column (\d+)/.exec(problem ?? "")?.[1] ?? 0);
  if (column === 0) {
    return undefined;
  }
  // What is sent has no blanks around it.
  const from = text.length - text.trimStart().length + column - 1;
  const token = tokens(text).find((each) => each.from <= from && from < each.to);
  return { from, to: token?.to ?? from + 1 };
}

/** Loads the editor, and where in the plain box somebody was when it came. */
function useEditor(plain: { readonly current: HTMLInputElement | null }): {
  readonly Editor: ComponentType<Parameters<Editor>[0] & { ref: Ref<QueryHandle> }> | undefined;
  readonly chosen: readonly [number, number] | undefined;
} {
  const [state, setState] = useState<{ Editor: Editor | undefined; chosen: readonly [number, number] | undefined }>({ Editor: loaded, chosen: undefined });
  const missing = state.Editor === undefined;
  useEffect(() => {
    if (!missing) {
      return;
    }
    let wanted = true;
    import("./QueryEditor").then(
      (module) => {
        loaded = module.QueryEditor;
        if (wanted) {
          const input = plain.current;
          const here = input !== null && input === document.activeElement;
          setState({ Editor: loaded, chosen: here ? [input.selectionStart ?? 0, input.selectionEnd ?? 0] : undefined });
        }
      },
      () => {
        // The plain box does without it.
      },
    );
    return () => {
      wanted = false;
    };
  }, [missing, plain]);
  return state;
}
