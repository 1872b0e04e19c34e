import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { describe, type FieldPath, FIELDS } from "../../data/fields";
import { fields, fieldValues, type Scope } from "../../data/queries";
import { recentQueries } from "../../search/history";
import { fieldText, valueText, type Wanted } from "../../search/query";
import { count } from "../numbers";
import type { Offer, Offers } from "./editor";

/** The events whose fields and values are offered. */
export type OfferScope = Pick<Scope, "filters" | "bounds">;

/** Values that are asked for at a time. */
const MOST = 50;

/** Expressions of before that are offered where nothing is written yet. */
const RECENT = 8;

/** Fields whose values are hardly ever the same twice. */
const UNCOUNTED: ReadonlySet<string> = new Set(["message", "stack_trace", "timestamp", "received_at", "duration_ms", "retries"]);

/** What an expression can be completed with: fields and values of the events that are looked at. */
export async function offersOf(client: QueryClient, scope: OfferScope, wanted: Wanted | undefined, signal: AbortSignal): Promise<Offers> {
  if (wanted === undefined) {
    const recent = recentQueries().slice(0, RECENT);
    const found = await fieldOffers(client, scope, signal);
    return { offers: [...recent.map((q, place) => ({ label: q, text: q, detail: "asked before", boost: 99 - place, whole: true })), ...found], complete: false };
  }
  if (wanted.kind === "field") {
    return { offers: await fieldOffers(client, scope, signal), complete: true };
  }
  if (wanted.field === "_exists_") {
    const found = await fieldOffers(client, scope, signal);
    return { offers: found.map(({ label, text, detail }) => ({ label, text: text.slice(0, -1), detail })), complete: true };
  }
  return UNCOUNTED.has(wanted.field) ? { offers: [], complete: true } : valueOffers(client, scope, wanted, signal);
}

async function fieldOffers(client: QueryClient, scope: OfferScope, signal: AbortSignal): Promise<Offer[]> {
  const asked = fields({ filters: scope.filters, bounds: scope.bounds });
  const found = await answered(client, asked.queryKey, () => client.fetchQuery(asked), signal);
  const counts = new Map([...(found?.fields ?? []), ...(found?.attributes ?? [])].map((each) => [each.name, each.count]));
  const names = new Set<string>([...FIELDS, ...counts.keys()]);
  const offers = [...names].map((name) => {
    const events = counts.get(name);
    const detail = describe(name as FieldPath);
    return { label: name, text: `${fieldText(name)}:`, detail: events === undefined || events === 0 ? detail : `${detail} · ${count(events)}` };
  });
  return [...offers, { label: "_exists_", text: "_exists_:", detail: "Has the field" }];
}

async function valueOffers(client: QueryClient, scope: OfferScope, wanted: Wanted & { kind: "value" }, signal: AbortSignal): Promise<Offers> {
  const { [wanted.field as FieldPath]: _, ...filters } = scope.filters;
  const ask = (prefix: string) => {
    const asked = fieldValues({ filters, bounds: scope.bounds }, wanted.field as FieldPath, prefix, MOST);
    return answered(client, asked.queryKey, () => client.fetchQuery(asked), signal);
  };
  const first = await ask("");
  const all = first?.complete === true;
  // Of very many values, those that begin so; the server goes by the letter, the list below does not.
  const begun = first === undefined || all || wanted.begun === "" ? undefined : await ask(wanted.begun);
  const counts = new Map([...(first?.values ?? []), ...(begun?.values ?? [])].map((each) => [each.value, each.count]));
  const offers = [...counts]
    .filter(([value]) => value !== "")
    .toSorted(([, a], [, b]) => b - a)
    .map(([value, events], place) => ({ label: value, text: valueText(value), detail: count(events), boost: Math.max(-99, 99 - place) }));
  return { offers, complete: all };
}

/** An answer, undefined where there is none; it is cancelled at the server once nobody waits. */
async function answered<T>(client: QueryClient, queryKey: QueryKey, ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  signal.addEventListener("abort", () => {
    if (client.getQueryCache().find({ queryKey })?.getObserversCount() === 0) {
      void client.cancelQueries({ queryKey, exact: true });
    }
  });
  try {
    return await ask();
  } catch {
    // There is nothing to offer; what is wrong with the expression is said elsewhere.
    return undefined;
  }
}
