import { describe, expect, it } from "vitest";
import { cellsBetween, partOf, shownBins, strength, timesBelow } from "./heatmapCells";

describe("a heatmap", () => {
  it("shows the bins that have something, and those between them", () => {
    expect(shownBins([[0, 0, 1, 0, 0], [0, 0, 0, 0, 2], [0, 0, 0, 0, 0]])).toEqual({ from: 2, to: 5 });
    expect(shownBins([[0, 0], []])).toEqual({ from: 0, to: 0 });
    expect(shownBins([])).toEqual({ from: 0, to: 0 });
  });

  it("has a part between any two cells, which ends where the next would begin", () => {
    const cells = cellsBetween({ time: 2, bin: 0 }, { time: 1, bin: 3 });
    expect(cells).toEqual({ first: 1, last: 2, low: 0, high: 3 });
    expect(partOf(cells, [0, 60, 120], 60, [1, 2, 4, 8, 16])).toEqual({ from: 60, to: 180, low: 1, high: 16 });
  });

  it("lets one call be seen among many, and nothing where there is none", () => {
    expect(strength(0, 1_000_000)).toBe(0);
    expect(strength(1, 1_000_000)).toBeGreaterThan(0.1);
    expect(strength(1_000_000, 1_000_000)).toBe(1);
    expect(strength(0, 0)).toBe(0);
  });

  it("has round times of the zone's clock below it, few enough to be read", () => {
    const from = Date.parse("2026-11-29T19:02:00Z");
    const below = (minutes: number, many: number, zone: string) =>
      timesBelow(
        Array.from({ length: many }, (_, place) => from + place * minutes * 60_000),
        zone,
      ).map((each) => each.text);
    expect(below(2, 30, "UTC")).toEqual(["19:10", "19:20", "19:30", "19:40", "19:50", "20:00"]);
    expect(below(2, 5, "UTC")).toEqual(["19:02", "19:04", "19:06", "19:08", "19:10"]);
    expect(timesBelow([Date.parse("2026-11-29T18:00:00Z"), Date.parse("2026-11-29T18:30:00Z")], "Asia/Kolkata").map((each) => each.text)).toEqual(["23:30", "Nov 30"]);
    const days = Array.from({ length: 30 }, (_, place) => Date.parse("2026-11-01T00:00:00Z") + place * 86_400_000);
    expect(timesBelow(days, "UTC").map((each) => each.place)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(timesBelow([], "UTC")).toEqual([]);
  });
});
