import { type InboxEntry, type InboxPage, INBOX_LIMIT } from "./alerts";

/** The inbox with an entry that has just come; one that is there already changes the count alone. */
export function withEntry(page: InboxPage, entry: InboxEntry, unread: number): InboxPage {
  const others = page.entries.filter((each) => each.number !== entry.number);
  const entries = [entry, ...others].toSorted((a, b) => b.number - a.number).slice(0, INBOX_LIMIT);
  return { unread, entries };
}

/** The inbox after all up to a number were read. */
export function withRead(page: InboxPage, upTo: number, unread: number): InboxPage {
  return { unread, entries: page.entries.map((each) => (each.number <= upTo ? { ...each, unread: false } : each)) };
}
