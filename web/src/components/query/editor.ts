import { acceptCompletion, autocompletion, completionKeymap, completionStatus, type CompletionContext, type CompletionResult, type Completion, startCompletion } from "@codemirror/autocomplete";
import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { EditorState, type Extension, Prec, type Range } from "@codemirror/state";
import { Decoration, EditorView, keymap, placeholder } from "@codemirror/view";
import { tokens, type Wanted, wantedAt } from "../../search/query";

/** Something to complete an expression with. */
export interface Offer {
  /** What is shown, and what is compared with what was begun. */
  readonly label: string;
  /** What is written. */
  readonly text: string;
  /** What is said beside it. */
  readonly detail: string;
  /** It stands before those with less, from 99 down to −99. */
  readonly boost?: number;
  /** It takes the place of the whole expression. */
  readonly whole?: boolean;
}

export interface Offers {
  readonly offers: readonly Offer[];
  /** There are no others, so that nothing is asked anew while somebody types on. */
  readonly complete: boolean;
}

/** What the editor asks and tells. */
export interface EditorHooks {
  /** `undefined` for what is wanted where nothing has been written yet. */
  offers(wanted: Wanted | undefined, signal: AbortSignal): Promise<Offers>;
  change(text: string): void;
  ask(): void;
  /** The expression before or after in the history; undefined where there is none. */
  recall(by: 1 | -1): string | undefined;
}

/** Where the server has found something wrong. */
export interface Wrong {
  readonly from: number;
  readonly to: number;
}

/** Marks what is wrong; to be reconfigured when that changes. */
export function marked(wrong: Wrong | undefined): Extension {
  return EditorView.decorations.compute(["doc"], (state) => {
    const length = state.doc.length;
    if (wrong === undefined || length === 0) {
      return Decoration.none;
    }
    const from = Math.min(wrong.from, length - 1);
    return Decoration.set([Decoration.mark({ class: "wrong" }).range(from, Math.max(from + 1, Math.min(wrong.to, length)))]);
  });
}

const coloured = EditorView.decorations.compute(["doc"], (state) => {
  const marks: Range<Decoration>[] = tokens(state.doc.toString()).map((token) =>
    Decoration.mark({ class: `token-${token.kind}` }).range(token.from, token.to),
  );
  return Decoration.set(marks);
});

/** One line: what is pasted becomes one, and Enter is another's. */
const oneLine: Extension = [
  EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\s*\n\s*/g, " ").trim()),
  EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)),
];

async function complete(context: CompletionContext, hooks: EditorHooks): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const empty = text.trim() === "";
  const wanted = wantedAt(text, context.pos);
  if (wanted === undefined || (!context.explicit && (empty || (wanted.kind === "field" && wanted.begun === "")))) {
    return null;
  }
  const aborted = new AbortController();
  context.addEventListener("abort", () => aborted.abort(), { onDocChange: true });
  const { offers, complete: all } = await hooks.offers(empty ? undefined : wanted, aborted.signal);
  if (context.aborted || offers.length === 0) {
    return null;
  }
  return {
    from: wanted.from,
    to: wanted.to,
    options: offers.map((offer) => optionOf(offer)),
    ...(all ? { validFor: wanted.kind === "field" ? /^[\w.\\:-]*$/ : /^"?[^"():\s]*$/ } : {}),
  };
}

function optionOf(offer: Offer): Completion {
  return {
    label: offer.label,
    detail: offer.detail,
    ...(offer.boost === undefined ? {} : { boost: offer.boost }),
    apply(view, _, from, to) {
      const [start, end] = offer.whole === true ? [0, view.state.doc.length] : [from, to];
      view.dispatch({
        changes: { from: start, to: end, insert: offer.text },
        selection: { anchor: start + offer.text.length },
        userEvent: "input.complete",
      });
      if (offer.text.endsWith(":")) {
        // A field is nothing without a value.
        startCompletion(view);
      }
    },
  };
}

/** Takes up an expression of before, where there is one. */
function replace(view: EditorView, text: string | undefined): boolean {
  if (text !== undefined) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, userEvent: "select.recall" });
  }
  return true;
}

