import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { moveNow } from "../../app/now";
import { useNarrow, useView, type View } from "../../app/view";
import type { FieldPath } from "../../data/fields";
import type { Scope } from "../../data/queries";
import { excluding, type Filter, filterText, only, parseFilter, toggled } from "../../search/filter";
import { type DrawerTab, type ExploreSearch, type Filters, filtersOf, type Summary } from "../../search/url";
import type { TimeRange } from "../../time/range";
import { columnsOf, columnsText } from "./columns";

/** What Explore shows, and everything that changes it. All of it is in the address. */
export interface ExploreState {
  readonly search: ExploreSearch;
  readonly view: View;
  readonly filters: Filters;
  readonly scope: Scope;
  readonly columns: readonly FieldPath[];
  readonly order: "newest" | "oldest";
  ask(q: string): void;
  filter(field: FieldPath, filter: Filter | undefined): void;
  isolate(field: FieldPath, value: string): void;
  toggle(field: FieldPath, value: string): void;
  exclude(field: FieldPath, value: string): void;
  clear(): void;
  showColumns(columns: readonly FieldPath[]): void;
  turnOrder(): void;
  open(event: string | undefined): void;
  showTab(tab: DrawerTab): void;
  tail(on: boolean): void;
  zoom(range: TimeRange): void;
  /** Shows the events put together in some way; as they are without one. */
  showAs(summary: Summary | undefined): void;
  groupBy(fields: readonly FieldPath[]): void;
  sortBy(measure: string): void;
}

export function useExplore(): ExploreState {
  const search = useSearch({ from: "/explore" });
  const navigate = useNavigate();
  const view = useView();
  const narrow = useNarrow();
  const filterKey = JSON.stringify(filtersOf(search));
  const filters = useMemo(() => JSON.parse(filterKey) as Filters, [filterKey]);
  const scope = useMemo(() => ({ q: search.q, filters, bounds: view.bounds }), [search.q, filters, view.bounds]);
  const columns = useMemo(() => columnsOf(search.columns, narrow), [search.columns, narrow]);
  return useMemo(() => {
    const change = (changed: { readonly [N in keyof ExploreSearch]?: ExploreSearch[N] | undefined }, replace = false) =>
      void navigate({
        to: "/explore",
        search: (before) => ({ ...before, ...changed }) as ExploreSearch,
        replace,
      });
    const asFilter = (field: FieldPath) => {
      const text = filters[field];
      return text === undefined ? undefined : parseFilter(text);
    };
    const filter = (field: FieldPath, wanted: Filter | undefined) =>
      change({ [field]: wanted === undefined ? undefined : filterText(wanted), event: undefined });
    return {
      search,
      view,
      filters,
      scope,
      columns,
      order: search.order ?? "newest",
      ask(q) {
        moveNow();
        change({ q: q.trim() === "" ? undefined : q.trim(), event: undefined });
      },
      filter,
      isolate: (field, value) => filter(field, only(value)),
      toggle: (field, value) => filter(field, toggled(asFilter(field), value)),
      exclude: (field, value) => filter(field, excluding(asFilter(field), value)),
      clear() {
        const none = Object.fromEntries(Object.keys(filters).map((field) => [field, undefined]));
        change({ ...none, q: undefined });
      },
      showColumns: (wanted) => change({ columns: columnsText(wanted) }),
      turnOrder: () => change({ order: search.order === "oldest" ? undefined : "oldest" }),
      open: (event) => change({ event, ...(event === undefined ? { tab: undefined } : {}) }, search.event !== undefined && event !== undefined),
      showTab: (tab) => change({ tab: tab === "fields" ? undefined : tab }, true),
      tail: (on) => change({ live: on ? "on" : undefined, event: undefined, ...(on ? { as: undefined } : {}) }),
      zoom: view.setRange,
      showAs: (summary) => change({ as: summary, live: undefined, event: undefined, tab: undefined }),
      groupBy: (fields) => change({ group: fields.join(",") }),
      sortBy: (measure) => change({ sort: measure }),
    };
  }, [navigate, search, view, filters, scope, columns]);
}
