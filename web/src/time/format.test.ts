import { describe, expect, it } from "vitest";
import { ago, dateTime, rangeLabel, rowTime } from "./format";
import { rangeOf } from "./range";

const TIME = Date.parse("2026-11-25T23:26:32.542Z");

describe("times", () => {
  it("are told in the zone", () => {
    expect(dateTime(TIME, "UTC")).toMatch(/Nov 25.* 23:26:32\.542$/);
    expect(dateTime(TIME, "Asia/Kolkata")).toMatch(/Nov 26.* 04:56:32\.542$/);
  });

  it("have their day where the range has several", () => {
    expect(rowTime(TIME, "UTC", { from: TIME - 3_600_000, to: TIME })).toBe("23:26:32.542");
    expect(rowTime(TIME, "UTC", { from: TIME - 90_000_000, to: TIME })).toContain("Nov 25");
  });

  it.each([
    ["15m", "Last 15 minutes"],
    ["1d", "Last day"],
    ["2026-11-25T14:00:00Z..2026-11-25T14:30:00Z", /^Nov 25.* 14:00 – 14:30$/],
    ["2026-11-24T00:00:00Z..2026-11-25T12:30:15Z", /^Nov 24.* – Nov 25.* 12:30:15$/],
    ["2026-06-01T00:00:00Z..", /^Since Jun 1/],
  ])("of %s", (text, expected) => expect(rangeLabel(rangeOf(text), "UTC")).toMatch(expected));

  it("say how long ago they were", () => {
    expect(ago(TIME, TIME + 2000)).toBe("just now");
    expect(ago(TIME, TIME + 59_000)).toBe("59 s ago");
    expect(ago(TIME, TIME + 3_600_000 * 5)).toBe("5 h ago");
    expect(ago(TIME, TIME + 86_400_000 * 3)).toBe("3 d ago");
  });
});
