import { frozen, rangeText } from "../time/range";
import type { View } from "./view";

/** An address that shows others the same events later: the time stands still, the zone is said. */
export function frozenLink(href: string, view: Pick<View, "range" | "zone" | "now">): string {
  const url = new URL(href);
  url.searchParams.set("range", rangeText(frozen(view.range, view.now)));
  url.searchParams.set("zone", view.zone);
  url.searchParams.delete("live");
  return url.href;
}
