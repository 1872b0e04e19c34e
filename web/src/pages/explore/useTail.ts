import { useEffect, useRef, useState } from "react";
import { address, type LogEvent, type Parameters } from "../../data/api";

/** Events that are kept; the oldest make room. */
const MOST = 2000;

/** How often the page is painted anew, in milliseconds: more is too fast to read. */
const EVERY = 250;

const HISTORY = 100;

export interface Tail {
  /** The newest first. */
  readonly events: readonly LogEvent[];
  /** Events that came while it was paused, as far as they are kept. */
  readonly waiting: number;
  /** Events that Blackbox left out, since there were too many to send. */
  readonly leftOut: number;
  readonly state: "connecting" | "open" | "lost";
}

const NOTHING: Tail = { events: [], waiting: 0, leftOut: 0, state: "connecting" };

/** Events as they come in, while it is on. Paused, it keeps what comes for later. */
export function useTail(on: boolean, query: Parameters, paused: boolean): Tail {
  const [tail, setTail] = useState(NOTHING);
  const held = useRef(paused);
  useEffect(() => {
    held.current = paused;
  }, [paused]);
  const url = address("/monitoring/logs/stream", { query: { ...query, history: HISTORY } });
  useEffect(() => {
    if (!on) {
      return;
    }
    let arrived: LogEvent[] = [];
    let missed = 0;
    const source = new EventSource(url);
    const says = (state: Tail["state"]) => setTail((before) => ({ ...before, state }));
    source.addEventListener("open", () => says("open"));
    source.addEventListener("error", () => says(source.readyState === EventSource.CLOSED ? "lost" : "connecting"));
    source.addEventListener("message", (message) => {
      arrived.push(JSON.parse(String(message.data)) as LogEvent);
      if (arrived.length > MOST) {
        arrived = arrived.slice(-MOST);
      }
    });
    source.addEventListener("left_out", (message) => {
      missed += (JSON.parse(String(message.data)) as { matching: number }).matching;
    });
    const timer = setInterval(() => {
      const [waiting, leftOut] = [arrived.length, missed];
      if (held.current) {
        setTail((before) => (before.waiting === waiting ? before : { ...before, waiting }));
      } else if (waiting > 0 || leftOut > 0) {
        const fresh = arrived.toReversed();
        arrived = [];
        missed = 0;
        setTail((before) => ({
          events: [...fresh, ...before.events].slice(0, MOST),
          waiting: 0,
          leftOut: before.leftOut + leftOut,
          state: before.state,
        }));
      }
    }, EVERY);
    return () => {
      clearInterval(timer);
      source.close();
      setTail(NOTHING);
    };
  }, [on, url]);
  return on ? tail : NOTHING;
}
