import { useSyncExternalStore } from "react";

let text = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says something for a moment, such as that a link was copied. */
export function notify(said: string): void {
  clearTimeout(timer);
  set(said);
  timer = setTimeout(() => set(""), 2500);
}

function set(said: string): void {
  text = said;
  for (const listener of listeners) {
    listener();
  }
}

export function useNotice(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
  );
}

/** Puts a text into the clipboard, and says so. */
export async function copy(what: string, content: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(content);
    notify(`${what} copied`);
  } catch {
    notify(`The browser does not let ${what.toLowerCase()} be copied`);
  }
}
