import type { Replay, ReplayEvent, SessionState } from "../../data/sessions";

/** Nothing happens for so long: shaded, and skipped while playing. In milliseconds. */
export const IDLE = 5_000;

/** A player opens so long before what went wrong. */
const LEAD = 10_000;

/** How many events are over at a moment. */
export function playedAt(events: readonly ReplayEvent[], moment: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.offset_ms ?? Number.POSITIVE_INFINITY) <= moment) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** What is known of the session when so many events are over: the keyframe before, and what came since. */
export function stateAt({ keyframes, events }: Replay, played: number): SessionState | undefined {
  const keyframe = keyframes.findLast((each) => each.index <= played);
  if (keyframe === undefined) {
    return undefined;
  }
  const state = { ...keyframe.state, actions: keyframe.state.actions.map((action) => ({ ...action })) };
  for (const event of events.slice(keyframe.index, played)) {
    const error = event.error === true;
    state.events++;
    state.errors += error ? 1 : 0;
    state.timeouts += event.status === "timeout" ? 1 : 0;
    state.retries += event.retries ?? 0;
    if (error) {
      state.last_error_id = event.event_id;
    }
    const its = state.actions.find((each) => each.engine === event.engine && each.platform === event.platform && each.action === event.action);
    if (its !== undefined) {
      its.events++;
      its.errors += error ? 1 : 0;
      its.offset_ms = event.offset_ms;
      if (event.status === undefined) {
        delete its.status;
      } else {
        its.status = event.status;
      }
    } else if (state.actions.length < 200) {
      const { engine, platform, action, status, offset_ms } = event;
      state.actions.push({
        ...(engine === undefined ? {} : { engine }),
        ...(platform === undefined ? {} : { platform }),
        action,
        ...(status === undefined ? {} : { status }),
        offset_ms,
        events: 1,
        errors: error ? 1 : 0,
      });
    } else {
      state.other_events++;
    }
  }
  return state;
}

/** Where a player opens: shortly before an event, else before the last error, else at the beginning. */
export function opening(events: readonly ReplayEvent[], id: string | undefined): number {
  const event = events.find((each) => each.event_id === id) ?? events.findLast((each) => each.error === true);
  return Math.max(0, (event?.offset_ms ?? 0) - LEAD);
}

/** From when to when nothing happens. */
export function idleGaps(events: readonly ReplayEvent[]): { readonly from: number; readonly to: number }[] {
  const gaps = [];
  let over = 0;
  for (const event of events) {
    const begins = event.start_ms ?? event.offset_ms;
    if (begins - over > IDLE) {
      gaps.push({ from: over, to: begins });
    }
    over = Math.max(over, event.offset_ms);
  }
  return gaps;
}

/** How many errors there are in each of so many equal parts of a session. */
export function errorDensity(events: readonly ReplayEvent[], length: number, parts: number): number[] {
  const counts = Array.from({ length: parts }, () => 0);
  for (const event of events) {
    if (event.error === true) {
      const part = length === 0 ? 0 : Math.min(parts - 1, Math.floor((event.offset_ms / length) * parts));
      counts[part] = (counts[part] ?? 0) + 1;
    }
  }
  return counts;
}

/** A stretch of a lane in which something was done. */
export interface Span {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  readonly error: boolean;
}

/** What a lane shows: events that are closer than a step are one, errors apart. */
export function spansOf(events: readonly ReplayEvent[], step: number): Span[] {
  const spans: Span[] = [];
  const open = new Map<string, { lane: number; from: number; to: number; error: boolean }>();
  for (const event of events) {
    const error = event.error === true;
    const from = event.start_ms ?? event.offset_ms;
    const key = `${event.lane} ${error}`;
    const before = open.get(key);
    if (before !== undefined && from <= before.to + step) {
      before.from = Math.min(before.from, from);
      before.to = Math.max(before.to, event.offset_ms);
    } else {
      const span = { lane: event.lane, from, to: event.offset_ms, error };
      open.set(key, span);
      spans.push(span);
    }
  }
  return spans;
}
