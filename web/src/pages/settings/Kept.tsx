import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried } from "../../app/view";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { Facts } from "../../components/Facts";
import { bytes, count } from "../../components/numbers";
import { Note, Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import { storage, type Storage, type StoredDay } from "../../data/setup";
import { rangeText } from "../../time/range";
import style from "./Settings.module.css";

const DAY = 86_400_000;

/** So many of the newest days are shown at first. */
const FEW = 14;

/** Parts of fewer bytes, such as a key, take no room worth telling. */
const SMALL = 1024;

interface KeptProps {
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
}

/** How long events are kept, and what they take on disk. */
export function Kept({ all, onAll }: KeptProps) {
  const found = useAnswer(storage());
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={12} />;
  }
  const days = found.data.days.toReversed();
  return (
    <div className={style.stack}>
      <Disk storage={found.data} />
      <Panel title="Days" scope={`${count(days.length)} of UTC, ${bytes(sum(days))} in all`}>
        {days.length === 0 ? (
          <Note>There are no events yet</Note>
        ) : (
          <Table label="Days" columns={columnsOf(found.data)} rows={all ? days : days.slice(0, FEW)} keyOf={(day) => day.day} />
        )}
        {days.length > FEW && (
          <p className={style.inset}>
            <Button onClick={() => onAll(!all)}>{all ? `The newest ${FEW}` : `All ${count(days.length)} days`}</Button>
          </p>
        )}
      </Panel>
    </div>
  );
}

function Disk({ storage: { folder, bytes: taken, free_bytes: free, parts, retention } }: { storage: Storage }) {
  const largest = parts.filter((part) => part.bytes >= SMALL).toSorted((a, b) => b.bytes - a.bytes);
  return (
    <Panel title="Retention and disk">
      <div className={style.inset}>
        <Facts
          facts={[
            ["Events are kept", kept(retention.days)],
            ["On disk", bytes(taken)],
            ["Left there", bytes(free)],
            ["Folder", <code key="folder">{folder}</code>],
          ]}
        />
      </div>
      {retention.projects.length > 0 && (
        <Table
          label="Projects with a retention of their own"
          columns={[
            { id: "project", name: "Project with a time of its own", show: (row) => row.project_id },
            { id: "days", name: "Kept", numeric: true, show: (row) => kept(row.days) },
          ]}
          rows={retention.projects}
          keyOf={(row) => row.project_id}
        />
      )}
      <Table
        label="Parts of the data folder"
        columns={[
          { id: "part", name: "Part of the folder", show: (row) => <code>{row.name}</code> },
          { id: "bytes", name: "On disk", numeric: true, show: (row) => <Size bytes={row.bytes} most={taken} /> },
        ]}
        rows={largest}
        keyOf={(row) => row.name}
      />
    </Panel>
  );
}

function columnsOf({ days, retention }: Storage): TableColumn<StoredDay>[] {
  const most = Math.max(...days.map((day) => day.bytes), 1);
  return [
    { id: "day", name: "Day", show: (row) => <Day day={row.day} /> },
    { id: "events", name: "Events", numeric: true, show: (row) => count(row.events) },
    { id: "each", name: "Bytes each", numeric: true, show: (row) => count(row.bytes / row.events) },
    ...(retention.days === 0 ? [] : [{ id: "until", name: "Kept until", numeric: true, show: (row: StoredDay) => until(row.day, retention.days) }]),
    { id: "bytes", name: "On disk", numeric: true, show: (row) => <Size bytes={row.bytes} most={most} /> },
  ];
}

/** A day, with the events of it. */
function Day({ day }: { day: string }) {
  const carried = useCarried();
  const from = Date.parse(day);
  return (
    <Link to="/explore" search={{ ...carried, range: rangeText({ kind: "fixed", from, to: from + DAY }) }}>
      {day}
    </Link>
  );
}

/** How long the longest bar is, in pixels. */
const BAR = 80;

/** A number of bytes, and a bar as long as its share of the most. */
function Size({ bytes: size, most }: { bytes: number; most: number }) {
  return (
    <span className={style.size}>
      <i style={{ width: `${(BAR * size) / Math.max(most, 1)}px` }} aria-hidden="true" />
      <span>{bytes(size)}</span>
    </span>
  );
}

function kept(days: number): string {
  return days === 0 ? "for ever" : days === 1 ? "1 day" : `${count(days)} days`;
}

/** The last day on which all events of a day are there. */
function until(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

function sum(days: readonly StoredDay[]): number {
  return days.reduce((total, day) => total + day.bytes, 0);
}
