import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { DeploymentsSearch } from "../../app/router";
import { useAnswers } from "../../app/useAnswer";
import { useCarried, useView } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { type Choice, Choices } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { Page } from "../../components/Page";
import { Table, type TableColumn } from "../../components/Table";
import { deploymentPages, type ListedDeployment } from "../../data/deployments";
import { ago, dateTime } from "../../time/format";
import { Outcome } from "./Outcome";
import { titleOf } from "./title";
import style from "./Deployments.module.css";

/** What can be shown: kinds as the API calls them, the usual ones first. */
const SHOWN: readonly Choice<string | undefined>[] = [
  { id: undefined, name: "Versions" },
  { id: "configuration", name: "Configurations" },
  { id: "blueprint", name: "Blueprints" },
  { id: "all", name: "All" },
];

const KINDS_OF: Readonly<Record<string, string | undefined>> = { all: undefined, configuration: "configuration", blueprint: "blueprint" };

/** What was changed, and what became of it. */
export function Deployments() {
  const { kind } = useSearch({ from: "/deployments" });
  const navigate = useNavigate();
  const view = useView();
  const found = useAnswers(deploymentPages(view.bounds, kind === undefined ? "deployment,version" : KINDS_OF[kind]));
  const changes = found.data?.pages.flatMap((page) => page.deployments) ?? [];
  const only = (chosen: string | undefined) =>
    void navigate({ to: "/deployments", search: (before) => ({ ...before, kind: chosen }) as DeploymentsSearch });
  return (
    <Page title="Deployments" view={view} choices={<Choices label="Kind" choices={SHOWN} chosen={kind} onChoose={only} />}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={12} />
      ) : changes.length === 0 ? (
        <EmptyState title={kind === undefined ? "No version is new in this time" : "Nothing of this kind was changed in this time"}>
          {kind === undefined ? (
            <p>
              Record one with <code>POST /monitoring/deployments</code>, or send events that have a <code>version</code>.
            </p>
          ) : (
            <Button onClick={() => only("all")}>Show all changes</Button>
          )}
        </EmptyState>
      ) : (
        <div className={style.list}>
          <Table
            label="Deployments and other changes"
            columns={columnsOf(view.zone, view.now)}
            rows={changes}
            keyOf={(change) => change.id}
            stale={found.isPlaceholderData}
          />
          {found.hasNextPage && (
            <p className={style.more}>
              <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                More changes
              </Button>
            </p>
          )}
        </div>
      )}
    </Page>
  );
}

function columnsOf(zone: string, now: number): TableColumn<ListedDeployment>[] {
  return [
    { id: "change", name: "Change", show: (change) => <Name change={change} /> },
    { id: "kind", name: "Kind", show: (change) => <Badge>{change.kind}</Badge> },
    { id: "outcome", name: "Outcome", show: (change) => <Outcome outcome={change.outcome} /> },
    { id: "environment", name: "Environment", show: (change) => change.environment ?? <span className="muted">–</span> },
    { id: "by", name: "By", show: (change) => change.by ?? <span className="muted">–</span> },
    {
      id: "time",
      name: "When",
      numeric: true,
      show: (change) => (
        <time dateTime={change.timestamp} title={dateTime(Date.parse(change.timestamp), zone)}>
          {ago(Date.parse(change.timestamp), now)}
        </time>
      ),
    },
  ];
}

function Name({ change }: { change: ListedDeployment }) {
  const carried = useCarried();
  return (
    <div className={style.name}>
      <Link to="/deployments/$change" params={{ change: change.id }} search={carried}>
        {titleOf(change)}
      </Link>
      <span className="muted">{[change.project_id, change.flow_id, change.message].filter((part) => part !== undefined).join(" · ")}</span>
    </div>
  );
}
