import { useSyncExternalStore } from "react";

const KEY = "blackbox.actor";

const listeners = new Set<() => void>();

function remember(name: string): void {
  localStorage.setItem(KEY, name);
  for (const listener of listeners) {
    listener();
  }
}

/** Who sits here, as they have said once in this browser; what they change has this name on it. */
export function useActor(): readonly [string, (name: string) => void] {
  const actor = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(KEY) ?? "",
  );
  return [actor, remember];
}
