import { useSyncExternalStore } from "react";

/**
 * The moment that "now" means on the page. It stands still while one looks, so that rows, counts
 * and charts are of the same time, and moves on when one asks for it.
 */
let now = Date.now();
const listeners = new Set<() => void>();

export function moveNow(): void {
  now = Date.now();
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
