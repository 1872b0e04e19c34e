import { useSyncExternalStore } from "react";

const KEY = "blackbox.theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === value) ?? "system";
}

let theme: Theme = "system";

function show(): void {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  for (const listener of listeners) {
    listener();
  }
}

/** Applies what was chosen before; to be called once, before anything is painted. */
export function startTheme(): void {
  theme = stored();
  show();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

/** From what the system says to light, to dark, and back. */
export function nextTheme(): void {
  chooseTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system");
}

export function chooseTheme(chosen: Theme): void {
  theme = chosen;
  localStorage.setItem(KEY, theme);
  show();
}

/** The theme and the colours that are shown now: `system-dark`. */
export function useTheme(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => {
      const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
      return `${theme}-${dark ? "dark" : "light"}`;
    },
  );
}
