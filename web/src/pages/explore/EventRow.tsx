import { memo } from "react";
import { SeverityBadge, StatusBadge } from "../../components/Badge";
import { count, millis } from "../../components/numbers";
import type { LogEvent } from "../../data/api";
import { type FieldPath, textOf } from "../../data/fields";
import { rowTime } from "../../time/format";
import type { Bounds } from "../../time/range";
import style from "./EventList.module.css";

/** More of a text than fits on any screen is not put on the page. */
const MOST_CHARACTERS = 600;

interface EventRowProps {
  readonly event: LogEvent;
  readonly place: number;
  readonly top: number;
  readonly grid: string;
  readonly columns: readonly FieldPath[];
  readonly zone: string;
  readonly bounds: Bounds;
  readonly active: boolean;
  readonly open: boolean;
  readonly onOpen: (event: string) => void;
}

export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, place, top, grid, columns, zone, bounds, active, open, onOpen } = props;
  return (
    // Keys for rows are those of the page: j, k and Enter.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={open}
      className={[style.row, active ? style.active : "", style[event.severity]].join(" ")}
      style={{ gridTemplateColumns: grid, transform: `translateY(${top}px)` }}
      onClick={() => onOpen(event.event_id)}
    >
      <span role="gridcell" className={style.time}>
        {rowTime(Date.parse(event.timestamp), zone, bounds)}
      </span>
      {columns.map((column) => (
        <span key={column} role="gridcell" className={column === "message" ? style.message : undefined}>
          <Cell event={event} column={column} />
        </span>
      ))}
    </div>
  );
});

function Cell({ event, column }: { event: LogEvent; column: FieldPath }) {
  switch (column) {
    case "severity":
      return <SeverityBadge severity={event.severity} />;
    case "status":
      return event.status === undefined ? null : <StatusBadge status={event.status} />;
    case "duration_ms":
      return millis(event.duration_ms);
    case "message":
      return (
        <>
          {event.count !== undefined && <b title={`Stands for ${count(event.count)} errors`}>× {count(event.count)}</b>}
          {event.error_type !== undefined && <em>{event.error_type}</em>}
          {(event.message ?? event.type ?? event.event_type ?? "").slice(0, MOST_CHARACTERS)}
        </>
      );
    default:
      return textOf(event, column).slice(0, MOST_CHARACTERS);
  }
}
