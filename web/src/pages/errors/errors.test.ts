import { describe, expect, it } from "vitest";
import { folded } from "./folded";
import { bucketsOf } from "./trend";

describe("a trend", () => {
  const now = Date.parse("2026-11-25T14:30:20Z");
  const trend = {
    minutes: [{ time: "2026-11-25T14:20:00Z", errors: 3 }],
    hours: [{ time: "2026-11-25T14:00:00Z", errors: 3 }],
    days: [{ time: "2026-11-25T00:00:00Z", errors: 3 }],
  };

  it("is of minutes where these reach back to the first error", () => {
    const buckets = bucketsOf(trend, Date.parse("2026-11-25T14:20:10Z"), now);
    expect(buckets.unit).toBe("minute");
    expect(buckets.times).toHaveLength(30);
    expect(buckets.times.at(-1)).toBe(Date.parse("2026-11-25T14:30:00Z"));
    expect(buckets.errors.at(-11)).toBe(3);
    expect(buckets.errors.reduce((sum, errors) => sum + errors)).toBe(3);
  });

  it("is of hours or days where they do not", () => {
    expect(bucketsOf(trend, Date.parse("2026-11-24T14:20:10Z"), now).unit).toBe("hour");
    expect(bucketsOf(trend, Date.parse("2026-09-24T14:20:10Z"), now).unit).toBe("day");
  });
});

describe("a stack trace", () => {
  it("has one line for frames of libraries in a row", () => {
    const text = [
      "java.io.IOException: closed",
      "\tat io.puraify.http.Client.read(Client.java:3)",
      "\tat java.base/java.util.concurrent.FutureTask.run(FutureTask.java:222)",
      "\tat java.base/java.lang.VirtualThread.run(VirtualThread.java:429)",
      "Caused by: java.io.IOException: <b>gone</b>",
      "\t... 11 more",
    ].join("\n");
    expect(folded(text).split("\n")).toEqual([
      "java.io.IOException: closed",
      "\tat io.puraify.http.Client.read(Client.java:3)",
      "    … 2 frames of libraries",
      "Caused by: java.io.IOException: <b>gone</b>",
      "    … 1 frame of libraries",
    ]);
  });
});
