import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer, useAnswers } from "../../app/useAnswer";
import { useCarried, useView } from "../../app/view";
import { Badge, SeverityBadge, StateBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { Choices, orAll } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { Select } from "../../components/Input";
import { count } from "../../components/numbers";
import { Table, type TableColumn } from "../../components/Table";
import { type Alert, alertPages, ALERTS_EVERY, firingAlerts, policies } from "../../data/alerts";
import { SEVERITIES } from "../../data/fields";
import type { AlertsTabProps } from "./Alerts";
import { Moment } from "./Moment";
import style from "./Alerts.module.css";

const STATES = ["firing", "acknowledged", "pending", "resolved"] as const;

/** At most so many that fire come before all others. */
const FIRST = 200;

/** Alerts that fire, and behind them all others, the newest first. */
export function AlertList({ search, onChange }: AlertsTabProps) {
  const view = useView();
  const scope = { severity: search.severity, project_id: search.project, policy: search.policy };
  const firing = useAnswer({ ...firingAlerts(scope, FIRST), enabled: search.state === undefined, refetchInterval: ALERTS_EVERY });
  const found = useAnswers({
    ...alertPages({ ...scope, state: search.state }),
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? false : ALERTS_EVERY),
  });
  const paged = found.data?.pages.flatMap((page) => page.alerts) ?? [];
  const rows = search.state === undefined ? firingFirst(firing.data ?? [], paged) : paged;
  const narrowed = search.state !== undefined || Object.values(scope).some((value) => value !== undefined);
  return (
    <>
      <Filters search={search} onChange={onChange} />
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={12} />
      ) : rows.length === 0 ? (
        <EmptyState title={narrowed ? "No alert is like that" : "There has been no alert"}>
          {narrowed ? (
            <Button onClick={() => onChange({ state: undefined, severity: undefined, project: undefined, policy: undefined })}>Show all alerts</Button>
          ) : (
            <p>Policies decide what is one. Some are there from the start, and run.</p>
          )}
        </EmptyState>
      ) : (
        <div className={style.list}>
          <Table
            label="Alerts"
            columns={columnsOf(view.zone, view.now, (project) => onChange({ project }))}
            rows={rows}
            keyOf={(alert) => alert.alert_id}
            stale={found.isPlaceholderData}
          />
          {found.hasNextPage && (
            <p className={style.more}>
              <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                More alerts
              </Button>
            </p>
          )}
        </div>
      )}
    </>
  );
}

function firingFirst(firing: readonly Alert[], all: readonly Alert[]): readonly Alert[] {
  const first = new Set(firing.map((alert) => alert.alert_id));
  return [...firing, ...all.filter((alert) => !first.has(alert.alert_id))];
}

function Filters({ search, onChange }: AlertsTabProps) {
  const known = useAnswer(policies());
  return (
    <div className={style.filters}>
      <Choices label="State" choices={orAll(STATES)} chosen={search.state} onChoose={(state) => onChange({ state })} />
      <Select
        label="Severity"
        value={search.severity ?? ""}
        options={SEVERITIES.toReversed()}
        none="Any severity"
        onChoose={(severity) => onChange({ severity })}
      />
      <Select
        label="Policy"
        value={search.policy ?? ""}
        options={known.data?.map((each) => each.policy) ?? []}
        none="Any policy"
        onChoose={(policy) => onChange({ policy })}
      />
      <ProjectFilter key={search.project ?? ""} project={search.project ?? ""} onChoose={(project) => onChange({ project })} />
      <span className="muted">Counts are since each alert began</span>
    </div>
  );
}

function ProjectFilter({ project, onChoose }: { project: string; onChoose: (project: string | undefined) => void }) {
  const [text, setText] = useState(project);
  return (
    <form
      className={style.project}
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(text.trim() === "" ? undefined : text.trim());
      }}
    >
      <input value={text} onChange={(event) => setText(event.target.value)} placeholder="Any project" aria-label="Project" />
      {project !== "" && (
        <Button kind="quiet" label="Any project" onClick={() => onChoose(undefined)}>
          ✕
        </Button>
      )}
    </form>
  );
}

function columnsOf(zone: string, now: number, onProject: (project: string) => void): TableColumn<Alert>[] {
  return [
    { id: "state", name: "State", show: (alert) => <StateBadge state={alert.state} /> },
    { id: "severity", name: "Severity", show: (alert) => <SeverityBadge severity={alert.severity} /> },
    { id: "title", name: "Alert", show: (alert) => <AlertName alert={alert} onProject={onProject} /> },
    { id: "events", name: "Events", numeric: true, show: (alert) => count(alert.events) },
    { id: "since", name: "Since", numeric: true, show: (alert) => <Moment time={alert.fired_at ?? alert.started_at} zone={zone} now={now} /> },
    { id: "last", name: "Last event", numeric: true, show: (alert) => <Moment time={alert.last_event_at} zone={zone} now={now} /> },
    {
      id: "handled",
      name: "Looked after",
      show: (alert) => alert.resolved_by ?? alert.acknowledged_by ?? <span className="muted">–</span>,
    },
  ];
}

function AlertName({ alert, onProject }: { alert: Alert; onProject: (project: string) => void }) {
  const carried = useCarried();
  const { project_id: project, ...labels } = alert.labels;
  return (
    <div className={style.name}>
      <span>
        <Link to="/alerts/$alert" params={{ alert: alert.alert_id }} search={carried}>
          {alert.title}
        </Link>{" "}
        {alert.flapping && <Badge tone="medium">flapping</Badge>}
      </span>
      <span className="muted">
        {alert.policy}
        {project !== undefined && (
          <>
            {" · "}
            <button type="button" className={style.plain} onClick={() => onProject(project)} title={`Only project ${project}`}>
              {project}
            </button>
          </>
        )}
        {Object.values(labels).length > 0 && ` · ${Object.values(labels).join(" · ")}`}
      </span>
    </div>
  );
}
