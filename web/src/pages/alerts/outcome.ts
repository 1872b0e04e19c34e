import type { Backtest } from "../../data/alerts";
import { count } from "../../components/numbers";

/** How far back a policy can be tried. */
export const TRIED = [
  { since: "1d", name: "1 day" },
  { since: "7d", name: "7 days" },
  { since: "30d", name: "30 days" },
] as const;

function many(number: number, one: string): string {
  return `${count(number)} ${one}${number === 1 ? "" : "s"}`;
}

/** `40 s`, `41 min`, `3.2 h`, `5.1 d`. */
export function lasting(seconds: number): string {
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 7200) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`;
}

/** What a policy would have done, in one sentence. */
export function trialText(trial: Backtest): string {
  if (trial.fired === 0) {
    return "Would not have fired";
  }
  return [
    `Would have fired ${many(trial.fired, "time")}`,
    `${lasting(trial.firing_seconds)} in all`,
    many(trial.groups, "group"),
    `${many(trial.notified, "notification")} after grouping and silences`,
  ].join(", ");
}
