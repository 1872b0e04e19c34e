import { describe, expect, it } from "vitest";
import { errorOf, figures, keyOf, placeOf, type Spike } from "./spike";

const SPIKE: Spike = {
  kind: "latency",
  project_id: null,
  engine: "execution",
  platform: "Slack, Inc.",
  action: null,
  from: "2026-11-25T14:00:00Z",
  to: null,
  expected: 400,
  observed: 1230,
  size: 3.1,
  calls: 800,
};

describe("a spike", () => {
  it.each([
    [{}, "p95 1.23 s instead of 400 ms", { duration_ms: ">400" }],
    [{ kind: "errors", expected: 0.01, observed: 0.2 }, "20 % instead of 1.00 % of calls", {}],
    [{ kind: "timeouts", expected: 0, observed: 0.12 }, "12 % instead of 0 % of calls", { status: "timeout" }],
    [{ kind: "retries", expected: 0.1, observed: 1.4 }, "1.4 instead of 0.1 retries a call", { retries: ">0" }],
  ] as const)("%o says what it was, and which of its calls went wrong", (given, text, wrong) => {
    const spike = { ...SPIKE, ...given };
    expect(figures(spike)).toBe(text);
    expect(errorOf(spike)).toEqual({ engine: "execution", platform: '"Slack, Inc."', at: SPIKE.from, ...wrong });
  });

  it("of load has no calls that went wrong", () => {
    const load: Spike = { ...SPIKE, kind: "load", expected: 1500, observed: 9000 };
    expect(figures(load)).toBe("9.0k instead of 1.5k calls a minute");
    expect(errorOf(load)).toBeUndefined();
  });

  it("is told from others by all that it is of", () => {
    expect(placeOf(SPIKE)).toBe("execution · Slack, Inc.");
    expect(placeOf({ ...SPIKE, engine: null, platform: null })).toBe("all calls");
    expect(keyOf({ ...SPIKE, action: "send" })).not.toBe(keyOf(SPIKE));
  });
});
