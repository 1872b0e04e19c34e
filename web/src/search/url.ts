import { type FieldPath, isFieldPath } from "../data/fields";

/** What is behind the question mark, a text by each name. */
export type RawSearch = Readonly<Record<string, string>>;

export type Filters = { readonly [F in FieldPath]?: string };

/** What every page knows: which time it shows, in which zone. */
export interface PageSearch {
  readonly range?: string;
  readonly zone?: string;
}

/** The whole state of Explore. Filters have the names of their fields, as in the API. */
export interface ExploreSearch extends PageSearch, Filters {
  readonly q?: string;
  readonly columns?: string;
  readonly order?: "oldest";
  /** The event that is open. */
  readonly event?: string;
  readonly tab?: DrawerTab;
  /** The live tail is on. */
  readonly live?: "on";
  /** What is shown instead of the list of events. */
  readonly as?: Summary;
  /** The fields that statistics are of, with commas between them. */
  readonly group?: string;
  /** The measure that statistics are ordered by. */
  readonly sort?: string;
}

export const SUMMARIES = ["statistics", "patterns"] as const;
/** What events are put together into. */
export type Summary = (typeof SUMMARIES)[number];

export const DRAWER_TABS = ["fields", "json", "stack", "context"] as const;
export type DrawerTab = (typeof DRAWER_TABS)[number];

/** Reads addresses. Numbers and JSON mean nothing in them: `q=1` is a text. */
export function parseSearch(text: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Writes addresses that people can read: only what must be escaped is. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => typeof value === "string" && value !== "")
    .map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:3A|2C|2F|40|24|3B|3E|3C)/g, (code) =>
    code === "%3E" || code === "%3C" ? code : decodeURIComponent(code),
  );
}

/** What an address says under some names; what is empty is not said. */
export function texts<K extends string>(search: Readonly<Record<string, unknown>>, names: readonly K[]): { [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") {
      found[name] = value;
    }
  }
  return found;
}

export function pageSearch(search: Readonly<Record<string, unknown>>): PageSearch {
  return texts(search, ["range", "zone"]);
}

export function exploreSearch(search: Readonly<Record<string, unknown>>): ExploreSearch {
  const names = Object.keys(search).filter((name): name is FieldPath => isFieldPath(name));
  const tab = DRAWER_TABS.find((name) => name === search.tab);
  const summary = SUMMARIES.find((name) => name === search.as);
  return {
    ...texts(search, names),
    ...texts(search, ["q", "range", "zone", "columns", "event", "group", "sort"]),
    ...(search.order === "oldest" ? { order: "oldest" } : {}),
    ...(tab === undefined ? {} : { tab }),
    ...(search.live === "on" ? { live: "on" } : {}),
    ...(summary === undefined ? {} : { as: summary }),
  };
}

/** The filters among what an address says, in its order. */
export function filtersOf(search: ExploreSearch): Filters {
  return Object.fromEntries(Object.entries(search).filter(([name]) => isFieldPath(name)));
}
