import { Link, useParams } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, useView, type View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Change } from "../../components/Change";
import { count, millis, percent } from "../../components/numbers";
import { DetailPage, PageHeader } from "../../components/Page";
import { Note, Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import { type DeploymentReport, deploymentReport } from "../../data/deployments";
import { exactly } from "../../search/filter";
import { dateTime } from "../../time/format";
import { rangeText } from "../../time/range";
import { OutcomeBadges } from "./Outcome";
import { RULINGS, SUSPECTED, toneOf } from "./ruling";
import { titleOf } from "./title";
import style from "./Deployments.module.css";

type EngineRow = DeploymentReport["engines"][number];
type ErrorRow = DeploymentReport["errors"][number];

/** What became of a deployment: errors and latency before and after, by engine. */
export function DeploymentPage() {
  const { change } = useParams({ from: "/deployments/$change" });
  const view = useView();
  const found = useAnswer(deploymentReport(change));
  return (
    <DetailPage
      parent={{ to: "/deployments", name: "Deployments", all: "All deployments" }}
      title={`Change ${change}`}
      missing="There is no such change"
      found={found}
    >
      {(report) => <Report report={report} view={view} />}
    </DetailPage>
  );
}

function Report({ report, view }: { report: DeploymentReport; view: View }) {
  const { deployment } = report;
  const carried = useCarried();
  const facts = [
    deployment.kind,
    deployment.project_id,
    deployment.environment,
    deployment.by === undefined ? undefined : `by ${deployment.by}`,
    report.previous_version === undefined ? undefined : `before it ${report.previous_version}`,
  ].filter((fact) => fact !== undefined);
  return (
    <>
      <PageHeader title={titleOf(deployment)}>
        <OutcomeBadges outcome={report} />
        <time className="muted" dateTime={deployment.timestamp}>
          {dateTime(Date.parse(deployment.timestamp), view.zone)}
        </time>
      </PageHeader>
      <p className="muted">{facts.join(" · ")}</p>
      {deployment.message !== undefined && <p>{deployment.message}</p>}
      {report.next !== undefined && (
        <p>
          The next one:{" "}
          <Link to="/deployments/$change" params={{ change: report.next.id }} search={carried}>
            {titleOf(report.next)}
          </Link>
        </p>
      )}
      <Panel title="Errors since" scope={spanText(report)}>
        {report.errors.length === 0 ? (
          <Note>There were none</Note>
        ) : (
          <Errors report={report} />
        )}
      </Panel>
      <Panel title="Engines, before and after" scope={spanText(report)}>
        {report.engines.length === 0 ? (
          <Note>There were no calls</Note>
        ) : (
          <Table label="Engines, before and after" columns={COLUMNS} rows={report.engines} keyOf={(row) => row.engine ?? ""} />
        )}
      </Panel>
    </>
  );
}

/** What the deployment may have changed, and on demand the rest. */
function Errors({ report }: { report: DeploymentReport }) {
  const suspected = report.errors.filter((error) => SUSPECTED.has(error.ruling));
  const others = report.errors.filter((error) => !SUSPECTED.has(error.ruling));
  return (
    <>
      {suspected.length > 0 && <ErrorKinds errors={suspected} report={report} />}
      {others.length > 0 && (
        <details className={style.others}>
          <summary>{count(others.length)} kinds of errors that it does not explain</summary>
          <ErrorKinds errors={others} report={report} />
        </details>
      )}
    </>
  );
}

function ErrorKinds({ errors, report }: { errors: readonly ErrorRow[]; report: DeploymentReport }) {
  return (
    <ul className={style.errors}>
      {errors.map((error) => (
        <ErrorKind key={[error.engine, error.platform, error.error_type].join("\n")} error={error} report={report} />
      ))}
    </ul>
  );
}

/** How long before and after is compared. */
function spanText(report: DeploymentReport): string {
  const [before, after] = [report.before, report.after].map(({ from, to }) => millis(Date.parse(to) - Date.parse(from)));
  return `${before} before, ${after} after`;
}

function ErrorKind({ error, report }: { error: ErrorRow; report: DeploymentReport }) {
  const carried = useCarried();
  const { rates } = error;
  const range = rangeText({ kind: "fixed", from: Date.parse(report.before.from), to: Date.parse(report.after.to) });
  const filters = Object.fromEntries(
    (["engine", "platform", "error_type"] as const).map((field) => [field, error[field]] as const).flatMap(([field, value]) => (value === undefined ? [] : [[field, exactly(value)]])),
  );
  const name = [error.error_type ?? "errors without a type", error.engine, error.platform].filter((part) => part !== undefined).join(" · ");
  return (
    <li>
      <div className={style.error}>
        <Link to="/explore" search={{ ...carried, ...filters, status: "error", range }}>
          {name}
        </Link>
        <Badge tone={toneOf(error.ruling)}>{RULINGS[error.ruling]}</Badge>
        <span className={style.rates}>
          {count(rates.failures_before)} of {count(rates.calls_before)} → {count(rates.failures_after)} of {count(rates.calls_after)} calls
        </span>
      </div>
      <ul className={style.evidence}>
        {error.evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </li>
  );
}

const COLUMNS: TableColumn<EngineRow>[] = [
  { id: "engine", name: "Engine", show: (row) => row.engine ?? <span className="muted">none</span> },
  { id: "calls", name: "Calls", numeric: true, show: (row) => pair(row, (each) => each.calls, (value) => count(value ?? 0), "neither") },
  { id: "errors", name: "Error rate", numeric: true, show: (row) => pair(row, (each) => each.error_rate, percent, "bad") },
  { id: "p50", name: "p50", numeric: true, show: (row) => pair(row, (each) => each.p50, millis, "bad") },
  { id: "p95", name: "p95", numeric: true, show: (row) => pair(row, (each) => each.p95, millis, "bad") },
  { id: "p99", name: "p99", numeric: true, show: (row) => pair(row, (each) => each.p99, millis, "bad") },
];

/** A figure before and after, and by how much it has grown. */
function pair(
  row: EngineRow,
  figure: (each: EngineRow["before"]) => number | undefined,
  format: (value: number | undefined) => string,
  more: "bad" | "neither",
) {
  const [before, after] = [figure(row.before), figure(row.after)];
  const grown = before === undefined || after === undefined || before === 0 ? undefined : after / before - 1;
  return (
    <span className={style.pair}>
      {format(before)} → {format(after)} {more === "neither" ? null : <Change grown={grown} more={more} />}
    </span>
  );
}
