import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ALERTS_KEY, inbox, type InboxEntry, type InboxPage } from "../data/alerts";
import { address } from "../data/api";
import { withEntry } from "../data/inboxEntries";
import { atMostEvery } from "./atMostEvery";

/** How long it is waited before a stream that was refused is asked for again, in milliseconds. */
const AGAIN = 10_000;

/** How often the count is asked for nonetheless: others mark entries as read, too. */
const EVERY = 60_000;

/** How often what is shown of alerts is asked for at most while entries come, in milliseconds. */
const REFRESH = 1000;

/** The inbox, as it is now; entries come by themselves while somebody can see the page. */
export function useInbox(): InboxPage | undefined {
  const queries = useQueryClient();
  const page = useQuery({ ...inbox(), refetchInterval: EVERY });
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A hundred alerts may begin in a moment.
    const refresh = atMostEvery(REFRESH, () => void queries.invalidateQueries({ queryKey: ALERTS_KEY }));
    const close = () => {
      clearTimeout(timer);
      refresh.stop();
      source?.close();
      source = undefined;
    };
    const open = () => {
      close();
      source = new EventSource(address("/monitoring/alerts/inbox/stream"));
      // What came before the stream was there, it does not send.
      source.addEventListener("open", () => void queries.invalidateQueries({ queryKey: inbox().queryKey }));
      source.addEventListener("message", (event: MessageEvent<string>) => {
        const { unread_total: unread, ...entry } = JSON.parse(event.data) as InboxEntry & { unread_total: number };
        queries.setQueryData(inbox().queryKey, (before) => before && withEntry(before, entry, unread));
        refresh.ask();
      });
      source.addEventListener("error", () => {
        if (source?.readyState === EventSource.CLOSED) {
          timer = setTimeout(open, AGAIN);
        }
      });
    };
    // A browser opens six connections to a server, for all its tabs together.
    const follow = () => (document.visibilityState === "visible" ? open() : close());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close();
    };
  }, [queries]);
  return page.data;
}
