import { describe, expect, it } from "vitest";
import type { Schemas } from "../../data/api";
import { mostFrequent } from "./fresh";

function group(id: string, lastHour: number, seen: string): Schemas["ErrorGroup"] {
  return { group_id: id, errors_last_hour: lastHour, last_seen: { time: `2026-11-${seen}T00:00:00Z` } } as Schemas["ErrorGroup"];
}

describe("groups that somebody should look at", () => {
  it("come with those first of which there were most in the last hour", () => {
    const groups = [group("few", 2, "28"), group("many", 90, "27"), group("one", 1, "30"), group("lately", 2, "29")];
    expect(mostFrequent(groups, 3).map((each) => each.group_id)).toEqual(["many", "lately", "few"]);
  });
});
