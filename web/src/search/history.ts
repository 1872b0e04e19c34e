const KEY = "blackbox.queries";

/** How many are remembered; what is older is easier written anew than found. */
const MOST = 50;

/** Longer ones are not remembered: the browser has little room, and nobody reads them in a list. */
const LONGEST = 2000;

/** What was asked for in this browser, the latest first. */
export function recentQueries(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === "string") : [];
  } catch {
    // Somebody else has written there, or the browser keeps nothing.
    return [];
  }
}

/** Remembers an expression that was asked for; one that was asked for before moves to the front. */
export function rememberQuery(q: string): void {
  if (q === "" || q.length > LONGEST) {
    return;
  }
  const kept = [q, ...recentQueries().filter((each) => each !== q)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It is a convenience; the search goes on without.
  }
}
