import { describe, expect, it } from "vitest";
import { read, type ReplayEvent } from "../../data/sessions";
import { errorDensity, idleGaps, opening, playedAt, spansOf, stateAt } from "./playing";

const EMPTY = { events: 0, errors: 0, timeouts: 0, retries: 0, actions: [], other_events: 0 };

function event(index: number, offset_ms: number, more: Partial<ReplayEvent> = {}): ReplayEvent {
  return { index, offset_ms, lane: 0, timestamp: "", event_id: `e-${index}`, engine: "vault", action: "refresh", status: "success", ...more };
}

const EVENTS = [
  event(0, 0),
  event(1, 100, { status: "timeout", error: true, retries: 2 }),
  event(2, 20_000, { start_ms: 19_000, action: "send", status: "error", error: true }),
  event(3, 20_000),
];

function replayOf(events: readonly ReplayEvent[]) {
  return read([{ kind: "session" }, { kind: "keyframe", index: 0, state: EMPTY }, ...events.map((each) => ({ kind: "event", ...each })), { kind: "end" }]);
}

describe("a replay", () => {
  it("is refused where its end is missing", () => {
    expect(() => read([{ kind: "session" }])).toThrow("broke off");
  });

  it("knows how many events are over at a moment", () => {
    expect([-1, 0, 99, 100, 19_999, 20_000, 1e9].map((moment) => playedAt(EVENTS, moment))).toEqual([0, 1, 1, 2, 2, 4, 4]);
  });

  it("knows the state at each moment, from whichever keyframe", () => {
    const replay = replayOf(EVENTS);
    expect(stateAt(replay, 0)).toEqual(EMPTY);
    const whole = stateAt(replay, 4);
    expect(whole).toMatchObject({ events: 4, errors: 2, timeouts: 1, retries: 2, last_error_id: "e-2" });
    expect(whole?.actions.map((each) => [each.action, each.status, each.events, each.errors])).toEqual([
      ["refresh", "success", 3, 1],
      ["send", "error", 1, 1],
    ]);
    const half = stateAt(replay, 2);
    if (half === undefined) {
      throw new Error("there is no state");
    }
    expect(stateAt({ ...replay, keyframes: [...replay.keyframes, { index: 2, state: half }] }, 4)).toEqual(whole);
  });

  it("opens shortly before what went wrong", () => {
    expect(opening(EVENTS, undefined)).toBe(10_000);
    expect(opening(EVENTS, "e-1")).toBe(0);
    expect(opening([event(0, 50_000)], undefined)).toBe(0);
  });

  it("knows where nothing happens, and where errors are", () => {
    expect(idleGaps(EVENTS)).toEqual([{ from: 100, to: 19_000 }]);
    expect(errorDensity(EVENTS, 20_000, 4)).toEqual([1, 0, 0, 1]);
    expect(errorDensity([event(0, 0, { error: true })], 0, 4)).toEqual([1, 0, 0, 0]);
  });

  it("shows events that are close as one, errors apart", () => {
    expect(spansOf([event(0, 0), event(1, 5), event(2, 6, { error: true }), event(3, 500)], 10)).toEqual([
      { lane: 0, from: 0, to: 5, error: false },
      { lane: 0, from: 6, to: 6, error: true },
      { lane: 0, from: 500, to: 500, error: false },
    ]);
  });
});
