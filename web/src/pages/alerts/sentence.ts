import { count } from "../../components/numbers";

/** Members of a policy as somebody writes them, who may have written anything. */
type Written = Readonly<Record<string, unknown>>;

function members(value: unknown): Written {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Written) : {};
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

function texts(value: unknown, otherwise: readonly string[]): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : otherwise;
}

function listed(words: readonly string[], last: string): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** Kinds whose events Blackbox has found itself; each is told apart where a policy does not say otherwise. */
const FOUND: ReadonlySet<string> = new Set(["regression", "escalation", "spike"]);

/** What a policy watches for, in one sentence; a draft that makes no sense yet makes a poor one. */
export function sentence(policy: unknown): string {
  const document = members(policy);
  const condition = members(document.condition);
  const kind = text(condition.kind, "event");
  const window = text(condition.window, "…");
  const by = listed(texts(condition.by, FOUND.has(kind) ? [] : ["project_id"]), "and");
  const compared = condition.compare === "at_most" ? "at most" : "at least";
  const amount = (show: (value: number) => string) => `${compared} ${thresholds(document, show)}`;
  const each = by === "" ? "" : `, for each ${by}`;
  const held = text(document.for, "") === "" ? "" : `, for ${String(document.for)} on end`;
  return `${capital(measure())}${each}${held}`;

  function measure(): string {
    switch (kind) {
      case "event":
        return "every event";
      case "first_seen":
        return "an error of a new kind";
      case "regression":
        return "a group of errors that was resolved and is back";
      case "escalation":
        return "a group of errors that is more frequent than its history lets expect";
      case "spike":
        return "a spike in performance";
      case "no_data":
        return `no event within ${window}`;
      case "count":
        return `${amount(count)} events within ${window}`;
      case "rate":
        return `${amount(count)} events a second over ${window}`;
      case "error_share":
        return `${amount(share)} of events failed within ${window}`;
      case "distinct":
        return `${amount(count)} different values of ${text(condition.field, "user_id")} within ${window}`;
      case "percentile":
        return `the p${percentile(condition.quantile)} of ${text(condition.field, "duration_ms")} over ${window} is ${amount(count)}`;
      default:
        return kind;
    }
  }
}

function thresholds(document: Written, show: (value: number) => string): string {
  const written = Array.isArray(document.thresholds) ? document.thresholds.map(members) : [];
  const told = written.map((each) => `${typeof each.value === "number" ? show(each.value) : "…"} (${text(each.severity, "high")})`);
  return told.length === 0 ? "…" : listed(told, "or");
}

function share(value: number): string {
  return `${Math.round(value * 10_000) / 100} %`;
}

function percentile(quantile: unknown): string {
  return String(Math.round((typeof quantile === "number" ? quantile : 0.95) * 1000) / 10);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who hears of it. */
export function toldTo(policy: unknown): string {
  const notify = members(members(policy).notify);
  const escalate = members(notify.escalate);
  const first = listed(texts(notify.channels, ["ui"]), "and");
  const later = listed(texts(escalate.channels, []), "and");
  return later === "" ? first : `${first}, and ${later} after ${text(escalate.after, "15m")}`;
}
