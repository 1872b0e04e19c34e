import { Link, useParams } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useAutoRefresh, useCarried, useView, type View } from "../../app/view";
import { Badge, SeverityBadge, StateBadge } from "../../components/Badge";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { type Fact, Facts } from "../../components/Facts";
import { count } from "../../components/numbers";
import { isMissing, PageBody } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Alert, ALERTS_EVERY, explainedAlert, type PolicyDocument, policyVersions } from "../../data/alerts";
import type { ExploreSearch } from "../../search/url";
import { dateTime } from "../../time/format";
import { DEFAULT_RANGE } from "../../time/range";
import { eventsBehind, isAddress } from "./behind";
import { Decisions } from "./Decisions";
import { EventsBehind } from "./EventsBehind";
import { Handling } from "./Handling";
import { NotificationList } from "./NotificationList";
import { matchersOf } from "./silence";
import { SilenceForm } from "./SilenceForm";
import style from "./Alerts.module.css";

/** One alert: what it is, why it was told or not, what is behind it, and what can be done. */
export function AlertPage() {
  const { alert: id } = useParams({ from: "/alerts/$alert" });
  const view = useView();
  useAutoRefresh(DEFAULT_RANGE, ALERTS_EVERY);
  const found = useAnswer({ ...explainedAlert(id), refetchInterval: ALERTS_EVERY });
  const policy = found.data?.alert.policy;
  const versions = useAnswer({ ...policyVersions(policy ?? ""), enabled: policy !== undefined, retry: false });
  if (found.error !== null) {
    return isMissing(found.error) ? <Gone id={id} /> : <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return <Skeleton rows={14} />;
  }
  const { alert, decisions, notifications } = found.data;
  const document = versions.data?.find((each) => each.version === alert.policy_version)?.document;
  const events = versions.isPending ? undefined : eventsBehind(alert, document, view.now);
  return (
    <PageBody>
      <Head alert={alert} document={document} events={events} view={view} />
      <div className={style.columns}>
        <div className={style.stack}>
          <Decisions decisions={decisions} zone={view.zone} />
          <Panel title="Notifications" scope="each with its attempts">
            <NotificationList notifications={notifications} view={view} ofOneAlert />
          </Panel>
          <EventsBehind alert={alert} events={events} view={view} />
        </div>
        <div className={style.stack}>
          <Handling alert={alert} view={view} />
          <Panel title="Silence" scope="alerts like this one">
            <SilenceForm initial={matchersOf(alert)} view={view} />
          </Panel>
        </div>
      </div>
    </PageBody>
  );
}

function Gone({ id }: { id: string }) {
  const carried = useCarried();
  return (
    <EmptyState title="There is no such alert" level={1}>
      <p>
        What is known of an alert is kept for 30 days behind its end. Its id was <code>{id}</code>.{" "}
        <Link to="/alerts" search={carried}>
          Go to all alerts
        </Link>
      </p>
    </EmptyState>
  );
}

interface HeadProps {
  readonly alert: Alert;
  readonly document: PolicyDocument | undefined;
  readonly events: ExploreSearch | undefined;
  readonly view: View;
}

function Head({ alert, document, events, view }: HeadProps) {
  const carried = useCarried();
  const at = (time: string | null) => (time === null ? "–" : dateTime(Date.parse(time), view.zone, false));
  const facts: Fact[] = [
    [
      "Policy",
      <Link key="policy" to="/alerts" search={{ ...carried, tab: "policies", edit: alert.policy, version: String(alert.policy_version) }}>
        {alert.policy}, version {alert.policy_version}
      </Link>,
    ],
    [
      "Events since it began",
      events === undefined ? (
        count(alert.events)
      ) : (
        <Link key="events" to="/explore" search={{ ...events, zone: view.zone }}>
          {count(alert.events)}
        </Link>
      ),
    ],
    ...(document?.thresholds === undefined
      ? []
      : [["Value that was compared", alert.value.toLocaleString("en-US", { maximumFractionDigits: 3 })] as const]),
    ["Began", at(alert.started_at)],
    ["Fired", at(alert.fired_at)],
    ["Last event", at(alert.last_event_at)],
    ...(alert.resolved_at === null ? [] : [["Ended", at(alert.resolved_at)] as const]),
    ...(alert.runbook === "" ? [] : [["Runbook", <Runbook key="runbook" text={alert.runbook} />] as const]),
  ];
  return (
    <header className={style.head}>
      <p className={style.badges}>
        <Link to="/alerts" search={carried}>
          Alerts
        </Link>
        <span className="muted">/</span>
        <StateBadge state={alert.state} />
        <SeverityBadge severity={alert.severity} />
        {alert.flapping && <Badge tone="medium">flapping</Badge>}
      </p>
      <h1 className={style.title}>{alert.title}</h1>
      {alert.message !== "" && <p className={style.message}>{alert.message}</p>}
      <Facts facts={facts} />
    </header>
  );
}

function Runbook({ text }: { text: string }) {
  return isAddress(text) ? (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  ) : (
    text
  );
}
