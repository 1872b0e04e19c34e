import { copy } from "../../app/notice";
import { useAnswers } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Table, type TableColumn } from "../../components/Table";
import { type AuditCheckpoint, checkpointPages } from "../../data/audit";
import { dateTime } from "../../time/format";
import { isNotEnabled } from "./NotEnabled";
import style from "./Audit.module.css";

/** What was signed, the newest first. Any of them that is kept elsewhere proves all before it. */
export function Checkpoints({ view }: { view: View }) {
  const found = useAnswers(checkpointPages());
  if (isNotEnabled(found.error)) {
    return <p className={style.quiet}>There are no checkpoints while the audit trail is off</p>;
  }
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={8} />;
  }
  const rows = found.data.pages.flatMap((page) => page.checkpoints);
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing is signed yet">
        <p>Once a minute, when something is new, a checkpoint is signed; Verify signs one at once.</p>
      </EmptyState>
    );
  }
  return (
    <div className={style.list}>
      <Table label="Checkpoints" columns={columnsOf(view.zone)} rows={rows} keyOf={(each) => String(each.number)} />
      {found.hasNextPage && (
        <p className={style.more}>
          <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            More checkpoints
          </Button>
        </p>
      )}
    </div>
  );
}

function columnsOf(zone: string): TableColumn<AuditCheckpoint>[] {
  return [
    { id: "number", name: "Number", numeric: true, show: (each) => count(each.number) },
    { id: "time", name: "Signed", show: (each) => <time dateTime={each.time} className={style.time}>{dateTime(Date.parse(each.time), zone, false)}</time> },
    { id: "position", name: "Events before position", numeric: true, show: (each) => count(each.position) },
    { id: "leaves", name: "Leaves", numeric: true, show: (each) => count(each.leaves) },
    { id: "gaps", name: "Gap records", numeric: true, show: (each) => count(each.gaps) },
    { id: "root", name: "Root", show: (each) => <code className={style.root}>{each.root}</code> },
    {
      id: "copy",
      name: "Take along",
      show: (each) => (
        <Button kind="quiet" label={`Copy checkpoint ${each.number} with its signature`} onClick={() => void copy("Checkpoint", `${each.text}\n${each.signature}`)}>
          Copy
        </Button>
      ),
    },
  ];
}
