import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ErrorsSearch } from "../../app/router";
import { useAnswers } from "../../app/useAnswer";
import { useCarried, useView } from "../../app/view";
import { SeverityBadge, StateBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { Choices, orAll } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Page } from "../../components/Page";
import { Table, type TableColumn } from "../../components/Table";
import { ProblemError, type Schemas } from "../../data/api";
import { errorGroups, errorsEvery } from "../../data/queries";
import { ago, dateTime } from "../../time/format";
import { FirstSuspect } from "./FirstSuspect";
import { NotEnabled } from "./NotEnabled";
import style from "./Errors.module.css";

type Group = Schemas["ErrorGroup"];

const STATES = ["new", "escalating", "regressed", "ongoing", "archived", "resolved"] as const;

/** What columns are called in the API, where groups can be ordered by them. */
const SORTS: ReadonlySet<string> = new Set(["last_seen", "first_seen", "errors", "users"]);

/** All groups of errors. Their counts are of all time, whatever range other pages show. */
export function Errors() {
  const search = useSearch({ from: "/errors" });
  const navigate = useNavigate();
  const view = useView();
  const sort = SORTS.has(search.sort ?? "") ? search.sort : "last_seen";
  const found = useAnswers({
    ...errorGroups({ state: search.state, sort, project_id: search.project, limit: 100 }),
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? false : errorsEvery(state.data?.pages.flatMap((page) => page.groups) ?? [])),
  });
  const change = (changed: { readonly [N in keyof ErrorsSearch]?: ErrorsSearch[N] | undefined }) =>
    void navigate({ to: "/errors", search: (before) => ({ ...before, ...changed }) as ErrorsSearch });
  if (found.error instanceof ProblemError && found.error.problem.type === "errors-not-enabled") {
    return <NotEnabled />;
  }
  const groups = found.data?.pages.flatMap((page) => page.groups) ?? [];
  return (
    <Page
      title="Errors"
      choices={
        <>
          <Choices label="State" choices={orAll(STATES)} chosen={search.state} onChoose={(state) => change({ state })} />
          <span className={`${style.scope} muted`}>Counts are of all time, to now</span>
        </>
      }
    >
      {search.project !== undefined && (
        <p>
          <Button onClick={() => change({ project: undefined })}>Project {search.project} ✕</Button>
        </p>
      )}
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={16} />
      ) : groups.length === 0 ? (
        <EmptyState title={search.state === undefined ? "There are no errors" : `No group is ${search.state}`}>
          {search.state !== undefined && <Button onClick={() => change({ state: undefined })}>Show all groups</Button>}
        </EmptyState>
      ) : (
        <div className={style.list}>
          <Table
            label="Groups of errors"
            columns={columnsOf(view.zone, view.now)}
            rows={groups}
            keyOf={(group) => group.group_id}
            {...(sort === undefined ? {} : { sorted: sort })}
            onSort={(column) => change({ sort: column })}
            stale={found.isPlaceholderData}
          />
          {found.hasNextPage && (
            <p className={style.more}>
              <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                More groups
              </Button>
            </p>
          )}
        </div>
      )}
    </Page>
  );
}

function columnsOf(zone: string, now: number): TableColumn<Group>[] {
  return [
    { id: "title", name: "Error", show: (group) => <GroupName group={group} /> },
    { id: "state", name: "State", show: (group) => <StateBadge state={group.state} /> },
    {
      id: "severity",
      name: "Severity",
      show: (group) => (
        <span title={group.severity_reason}>
          <SeverityBadge severity={group.severity} />
        </span>
      ),
    },
    { id: "errors", name: "Errors", numeric: true, sortable: true, show: (group) => count(group.errors) },
    { id: "hour", name: "last hour", numeric: true, show: (group) => count(group.errors_last_hour) },
    {
      id: "users",
      name: "Users",
      numeric: true,
      sortable: true,
      show: (group) => `${group.approximate.includes("users") ? "≈ " : ""}${count(group.users)}`,
    },
    { id: "last_seen", name: "Last seen", numeric: true, sortable: true, show: (group) => <Seen time={group.last_seen.time} zone={zone} now={now} /> },
    { id: "first_seen", name: "First seen", numeric: true, sortable: true, show: (group) => <Seen time={group.first_seen.time} zone={zone} now={now} /> },
    { id: "assignee", name: "Assignee", show: (group) => group.assignee ?? <span className="muted">–</span> },
  ];
}

function GroupName({ group }: { group: Group }) {
  const carried = useCarried();
  const where = [group.project_id, group.culprit.engine, group.culprit.platform, group.culprit.action].filter((part) => part !== undefined);
  return (
    <div className={style.name}>
      <Link to="/errors/$group" params={{ group: group.group_id }} search={carried}>
        {group.title}
      </Link>
      <span className="muted">
        {where.join(" · ")}
        <FirstSuspect group={group} />
      </span>
    </div>
  );
}

function Seen({ time, zone, now }: { time: string; zone: string; now: number }) {
  const millis = Date.parse(time);
  return (
    <time dateTime={time} title={dateTime(millis, zone)}>
      {ago(millis, now)}
    </time>
  );
}
