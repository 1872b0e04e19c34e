import { useEffect, useEffectEvent } from "react";

/** Actions by the keys that lead to them: `j`, `Escape`, or two in a row as in `g e`. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** The first key of two. */
const FIRST = "g";

/** How long the second key of two may take, in milliseconds. */
const SECOND_KEY = 1200;

let first: { key: string; time: number } | undefined;

/** What a key was pressed in, also where that stands in a shadow tree. */
function targetOf(event: KeyboardEvent): EventTarget | null {
  return event.composedPath()[0] ?? event.target;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)))
  );
}

/** Keys on controls belong to them: a button is pressed by Enter. */
function belongsToControl(event: KeyboardEvent): boolean {
  return event.key === "Enter" && event.target instanceof Element && event.target.closest("a,button,summary,[role=tab]") !== null;
}

/** Listens for keys while a component is shown, but not while somebody types or a dialog is open. */
export function useKeys(map: KeyMap): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held || event.defaultPrevented || isTyping(targetOf(event)) || belongsToControl(event)) {
      return;
    }
    const inMenu = event.target instanceof Element && event.target.closest("[role=dialog]") !== null;
    if (inMenu || document.querySelector("dialog[open]") !== null) {
      return;
    }
    // A key behind the first of two is no key of its own, whoever listens for it.
    const second = first?.key === FIRST && event.timeStamp - first.time < SECOND_KEY;
    const action = map[second ? `${FIRST} ${event.key}` : event.key];
    if (action !== undefined) {
      event.preventDefault();
      action(event);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

/** Listens for Ctrl+K, and ⌘+K, wherever the focus is, but not while another dialog is open. */
export function useCommandKey(action: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (held && event.key.toLowerCase() === "k" && document.querySelector("dialog[open]") === null) {
      // Browsers go to their own search.
      event.preventDefault();
      action();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

// Remembers a first key behind all listeners above, whichever of them was there first.
if (typeof window !== "undefined") {
  window.addEventListener("keydown", (event) => {
    first = isTyping(targetOf(event)) ? undefined : { key: event.key, time: event.timeStamp };
  });
}
