import * as Popover from "@radix-ui/react-popover";
import { useState } from "react";
import { useKeys } from "../app/keys";
import { moveNow } from "../app/now";
import type { View } from "../app/view";
import { dateTime, rangeLabel } from "../time/format";
import { parseRange } from "../time/parse";
import { boundsOf, frozen, type TimeRange } from "../time/range";
import { LOCAL_ZONE } from "../time/zone";
import { Button } from "./Button";
import style from "./TimePicker.module.css";

const OFFERED = ["5m", "15m", "1h", "4h", "1d", "2d", "1w", "30d"];

const KINDS = {
  sliding: "sliding: goes along with the time",
  growing: "growing: its beginning stands, its end is now",
  fixed: "fixed: stays as it is",
} as const;

/** Chooses the time that is looked at, by a text or from a list, and the zone it is told in. */
export function TimePicker({ view }: { view: View }) {
  const [open, setOpen] = useState(false);
  useKeys({ t: () => setOpen(true) });
  const choose = (range: TimeRange) => {
    view.setRange(range);
    setOpen(false);
  };
  return (
    <div className={style.picker}>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className={style.trigger} title="Time (t)">
          <span className={style.kind} aria-hidden="true">
            {view.range.kind === "sliding" ? "⟳" : view.range.kind === "growing" ? "⇥" : "▮"}
          </span>
          {rangeLabel(view.range, view.zone)}
          <span className="visually-hidden">, {KINDS[view.range.kind]}</span>
          <span className={style.zone}>{view.zone}</span>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className={style.content} align="end" sideOffset={4} collisionPadding={8} aria-label="Time">
            <TimeText view={view} onChoose={choose} />
            <ul className={style.offered}>
              {OFFERED.map((span) => (
                <li key={span}>
                  <button type="button" onClick={() => choose({ kind: "sliding", span })}>
                    <kbd>{span}</kbd> {rangeLabel({ kind: "sliding", span }, view.zone)}
                  </button>
                </li>
              ))}
            </ul>
            <Kind view={view} onChoose={choose} />
            <Zone view={view} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <Button onClick={moveNow} label="Ask again, up to now (r)">
        ↻
      </Button>
    </div>
  );
}

function TimeText({ view, onChoose }: { view: View; onChoose: (range: TimeRange) => void }) {
  const [text, setText] = useState("");
  // What is meant by now when somebody writes, not when the page was loaded.
  const [opened] = useState(() => Date.now());
  const parsed = text === "" ? undefined : parseRange(text, opened, view.zone);
  const range = parsed !== undefined && "range" in parsed ? parsed.range : undefined;
  return (
    <form
      className={style.text}
      onSubmit={(event) => {
        event.preventDefault();
        if (range !== undefined) {
          onChoose(range);
        }
      }}
    >
      <input
        // The picker was opened to write into it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="2h, yesterday, Jan 1 - Jan 2, since Jun 1"
        aria-label="Time as text"
        aria-describedby="time-meaning"
        spellCheck={false}
      />
      <p id="time-meaning" role="status">
        {parsed === undefined ? (
          "Also 14:00 - 14:30, RFC 3339 and seconds since 1970"
        ) : "problem" in parsed ? (
          <span className={style.problem}>{parsed.problem}</span>
        ) : (
          <Meaning range={parsed.range} zone={view.zone} now={opened} />
        )}
      </p>
    </form>
  );
}

function Meaning({ range, zone, now }: { range: TimeRange; zone: string; now: number }) {
  const bounds = boundsOf(range, now);
  return (
    <>
      ↵ {dateTime(bounds.from, zone, false)} – {range.kind === "fixed" ? dateTime(bounds.to, zone, false) : "now"}
    </>
  );
}

function Kind({ view, onChoose }: { view: View; onChoose: (range: TimeRange) => void }) {
  return (
    <p className={style.line}>
      It is {KINDS[view.range.kind]}
      {view.range.kind !== "fixed" && (
        <Button kind="quiet" onClick={() => onChoose(frozen(view.range, view.now))}>
          Freeze
        </Button>
      )}
    </p>
  );
}

function Zone({ view }: { view: View }) {
  const zones = [...new Set([LOCAL_ZONE, "UTC", view.zone])];
  return (
    <div className={style.line} role="group" aria-label="Zone">
      Zone
      {zones.map((zone) => (
        <Button key={zone} pressed={zone === view.zone} onClick={() => view.setZone(zone)}>
          {zone}
        </Button>
      ))}
    </div>
  );
}
