import { closeCompletion } from "@codemirror/autocomplete";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { type EditorHooks, extensions, marked, type Wrong } from "./editor";

/** What a page can do with the box, whichever of the two it is. */
export interface QueryHandle {
  /** Goes into it, with all of it chosen. */
  select(): void;
}

interface QueryEditorProps extends Omit<EditorHooks, "ask"> {
  readonly ref: Ref<QueryHandle>;
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  /** Another number whenever the text came from elsewhere, and takes the place of what is written. */
  readonly placed: number;
  readonly wrong: Wrong | undefined;
  /** What is wrong, in words. */
  readonly problem: string | undefined;
  /** Which part of the plain box was chosen when this one takes its place, if the focus was there. */
  readonly chosen: readonly [number, number] | undefined;
  readonly ask: (text: string) => void;
}

/**
 * Takes an expression of the query language, colours it and completes it. It stands in a shadow
 * tree, since the editor brings its style sheets along, which the server's policy lets nobody add
 * to the document.
 */
export function QueryEditor({ ref, label, hint, text, placed, wrong, problem, chosen, offers, change, ask, recall }: QueryEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const parts = useRef({ wrong: new Compartment(), said: new Compartment() });
  const onOffers = useEffectEvent(offers);
  const onChange = useEffectEvent(change);
  const onAsk = useEffectEvent(ask);
  const onRecall = useEffectEvent(recall);
  const start = useEffectEvent((element: HTMLDivElement) => {
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const hooks: EditorHooks = {
      offers: (wanted, signal) => onOffers(wanted, signal),
      change: (written) => onChange(written),
      ask: () => {
        if (editor.current !== undefined) {
          closeCompletion(editor.current);
          // What is written, which the page may not have heard of yet.
          onAsk(editor.current.state.doc.toString());
        }
      },
      recall: (by) => onRecall(by),
    };
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        selection: { anchor: Math.min(chosen?.[0] ?? text.length, text.length), head: Math.min(chosen?.[1] ?? text.length, text.length) },
        extensions: [extensions({ label, hint, hooks }), parts.current.wrong.of([]), parts.current.said.of([])],
      }),
    });
    if (chosen !== undefined) {
      view.focus();
    }
    return view;
  });

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) {
      return;
    }
    const view = start(element);
    editor.current = view;
    return () => {
      editor.current = undefined;
      view.destroy();
    };
  }, []);

  const place = useEffectEvent(() => {
    const view = editor.current;
    if (view !== undefined && view.state.doc.toString() !== text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
    }
  });
  // Not whenever the text is another: it lags behind one who types fast.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useLayoutEffect(() => place(), [placed]);

  const [from, to] = [wrong?.from, wrong?.to];
  useEffect(() => {
    const { wrong: mark, said } = parts.current;
    editor.current?.dispatch({
      effects: [
        mark.reconfigure(from === undefined || to === undefined ? [] : marked({ from, to })),
        said.reconfigure(EditorView.contentAttributes.of({ "aria-invalid": String(problem !== undefined), ...(problem === undefined ? {} : { "aria-description": problem }) })),
      ],
    });
  }, [from, to, problem]);

  useImperativeHandle(ref, () => ({
    select() {
      const view = editor.current;
      view?.focus();
      view?.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
    },
  }));
  return <div ref={host} />;
}
