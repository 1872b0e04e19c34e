import { exploreSearch, type ExploreSearch, parseSearch, stringifySearch } from "./url";

const KEY = "blackbox.views";

/** More would be no help in finding one. */
export const MOST_VIEWS = 100;

/** Characters of a name at most: it stands in one line. */
export const LONGEST_NAME = 80;

/** A view of Explore that somebody wants to come back to: query, filters, range, zone, columns, order. */
export interface SavedView {
  readonly name: string;
  /** As an address has it, without the event that is open. */
  readonly address: string;
}

const listeners = new Set<() => void>();
let known: { readonly text: string; readonly views: readonly SavedView[] } = { text: "", views: [] };

/** The views that this browser keeps, by their names. */
export function savedViews(): readonly SavedView[] {
  const text = localStorage.getItem(KEY) ?? "[]";
  if (known.text !== text) {
    known = { text, views: viewsIn(text) };
  }
  return known.views;
}

/** What can be used of what is kept; anybody may have written there. */
export function viewsIn(text: string): readonly SavedView[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(kept) ? (kept as readonly unknown[]) : []).filter(isView);
}

function isView(each: unknown): each is SavedView {
  return typeof each === "object" && each !== null && "name" in each && typeof each.name === "string" && "address" in each && typeof each.address === "string";
}

/** The view that is shown, as one to save. */
export function viewOf(name: string, search: ExploreSearch): SavedView {
  return { name: name.trim().slice(0, LONGEST_NAME), address: addressOf(search) };
}

function addressOf(search: ExploreSearch): string {
  const { event: _, tab: __, ...rest } = search;
  return stringifySearch(rest);
}

/** What Explore is to show. */
export function searchOf(view: SavedView): ExploreSearch {
  return exploreSearch(parseSearch(view.address));
}

/** Whether it is what is shown, whatever event is open. */
export function isShown(view: SavedView, search: ExploreSearch): boolean {
  return sortedAddress(searchOf(view)) === sortedAddress(search);
}

function sortedAddress(search: ExploreSearch): string {
  return addressOf(search).slice(1).split("&").toSorted().join("&");
}

/** The views with another one, which takes the place of one with the same name. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const others = views.filter((each) => each.name !== view.name);
  return [...others, view].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Keeps these; answers whether the browser lets them be kept. */
export function keepViews(views: readonly SavedView[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(views));
  } catch {
    return false;
  }
  for (const listener of listeners) {
    listener();
  }
  return true;
}

/** Tells of changes, also those of other tabs. */
export function onViews(listener: () => void): () => void {
  const elsewhere = (event: StorageEvent) => {
    if (event.key === KEY) {
      listener();
    }
  };
  listeners.add(listener);
  addEventListener("storage", elsewhere);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", elsewhere);
  };
}
