import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useKeys } from "../../app/keys";
import type { LogEvent } from "../../data/api";
import type { FieldPath } from "../../data/fields";
import type { Bounds } from "../../time/range";
import { template } from "./columns";
import { EventRow } from "./EventRow";
import style from "./EventList.module.css";

/** The height of a row, as `--row` says it. */
const ROW = 24;

/** The next page is asked for when so many rows are left. */
const AHEAD = 60;

interface EventListProps {
  readonly events: readonly LogEvent[];
  readonly columns: readonly FieldPath[];
  readonly zone: string;
  readonly bounds: Bounds;
  readonly opened: string | undefined;
  readonly stale: boolean;
  readonly order: "newest" | "oldest";
  readonly onTurn: () => void;
  readonly onOpen: (event: string | undefined) => void;
  /** Asks for the next page, where there is one. */
  readonly onEnd?: (() => void) | undefined;
  /** Told whether the first row is in sight. */
  readonly onTop?: (atTop: boolean) => void;
  readonly footer?: ReactNode;
}

/** Any number of events, of which only those in sight are on the page. */
export function EventList(props: EventListProps) {
  const { events, columns, zone, bounds, opened, stale, order, onTurn, onOpen, onEnd, onTop, footer } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    // Drawn in the next frame: a scroll event waits for nothing.
    useFlushSync: false,
  });
  const items = rows.getVirtualItems();
  // As many nodes as were ever needed at once: rows that leave hand theirs to those that come.
  const nodes = useRef(0);
  nodes.current = Math.max(nodes.current, items.length);
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (events.length > 0 && last >= events.length - AHEAD) {
      onEnd?.();
    }
  }, [last, events.length, onEnd]);
  const openedPlace = opened === undefined ? -1 : events.findIndex((event) => event.event_id === opened);
  const place = openedPlace >= 0 ? openedPlace : active;
  const move = (by: number) => {
    const next = Math.min(events.length - 1, Math.max(0, place + by));
    setActive(next);
    rows.scrollToIndex(next);
    if (opened !== undefined) {
      onOpen(events[next]?.event_id);
    }
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      const event = events[place];
      if (event !== undefined) {
        onOpen(event.event_id);
      }
    },
  });
  const several = bounds.to - bounds.from > 86_400_000;
  const grid = { gridTemplateColumns: template(columns, several) };
  return (
    <div
      ref={scroller}
      className={style.list}
      role="grid"
      aria-label="Events"
      aria-rowcount={events.length + 1}
      aria-busy={stale}
      tabIndex={0}
      onScroll={() => onTop?.((scroller.current?.scrollTop ?? 0) < ROW)}
    >
      <div className={style.inner}>
        <div className={style.head} role="row" aria-rowindex={1} style={grid}>
          <span role="columnheader" aria-sort={order === "newest" ? "descending" : "ascending"}>
            <button type="button" onClick={onTurn} title="Turn the order">
              time {order === "newest" ? "↓" : "↑"}
            </button>
          </span>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column.replace(/^attributes\./, "")}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={stale ? style.stale : undefined} style={{ height: rows.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const event = events[item.index];
            return (
              event !== undefined && (
                <EventRow
                  key={item.index % nodes.current}
                  event={event}
                  place={item.index}
                  top={item.start}
                  grid={grid.gridTemplateColumns}
                  columns={columns}
                  zone={zone}
                  bounds={bounds}
                  active={item.index === place}
                  open={event.event_id === opened}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </div>
      </div>
      {footer}
    </div>
  );
}
