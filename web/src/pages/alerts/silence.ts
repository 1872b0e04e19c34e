import type { Alert, LabelMatcher, Silence } from "../../data/alerts";
import { clockTime, momentOf } from "../../time/zone";

/** Whoever wakes at night means the morning that comes, not the one behind it. */
const NIGHT_ENDS = 6;

/** When it is 08:00 on the next morning in a zone, in milliseconds since 1970. */
export function nextMorning(now: number, zone: string): number {
  const { year, month, day, hour } = clockTime(now, zone);
  return momentOf({ year, month, day: hour < NIGHT_ENDS ? day : day + 1, hour: 8, minute: 0, second: 0 }, zone);
}

/** What means an alert and those that are like it: its policy and its labels. */
export function matchersOf(alert: Alert): LabelMatcher[] {
  const labels = Object.entries({ policy: alert.policy, ...alert.labels });
  return labels.map(([label, value]) => ({ label, op: "=", value }));
}

/** `policy = error_burst and project_id =~ pf_.*`. */
export function matchersText(matchers: readonly LabelMatcher[]): string {
  return matchers.map(({ label, op = "=", value }) => `${label} ${op} ${value}`).join(" and ");
}

/** Whether a silence is still to come, goes on, or is over. */
export function silenceState(silence: Silence, now: number): "pending" | "active" | "over" {
  if (Date.parse(silence.to) <= now) {
    return "over";
  }
  return Date.parse(silence.from) > now ? "pending" : "active";
}
