import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { filterText } from "../search/filter";
import type { Filters } from "../search/url";
import { type Bounds, iso } from "../time/range";
import { get, type LogEvent, type Parameters, type Schemas } from "./api";
import type { FieldPath } from "./fields";

/** Which events are meant. */
export interface Scope {
  readonly q?: string | undefined;
  readonly filters: Filters;
  readonly bounds: Bounds;
}

/** Rows that are asked for at a time. */
export const PAGE_SIZE = 500;

/** A scope as parameters of the API. */
export function parameters(scope: Scope): Parameters {
  return { ...scope.filters, q: scope.q, from: iso(scope.bounds.from), to: iso(scope.bounds.to) };
}

export interface EventPage {
  readonly logs: LogEvent[];
  readonly next_cursor?: string;
}

export function eventPages(scope: Scope, order: "newest" | "oldest") {
  const query = { ...parameters(scope), order, limit: PAGE_SIZE };
  return infiniteQueryOptions({
    queryKey: ["events", query],
    queryFn: ({ signal, pageParam }) =>
      get("/monitoring/logs", { query: { ...query, cursor: pageParam }, signal }) as Promise<EventPage>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    // Events never change, and comparing pages of them costs more than painting.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function histogram(scope: Scope, by?: FieldPath) {
  const query = { ...parameters(scope), step: "auto", by };
  return queryOptions({
    queryKey: ["histogram", query],
    queryFn: ({ signal }) => get("/monitoring/logs/histogram", { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many events there are; asked of the histogram, in as few buckets as it has. */
export function total(scope: Scope) {
  const query = parameters(scope);
  return queryOptions({
    queryKey: ["total", query],
    queryFn: async ({ signal }) => (await get("/monitoring/logs/histogram", { query, signal })).total,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function fields(scope: Scope) {
  const query = parameters(scope);
  return queryOptions({
    queryKey: ["fields", query],
    queryFn: ({ signal }) => get("/monitoring/logs/fields", { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function fieldValues(scope: Scope, field: FieldPath, prefix: string, limit: number) {
  const query = { ...parameters(scope), prefix, limit };
  return queryOptions({
    queryKey: ["values", field, query],
    queryFn: ({ signal }) => get("/monitoring/logs/fields/{name}/values", { path: { name: field }, query, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function oneEvent(id: string) {
  return queryOptions({
    queryKey: ["event", id],
    queryFn: ({ signal }) => get("/monitoring/logs/{event_id}", { path: { event_id: id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function neighbours(id: string, by: FieldPath | undefined) {
  return queryOptions({
    queryKey: ["context", id, by],
    queryFn: ({ signal }) =>
      get("/monitoring/logs/{event_id}/context", { path: { event_id: id }, query: { by, before: 30, after: 30 }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Whether an expression can be understood; reads nothing, since no event is that old. */
export function checked(q: string) {
  return queryOptions({
    queryKey: ["checked", q],
    queryFn: async ({ signal }) => {
      await get("/monitoring/logs", { query: { q, limit: 1, from: "1970-01-01", to: "1970-01-02" }, signal });
      return true;
    },
    enabled: q !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function stats(scope: Scope, options: { group_by?: string; measure?: string; order?: string; limit?: number; step?: string }) {
  const query = { ...parameters(scope), ...options };
  return queryOptions({
    queryKey: ["stats", query],
    queryFn: ({ signal }) => get("/monitoring/stats", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function patterns(scope: Scope, limit: number) {
  const query = { ...parameters(scope), step: "auto", limit };
  return queryOptions({
    queryKey: ["patterns", query],
    queryFn: ({ signal }) => get("/monitoring/logs/patterns", { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export interface PerformanceScope {
  readonly bounds: Bounds;
  readonly filters?: Filters;
  readonly group_by?: string;
  readonly order?: string;
  readonly direction?: "asc" | "desc";
  readonly limit?: number;
}

function performanceParameters({ bounds, filters, ...rest }: PerformanceScope): Parameters {
  return { ...filters, ...rest, from: iso(bounds.from), to: iso(bounds.to) };
}

export function performance(scope: PerformanceScope) {
  const query = performanceParameters(scope);
  return queryOptions({
    queryKey: ["performance", query],
    queryFn: ({ signal }) => get("/monitoring/performance", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function performanceSeries(scope: PerformanceScope) {
  const query = performanceParameters(scope);
  return queryOptions({
    queryKey: ["series", query],
    queryFn: ({ signal }) => get("/monitoring/performance/series", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function heatmap(scope: PerformanceScope) {
  const query = performanceParameters(scope);
  return queryOptions({
    queryKey: ["heatmap", query],
    queryFn: ({ signal }) => get("/monitoring/performance/heatmap", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function spikes(bounds: Bounds, limit: number, filters: Filters = {}) {
  const query = { ...filters, from: iso(bounds.from), to: iso(bounds.to), limit };
  return queryOptions({
    queryKey: ["spikes", query],
    queryFn: ({ signal }) => get("/monitoring/performance/spikes", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function differences(scope: Scope, selected: { from: number; to: number; expression?: string }) {
  const query = {
    ...parameters(scope),
    selected_from: iso(selected.from),
    selected_to: iso(selected.to),
    selected: selected.expression,
  };
  return queryOptions({
    queryKey: ["differences", query],
    queryFn: ({ signal }) => get("/monitoring/performance/differences", { query, signal }),
  });
}

export interface ErrorScope {
  readonly state?: string | undefined;
  readonly sort?: string | undefined;
  readonly project_id?: string | undefined;
  readonly limit?: number;
}

export function errorGroups(scope: ErrorScope) {
  const query = { ...scope, include: "suspect" as const };
  return infiniteQueryOptions({
    queryKey: ["errors", query],
    queryFn: ({ signal, pageParam }) => get("/monitoring/errors", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** States of groups that somebody should look at. */
export const FRESH = ["new", "regressed", "escalating"] as const;

/** Groups of each such state, of those that are new the most frequent, with the changes that may be to blame. */
export function freshErrors(limit: number) {
  return queryOptions({
    queryKey: ["errors", "fresh", limit],
    queryFn: async ({ signal }) => {
      const groups: Schemas["ErrorGroup"][] = [];
      for (const state of FRESH) {
        const query = { state, sort: state === "new" ? "errors" : "last_seen", include: "suspect", limit };
        // One after the other: a browser opens six connections, and others wait for them.
        // oxlint-disable-next-line no-await-in-loop
        groups.push(...(await get("/monitoring/errors", { query, signal })).groups);
      }
      return groups;
    },
  });
}

/** How soon groups are asked for again, in milliseconds: suspects are worked out beside the list. */
export function errorsEvery(groups: readonly Schemas["ErrorGroup"][]): number {
  return groups.some((group) => group.suspect === null) ? 1_500 : 15_000;
}

export function errorGroup(id: string) {
  return queryOptions({
    queryKey: ["error", id],
    queryFn: ({ signal }) => get("/monitoring/errors/{group_id}", { path: { group_id: id }, signal }),
  });
}

/** Why the newest example of a group is in it. */
export function errorExplanation(id: string) {
  return queryOptions({
    queryKey: ["error", id, "explain"],
    queryFn: ({ signal }) => get("/monitoring/errors/{group_id}/explain", { path: { group_id: id }, signal }),
    retry: false,
  });
}

/** Deployments of a range, the newest first. */
export function deployments(bounds: Bounds) {
  const query = { ...parameters({ filters: { event_type: "deployment" }, bounds }), limit: 20 };
  return queryOptions({
    queryKey: ["deployments", query],
    queryFn: async ({ signal }) => (await get("/monitoring/logs", { query, signal })).logs,
    placeholderData: keepPreviousData,
  });
}

/** Events by their ids, the oldest first; those that are not stored any more are left out. */
export function firstEvents(ids: readonly string[]) {
  const some = [...new Set(ids)].slice(0, 10);
  return queryOptions({
    queryKey: ["events by id", some],
    queryFn: async ({ signal }) => {
      const query = { event_id: filterText({ kind: "in", values: some }), order: "oldest", limit: some.length };
      return (await get("/monitoring/logs", { query, signal })).logs;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
