import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { ReplaySearch } from "../../app/router";
import type { Replay } from "../../data/sessions";
import { idleGaps, opening, playedAt } from "./playing";

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;

/** How far the playhead is drawn anew at most, in milliseconds. */
const TICK = 50;

export interface Player {
  /** Milliseconds since the session's first event. */
  readonly moment: number;
  readonly playing: boolean;
  readonly speed: number;
  /** How many events are over. */
  readonly played: number;
  seek(moment: number): void;
  toggle(): void;
  faster(steps: number): void;
  /** To the event before or after, or to the next one that is an error. */
  step(by: -1 | 1, errors?: boolean): void;
}

/** Plays a session: in its own time, but for stretches in which nothing happens. */
export function usePlayer(replay: Replay, search: ReplaySearch): Player {
  const navigate = useNavigate();
  const { events, session } = replay;
  const length = session.length_ms;
  const asked = Number(search.at ?? Number.NaN);
  const [moment, setMoment] = useState(() => (Number.isFinite(asked) ? clamp(asked, length) : opening(events, search.event)));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const gaps = useMemo(() => idleGaps(events), [events]);
  const keep = (at: number) =>
    void navigate({ to: ".", search: (before) => ({ ...before, at: String(Math.round(at)) }), replace: true });
  const seek = (to: number) => {
    const at = clamp(to, length);
    setMoment(at);
    keep(at);
  };
  const tick = useEffectEvent((passed: number) => {
    const next = moment + passed * speed;
    const gap = gaps.find((each) => next > each.from && next < each.to - 1000);
    const at = clamp(gap === undefined ? next : gap.to - 1000, length);
    setMoment(at);
    if (at >= length) {
      setPlaying(false);
      keep(at);
    }
  });
  useEffect(() => {
    if (!playing) {
      return;
    }
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      tick(now - last);
      last = now;
    }, TICK);
    return () => clearInterval(timer);
  }, [playing]);
  const played = playedAt(events, moment);
  return {
    moment,
    playing,
    speed,
    played,
    seek,
    toggle: () => {
      if (playing) {
        keep(moment);
      } else if (moment >= length) {
        setMoment(0);
      }
      setPlaying(!playing);
    },
    faster: (steps) => {
      const place = SPEEDS.findIndex((each) => each === speed) + steps;
      setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, place))] ?? 1);
    },
    step: (by, errors = false) => {
      const from = by > 0 ? events.slice(played) : events.filter((each) => each.offset_ms < moment).toReversed();
      const next = from.find((each) => !errors || each.error === true);
      if (next !== undefined) {
        seek(next.offset_ms);
      } else if (by < 0) {
        seek(0);
      }
    },
  };
}

function clamp(moment: number, length: number): number {
  return Math.max(0, Math.min(length, moment));
}
