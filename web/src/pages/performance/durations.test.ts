import { describe, expect, it } from "vitest";
import { durationsOf, durationsQuery, durationsText } from "./durations";

describe("durations of an address", () => {
  it("are what was chosen", () => {
    expect(durationsOf(durationsText(0, 1))).toEqual({ low: 0, high: 1 });
    expect(durationsOf(durationsText(90.5096679918781, 128))).toEqual({ low: 90.5096679918781, high: 128 });
    expect(durationsQuery({ low: 90.5, high: 128 })).toBe("duration_ms:[90.5 TO 128}");
  });

  it.each([undefined, "", "5", "5..", "..5", "5..5", "9..1", "-1..5", "a..b", "1..2}", "1 OR x..2"])("%s are none", (text) => {
    expect(durationsOf(text)).toBeUndefined();
  });
});
