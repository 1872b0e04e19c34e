import { useSyncExternalStore } from "react";

/** Something that the page shows and that could not be had again. */
export interface Missed {
  /** When it was had last. */
  readonly since: number;
  readonly error: Error;
  /** It is only what comes behind it that could not be had. */
  readonly more: boolean;
  again(): void;
}

let all: readonly Missed[] = [];
const listeners = new Set<() => void>();

function set(changed: readonly Missed[]): void {
  all = changed;
  for (const listener of listeners) {
    listener();
  }
}

/** Says that something is missed, until the answered function is called. */
export function missing(missed: Missed): () => void {
  set([...all, missed]);
  return () => set(all.filter((each) => each !== missed));
}

export function useMissed(): readonly Missed[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}
