import type { Alert, PolicyDocument } from "../../data/alerts";
import { isFieldPath } from "../../data/fields";
import { exactly, filterText } from "../../search/filter";
import type { ExploreSearch } from "../../search/url";
import { iso, spanMillis } from "../../time/range";

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * Leads to the events behind an alert: to each by its id as long as all ids are known, else to what
 * the policy matches over the time of the alert. An alert knows when events were received, and
 * Explore when they happened; the time that is shown is a bit longer for that.
 */
export function eventsBehind(alert: Alert, document: PolicyDocument | undefined, now: number): ExploreSearch {
  const started = Date.parse(alert.started_at);
  const ended = Date.parse(alert.resolved_at ?? alert.last_event_at ?? alert.started_at);
  const last = Math.min(now, Math.max(ended, started)) + MINUTE;
  const ids = [...new Set(alert.event_ids)];
  if (alert.event_ids.length > 0 && alert.event_ids.length >= alert.events) {
    return { range: between(started - DAY, last), event_id: filterText({ kind: "in", values: ids }) };
  }
  const condition = (document?.condition ?? {}) as { readonly window?: unknown };
  const window = spanMillis(typeof condition.window === "string" ? condition.window : "") ?? 0;
  return {
    range: between(started - window - MINUTE, last),
    ...(document?.match === undefined || document.match === "" ? {} : { q: document.match }),
    ...filtersOf(alert, document),
  };
}

/** Labels that tell events apart, as filters; a policy's own labels say nothing about events. */
function filtersOf(alert: Alert, document: PolicyDocument | undefined): Readonly<Record<string, string>> {
  const condition = (document?.condition ?? {}) as { readonly by?: unknown };
  const by: readonly unknown[] = Array.isArray(condition.by) ? condition.by : ["project_id"];
  const told = Object.entries(alert.labels).filter(([label, value]) => by.includes(label) && isFieldPath(label) && value !== "");
  return Object.fromEntries(told.map(([label, value]) => [label, exactly(value)]));
}

function between(from: number, to: number): string {
  return `${iso(from)}..${iso(to)}`;
}

/** A runbook is led to where it is an address of the web, and shown as text else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
