import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { PageSearch } from "../search/url";
import { type Bounds, boundsOf, rangeOf, rangeText, type TimeRange } from "../time/range";
import { isZone, LOCAL_ZONE } from "../time/zone";
import { moveNow, useNow } from "./now";

/** Which time a page shows, as its address says. */
export interface View {
  readonly range: TimeRange;
  readonly bounds: Bounds;
  readonly zone: string;
  readonly now: number;
  setRange(range: TimeRange): void;
  setZone(zone: string): void;
}

export function useView(): View {
  const search: PageSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const now = useNow();
  const range = useMemo(() => rangeOf(search.range), [search.range]);
  const bounds = useMemo(() => boundsOf(range, now), [range, now]);
  const zone = search.zone !== undefined && isZone(search.zone) ? search.zone : LOCAL_ZONE;
  const change = useCallback(
    (changed: PageSearch) => void navigate({ to: ".", search: (before: PageSearch) => ({ ...before, ...changed }) }),
    [navigate],
  );
  const setRange = useCallback(
    (chosen: TimeRange) => {
      moveNow();
      change({ range: rangeText(chosen) });
    },
    [change],
  );
  const setZone = useCallback((chosen: string) => change({ zone: chosen }), [change]);
  return { range, bounds, zone, now, setRange, setZone };
}

/** What links to another page take along: the same time in the same zone. */
export function useCarried(): PageSearch {
  const { range, zone }: PageSearch = useSearch({ strict: false });
  return useMemo(
    () => ({ ...(range === undefined ? {} : { range }), ...(zone === undefined ? {} : { zone }) }),
    [range, zone],
  );
}

/** Lets a range that has no end go on, while somebody looks at it. */
export function useAutoRefresh(range: TimeRange, everyMillis: number): void {
  const moves = range.kind !== "fixed";
  useEffect(() => {
    if (!moves) {
      return;
    }
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") {
        moveNow();
      }
    }, everyMillis);
    return () => clearInterval(timer);
  }, [moves, everyMillis]);
}


const NARROW = matchMedia("(max-width: 700px)");

/** Whether the screen is that of a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      NARROW.addEventListener("change", listener);
      return () => NARROW.removeEventListener("change", listener);
    },
    () => NARROW.matches,
  );
}
