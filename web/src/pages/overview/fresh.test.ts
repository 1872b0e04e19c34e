import { describe, expect, it } from "vitest";
import type { Schemas } from "../../data/api";
import { newest } from "./fresh";

function group(id: string, state: string, first: string, last: string): Schemas["ErrorGroup"] {
  return { group_id: id, state, first_seen: { time: `2026-11-${first}T00:00:00Z` }, last_seen: { time: `2026-11-${last}T00:00:00Z` } } as Schemas["ErrorGroup"];
}

describe("groups that somebody should look at", () => {
  it("come in the order in which they became what they are, the last one first", () => {
    const groups = [group("older", "new", "01", "30"), group("back", "regressed", "02", "29"), group("newer", "new", "28", "28"), group("grows", "escalating", "03", "27")];
    expect(newest(groups, 3).map((each) => each.group_id)).toEqual(["back", "newer", "grows"]);
  });
});
