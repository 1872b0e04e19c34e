import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Change } from "../../components/Change";
import { count } from "../../components/numbers";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { Sparkline } from "../../components/Sparkline";
import { Table, type TableColumn } from "../../components/Table";
import { stats } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { ExploreSearch } from "../../search/url";
import { type ErrorKind, errorKinds } from "./errorKinds";
import style from "./Overview.module.css";

const GROUP = "error_type,platform";
const MOST = 10;

/** Which errors there are most, and how that has changed. */
export function TopErrors({ view }: { view: View }) {
  const carried = useCarried();
  const filters = { status: "error,timeout" };
  const before = { from: 2 * view.bounds.from - view.bounds.to, to: view.bounds.from };
  const options = { group_by: GROUP, measure: "count,distinct:user_id", limit: MOST };
  const now = useAnswer(stats({ filters, bounds: view.bounds }, options));
  const earlier = useAnswer(stats({ filters, bounds: before }, { ...options, limit: 200 }));
  const steps = useAnswer(stats({ filters, bounds: view.bounds }, { group_by: GROUP, limit: MOST, step: "auto" }));
  const kinds = errorKinds(now.data, earlier.data, steps.data, view.bounds);
  const columns: TableColumn<ErrorKind>[] = [
    {
      id: "type",
      name: "Error",
      show: (kind) => (
        <Link to="/explore" search={{ ...carried, ...searchOf(kind) }} className={style.name}>
          {kind.errorType ?? "no type"}
        </Link>
      ),
    },
    { id: "platform", name: "Platform", show: (kind) => kind.platform ?? <span className="muted">–</span> },
    { id: "trend", name: "Trend", show: (kind) => <Sparkline values={kind.trend} label="Errors over time" /> },
    { id: "count", name: "Events", numeric: true, show: (kind) => count(kind.events) },
    { id: "users", name: "Users ≈", numeric: true, show: (kind) => count(kind.users) },
    {
      id: "change",
      name: "Change",
      numeric: true,
      show: (kind) => (kind.isNew ? <span className={style.worse}>new</span> : <Change grown={kind.grown} more="bad" />),
    },
  ];
  return (
    <Panel
      title="Most frequent errors"
      scope="in range, against as much time before"
      actions={
        <Link to="/errors" search={{ ...carried, sort: "errors" }}>
          All groups of errors
        </Link>
      }
    >
      {now.isPending ? (
        <Room height={308} />
      ) : now.error !== null && now.data === undefined ? (
        <Refused error={now.error} onRetry={() => void now.refetch()} />
      ) : kinds.length === 0 ? (
        <Note>There are none</Note>
      ) : (
        <Table label="Most frequent errors" columns={columns} rows={kinds} keyOf={(kind) => kind.key} stale={now.isPlaceholderData} />
      )}
    </Panel>
  );
}

function searchOf(kind: ErrorKind): ExploreSearch {
  return { status: "error,timeout", error_type: exactly(kind.errorType), platform: exactly(kind.platform) };
}
