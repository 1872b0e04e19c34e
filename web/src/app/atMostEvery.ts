/** What is done at once, but not again before its time is over: then once, however often it was asked for. */
export interface Seldom {
  ask(): void;
  /** Nothing is done any more of what was asked for. */
  stop(): void;
}

/**
 * Does something as often as it is asked for, but at most once in so many milliseconds, and always once after the last
 * time that it was asked for.
 */
export function atMostEvery(millis: number, act: () => void): Seldom {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const over = () => {
    timer = undefined;
    if (asked) {
      start();
    }
  };
  const start = () => {
    asked = false;
    timer = setTimeout(over, millis);
    act();
  };
  return {
    ask: () => {
      asked = true;
      if (timer === undefined) {
        start();
      }
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      asked = false;
    },
  };
}
