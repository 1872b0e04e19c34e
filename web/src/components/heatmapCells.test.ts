import { describe, expect, it } from "vitest";
import { cellsBetween, partOf, shownBins, strength } from "./heatmapCells";

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
});
