import { describe, expect, it } from "vitest";
import { parseRange } from "./parse";
import { iso, rangeOf, rangeText, spanMillis } from "./range";

const NOW = Date.parse("2026-11-25T14:30:00Z");

function read(text: string, zone = "UTC", now = NOW): string {
  const parsed = parseRange(text, now, zone);
  return "problem" in parsed ? "none" : rangeText(parsed.range);
}

describe("a range as text", () => {
  it.each([
    ["2h", "2h"],
    ["15 min", "15m"],
    ["last 3 days", "3d"],
    ["past week", "1w"],
    ["90 seconds ago", "90s"],
    ["today", "2026-11-25T00:00:00Z.."],
    ["yesterday", "2026-11-24T00:00:00Z..2026-11-25T00:00:00Z"],
    ["since Jun 1", "2026-06-01T00:00:00Z.."],
    ["since yesterday", "2026-11-24T00:00:00Z.."],
    ["since 14:00", "2026-11-25T14:00:00Z.."],
    ["Jan 1 - Jan 2", "2026-01-01T00:00:00Z..2026-01-03T00:00:00Z"],
    ["Dec 30 - Jan 2", "2025-12-30T00:00:00Z..2026-01-03T00:00:00Z"],
    ["1 Jan 2025 to 3 February 2025", "2025-01-01T00:00:00Z..2025-02-04T00:00:00Z"],
    ["Jan 2nd, 2026", "2026-01-02T00:00:00Z..2026-01-03T00:00:00Z"],
    ["2026-03-01", "2026-03-01T00:00:00Z..2026-03-02T00:00:00Z"],
    ["2026-03-01 08:15 - 09:45", "2026-03-01T08:15:00Z..2026-03-01T09:45:00Z"],
    ["14:00 - 14:25", "2026-11-25T14:00:00Z..2026-11-25T14:25:00Z"],
    ["1764000000", "2025-11-24T16:00:00Z.."],
    ["1764000000 - 1764003600", "2025-11-24T16:00:00Z..2025-11-24T17:00:00Z"],
    ["1764000000-1764003600", "2025-11-24T16:00:00Z..2025-11-24T17:00:00Z"],
    ["1764000000000000", "2025-11-24T16:00:00Z.."],
    ["2026-11-25T10:00:00+02:00 - now", "2026-11-25T08:00:00Z.."],
    ["2026-11-24T10:00:00Z..2026-11-24T11:00:00.5Z", "2026-11-24T10:00:00Z..2026-11-24T11:00:00.500Z"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  it.each(["", "soon", "Jan 32", "Feb 30 2026", "25 o'clock", "0h", "since tomorrow", "Jan 2 - ", "15:00 - 14:00", "since 2027-01-01"])(
    "%s is none",
    (text) => expect(read(text)).toBe("none"),
  );

  it("has days and hours of the zone", () => {
    expect(read("today", "Asia/Kolkata")).toBe("2026-11-24T18:30:00Z..");
    expect(read("since 14:00", "Asia/Kolkata")).toBe("2026-11-25T08:30:00Z..");
  });

  it("has a day of 25 hours where clocks are put back, and one of 23 where they are put forward", () => {
    expect(read("Oct 25 2026", "Europe/Berlin")).toBe("2026-10-24T22:00:00Z..2026-10-25T23:00:00Z");
    expect(read("Mar 29 2026", "Europe/Berlin")).toBe("2026-03-28T23:00:00Z..2026-03-29T22:00:00Z");
    expect(read("Nov 1 2026", "America/New_York")).toBe("2026-11-01T04:00:00Z..2026-11-02T05:00:00Z");
  });

  it("takes the first of two hours, and moves over one that is skipped", () => {
    expect(read("2026-10-25 02:30 - 2026-10-25 04:00", "Europe/Berlin")).toBe("2026-10-25T00:30:00Z..2026-10-25T03:00:00Z");
    expect(read("since 2026-03-29 02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00Z..");
  });
});

describe("a range in an address", () => {
  it.each(["15m", "2026-06-01T00:00:00Z..", "2026-06-01T00:00:00Z..2026-06-02T00:00:00.250Z"])("%s stays the same", (text) =>
    expect(rangeText(rangeOf(text))).toBe(text),
  );

  it.each(["", "0s", "x", "2026-06-01", "..2026-06-01"])("%s is the last hour", (text) => expect(rangeText(rangeOf(text))).toBe("1h"));

  it("tells how long a span is", () => {
    expect(spanMillis("90s")).toBe(90_000);
    expect(spanMillis("2w")).toBe(1_209_600_000);
    expect(spanMillis("2y")).toBeUndefined();
    expect(iso(0)).toBe("1970-01-01T00:00:00Z");
  });
});