function keysOf(hooks: EditorHooks): Extension {
  return [
    // What completion leaves: it takes Enter only once something of the list was chosen.
    keymap.of([
      {
        key: "Enter",
        run: () => {
          hooks.ask();
          return true;
        },
      },
      {
        key: "Escape",
        run: (view) => {
          view.contentDOM.blur();
          return true;
        },
      },
      { key: "ArrowUp", run: (view) => replace(view, hooks.recall(1)) },
      {
        key: "ArrowDown",
        run: (view) => {
          const later = hooks.recall(-1);
          return later === undefined ? startCompletion(view) : replace(view, later);
        },
      },
      ...historyKeymap,
      // Ctrl+K is for the commands, on a Mac as well.
      ...standardKeymap.filter((binding) => binding.key !== "Ctrl-k" && binding.mac !== "Ctrl-k" && binding.key !== "Enter"),
    ]),
    // Tab takes what was chosen as well; with nothing chosen, it leads on.
    Prec.highest(keymap.of([...completionKeymap, { key: "Tab", run: acceptCompletion }])),
  ];
}

/** What is selected in the document, of which the editor hears a moment later; undefined for nothing, and where the browser does not say it. */
function chosenIn(view: EditorView): { readonly from: number; readonly to: number } | undefined {
  // Only Chromium tells it of shadow trees, and only Chromium has to be asked.
  const { getSelection } = view.root as { getSelection?: () => Selection | null };
  const selection = getSelection?.call(view.root) ?? null;
  const { anchorNode = null, focusNode = null } = selection ?? {};
  if (selection === null || selection.isCollapsed || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode) || anchorNode === null || focusNode === null) {
    return undefined;
  }
  const [one, other] = [view.posAtDOM(anchorNode, selection.anchorOffset), view.posAtDOM(focusNode, selection.focusOffset)];
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

interface EditorOptions {
  readonly label: string;
  readonly hint: string;
  readonly hooks: EditorHooks;
}

/** All that makes the editor but what changes later. */
export function extensions({ label, hint, hooks }: EditorOptions): Extension {
  return [
    coloured,
    oneLine,
    history(),
    placeholder(hint),
    keysOf(hooks),
    autocompletion({
      override: [(context) => complete(context, hooks)],
      defaultKeymap: false,
      // Enter runs what is written; it takes an offer only once somebody has gone to it.
      selectOnOpen: false,
      interactionDelay: 0,
      icons: false,
      maxRenderedOptions: 50,
    }),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-multiline": "false",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        hooks.change(update.state.doc.toString());
      }
    }),
    EditorView.domEventHandlers({
      beforeinput(event, view) {
        // Chromium gives what takes the place of coloured text a style, which the policy refuses.
        const chosen = event.inputType === "insertText" && event.data !== null && !event.isComposing ? chosenIn(view) : undefined;
        if (chosen === undefined || event.data === null) {
          return false;
        }
        event.preventDefault();
        view.dispatch({ changes: { ...chosen, insert: event.data }, selection: { anchor: chosen.from + event.data.length }, userEvent: "input.type", scrollIntoView: true });
        return true;
      },
      mousedown(_, view) {
        // What was asked before is offered to who has only a mouse.
        if (view.state.doc.length === 0 && view.hasFocus && completionStatus(view.state) === null) {
          startCompletion(view);
        }
        return false;
      },
    }),
    look,
  ];
}

/** It stands in a shadow tree, where the page's style sheets end and its colours do not. */
const look = EditorView.theme({
  "&": { height: "26px", color: "var(--text)", fontSize: "var(--text-small)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "26px", overflowX: "auto", overflowY: "hidden", scrollbarWidth: "none" },
  // Behind the last letter there is room for the cursor: what is offered is hidden with it.
  ".cm-content": { padding: "0 16px 0 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--text-muted)" },
  ".token-field": { color: "var(--accent)" },
  ".token-keyword": { color: "var(--severity-critical-text)", fontWeight: "600" },
  ".token-operator": { color: "var(--severity-critical-text)" },
  ".token-string": { color: "var(--good)" },
  ".token-regex": { color: "var(--severity-medium-text)" },
  ".token-bracket": { color: "var(--text-muted)" },
  ".wrong": { textDecoration: "underline wavy var(--bad)", textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
  ".cm-tooltip": { zIndex: "30", border: "1px solid var(--border)", borderRadius: "var(--radius)", backgroundColor: "var(--surface-raised)", color: "var(--text)", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", fontSize: "var(--text-small)", maxHeight: "min(300px, 50vh)", minWidth: "min(280px, 80vw)", maxWidth: "min(640px, calc(100vw - 24px))" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "baseline", gap: "16px", padding: "3px 10px", lineHeight: "1.4" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--surface-active)", color: "var(--text)" },
  ".cm-completionLabel": { flex: "1", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { margin: "0", fontStyle: "normal", color: "var(--text-muted)", fontFamily: "var(--font)" },
});
