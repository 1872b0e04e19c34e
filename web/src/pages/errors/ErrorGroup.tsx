import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, useView, type View } from "../../app/view";
import { SeverityBadge, StateBadge } from "../../components/Badge";
import { Chart } from "../../components/Chart";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { type Fact, Facts } from "../../components/Facts";
import { count, shortCount } from "../../components/numbers";
import { isMissing, PageBody } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProblemError, type Schemas } from "../../data/api";
import { deployments, errorGroup } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { ExploreSearch } from "../../search/url";
import { dateTime } from "../../time/format";
import { rangeText } from "../../time/range";
import { Suspects } from "../deployments/Suspects";
import { Changes } from "./Changes";
import { Distributions } from "./Distributions";
import { Example } from "./Example";
import { NotEnabled } from "./NotEnabled";
import { bucketsOf } from "./trend";
import { Why } from "./Why";
import style from "./Errors.module.css";

type Details = Schemas["ErrorDetails"];

/** One group of errors: what it is, how it developed, whom it hits, why its errors are one, and what was done about it. */
export function ErrorGroup() {
  const { group: id } = useParams({ from: "/errors/$group" });
  const view = useView();
  const carried = useCarried();
  const found = useAnswer({ ...errorGroup(id), refetchInterval: 15_000 });
  if (isMissing(found.error)) {
    return (
      <EmptyState title="There is no such group of errors" level={1}>
        <Link to="/errors" search={carried}>
          All groups of errors
        </Link>
      </EmptyState>
    );
  }
  if (found.error !== null) {
    const off = found.error instanceof ProblemError && found.error.problem.type === "errors-not-enabled";
    return off ? <NotEnabled /> : <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  const group = found.data;
  if (group === undefined) {
    return <Skeleton rows={14} />;
  }
  return (
    <PageBody>
      <Head group={group} view={view} />
      <div className={style.columns}>
        <div className={style.stack}>
          <Trend group={group} view={view} />
          <Example group={group} view={view} />
          <Why group={group.group_id} />
        </div>
        <div className={style.stack}>
          <Suspects error={{ group_id: group.group_id }} />
          <Changes group={group} view={view} />
          <Distributions group={group} />
        </div>
      </div>
    </PageBody>
  );
}

/** The events of a group, as far as fields can tell them from others. */
function eventsOf(group: Details): ExploreSearch {
  const { engine, platform, action } = group.culprit;
  return {
    range: rangeText({ kind: "growing", from: Date.parse(group.first_seen.time) }),
    project_id: exactly(group.project_id),
    ...(engine === undefined ? {} : { engine: exactly(engine) }),
    ...(platform === undefined ? {} : { platform: exactly(platform) }),
    ...(action === undefined ? {} : { action: exactly(action) }),
    ...(group.type === undefined || group.rule === "stack_trace" ? { severity: ">=low" } : { error_type: exactly(group.type) }),
  };
}

function Head({ group, view }: { group: Details; view: View }) {
  const carried = useCarried();
  const { zone } = view;
  const approximate = (name: "users" | "sessions" | "flows") => (group.approximate.includes(name) ? "≈ " : "");
  const facts: Fact[] = [
    ["Errors", count(group.errors)],
    ["last hour", count(group.errors_last_hour)],
    ["Users", approximate("users") + count(group.users)],
    ["Sessions", approximate("sessions") + count(group.sessions)],
    ["Flows", approximate("flows") + count(group.flows)],
    ["First seen", seen(group.first_seen, zone)],
    ["Last seen", seen(group.last_seen, zone)],
    [
      "Of all time",
      <Link key="events" to="/explore" search={{ ...eventsOf(group), ...(carried.zone === undefined ? {} : { zone: carried.zone }) }}>
        Events like these
      </Link>,
    ],
  ];
  return (
    <header className={style.head}>
      <p className={style.badges}>
        <Link to="/errors" search={carried}>
          Errors
        </Link>
        <span className="muted">/</span>
        <StateBadge state={group.state} />
        <span title={group.severity_reason}>
          <SeverityBadge severity={group.severity} />
        </span>
        <span className="muted">{group.severity_reason}</span>
      </p>
      <h1 className={style.title}>{group.title}</h1>
      <p className="muted">
        {[group.project_id, group.culprit.engine, group.culprit.platform, group.culprit.action].filter(Boolean).join(" · ")}
        {group.culprit.frame !== undefined && <code> in {group.culprit.frame}</code>}
      </p>
      <Facts facts={facts} />
    </header>
  );
}

function seen(moment: Details["first_seen"], zone: string): string {
  const time = dateTime(Date.parse(moment.time), zone, false);
  return moment.version === undefined ? time : `${time} in ${moment.version}`;
}

function Trend({ group, view }: { group: Details; view: View }) {
  const buckets = useMemo(
    () => bucketsOf(group.trend, Date.parse(group.first_seen.time), view.now),
    [group.trend, group.first_seen.time, view.now],
  );
  const first = buckets.times[0] ?? 0;
  const deployed = useAnswer(deployments({ from: first, to: view.now }));
  const marks = useMemo(
    () => (deployed.data ?? []).map((event) => ({ time: Date.parse(event.timestamp), name: `${event.engine ?? ""} ${event.version ?? ""}`.trim() })),
    [deployed.data],
  );
  return (
    <Panel title="Trend" scope={`by ${buckets.unit}`}>
      <Chart
        label={`Errors by ${buckets.unit}`}
        times={buckets.times}
        series={[{ name: "errors", token: "--severity-high", values: buckets.errors }]}
        kind="bars"
        height={140}
        zone={view.zone}
        format={(value) => (Number.isInteger(value) ? shortCount(value) : "")}
        marks={marks}
      />
    </Panel>
  );
}
