import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, useView } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { Table, type TableColumn } from "../../components/Table";
import { policies, type PolicyVersion } from "../../data/alerts";
import type { AlertsTabProps } from "./Alerts";
import { Moment } from "./Moment";
import { NEW_POLICY } from "./PolicyPage";
import { sentence, toldTo } from "./sentence";
import style from "./Alerts.module.css";

/** The policies that run: what each watches for, and who hears of it. */
export function Policies({ onChange }: AlertsTabProps) {
  const view = useView();
  const found = useAnswer(policies());
  if (found.error !== null) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={8} />;
  }
  return (
    <>
      <div className={style.filters}>
        <span className="muted">A policy decides what is an alert. Each change is a version; all are kept.</span>
        <Button kind="primary" onClick={() => onChange({ edit: NEW_POLICY })}>
          New policy
        </Button>
      </div>
      {found.data.length === 0 ? (
        <EmptyState title="There is no policy" />
      ) : (
        <div className={style.list}>
          <Table label="Policies" columns={columnsOf(view.zone, view.now)} rows={found.data} keyOf={(each) => each.policy} />
        </div>
      )}
    </>
  );
}

function columnsOf(zone: string, now: number): TableColumn<PolicyVersion>[] {
  return [
    { id: "policy", name: "Policy", show: (each) => <PolicyName version={each} /> },
    {
      id: "enabled",
      name: "State",
      show: (each) => (each.document?.enabled === false ? <Badge>off</Badge> : <Badge tone="good">on</Badge>),
    },
    { id: "watches", name: "Watches for", show: (each) => <Watches version={each} /> },
    { id: "told", name: "Tells", show: (each) => toldTo(each.document) },
    { id: "version", name: "Version", numeric: true, show: (each) => (each.version === 0 ? "0, shipped" : each.version) },
    {
      id: "changed",
      name: "Changed",
      numeric: true,
      show: (each) => (
        <>
          {each.changed_at !== null && <Moment time={each.changed_at} zone={zone} now={now} />} {each.changed_at !== null && `by ${each.actor}`}
        </>
      ),
    },
  ];
}

function PolicyName({ version }: { version: PolicyVersion }) {
  const carried = useCarried();
  return (
    <Link to="/alerts" search={{ ...carried, tab: "policies", edit: version.policy }} className={style.policyName}>
      {version.policy}
    </Link>
  );
}

function Watches({ version }: { version: PolicyVersion }) {
  return (
    <div className={style.watches}>
      <span>{sentence(version.document)}</span>
      <span className="muted">
        of <code>{version.document?.match === undefined || version.document.match === "" ? "all events" : version.document.match}</code>
      </span>
    </div>
  );
}
