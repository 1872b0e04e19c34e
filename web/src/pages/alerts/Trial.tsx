import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { View } from "../../app/view";
import { SeverityBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { count } from "../../components/numbers";
import { Panel } from "../../components/Panel";
import { Table, type TableColumn } from "../../components/Table";
import { type Alert, type Backtest, backtest, type PolicyDocument } from "../../data/alerts";
import { ProblemError } from "../../data/api";
import { dateTime } from "../../time/format";
import { eventsBehind } from "./behind";
import { lasting, trialText, TRIED } from "./outcome";
import style from "./Alerts.module.css";

interface TrialProps {
  readonly document: PolicyDocument;
  readonly since: string | undefined;
  readonly view: View;
  readonly disabled: boolean;
  readonly onTry: (since: string) => void;
  /** The server does not understand the policy. */
  readonly onRefused: (error: Error) => void;
}

/** Runs the real evaluator over what is stored: when it would have fired, and who would have been told. */
export function Trial({ document, since, view, disabled, onTry, onRefused }: TrialProps) {
  const chosen = TRIED.find((each) => each.since === since);
  const found = useQuery({ ...backtest(document, chosen?.since ?? "1d"), enabled: chosen !== undefined });
  const error = chosen === undefined ? null : found.error;
  useEffect(() => {
    if (error !== null) {
      onRefused(error);
    }
  }, [error, onRefused]);
  const again = (wanted: string) => {
    onTry(wanted);
    // An answer is kept for a while; a refusal need not be the last word.
    if (wanted === since && error !== null) {
      void found.refetch();
    }
  };
  return (
    <Panel title="Try it" scope="over what is stored">
      <div className={style.form}>
        <div className={style.actions}>
          {TRIED.map((each) => (
            <Button key={each.since} pressed={each.since === since} disabled={disabled} onClick={() => again(each.since)}>
              {each.name}
            </Button>
          ))}
          {chosen !== undefined && found.isFetching && <span role="status">Trying it…</span>}
        </div>
        {error !== null ? (
          <p role="alert" className={style.refused}>
            {error instanceof ProblemError ? `${error.problem.title}: ${error.problem.detail}` : error.message}
          </p>
        ) : chosen === undefined ? (
          <p className="muted">Nothing is changed by it, and nobody is told.</p>
        ) : (
          found.data !== undefined && <Outcome trial={found.data} document={document} view={view} />
        )}
      </div>
    </Panel>
  );
}

function Outcome({ trial, document, view }: { trial: Backtest; document: PolicyDocument; view: View }) {
  const stages = Object.entries(trial.suppressed).filter(([, times]) => times > 0);
  return (
    <>
      <p className={style.outcome} role="status">
        {trialText(trial)}
      </p>
      <p className="muted">
        {trial.events === 1 ? "1 event" : `${count(trial.events)} events`} matched, {dateTime(Date.parse(trial.from), view.zone, false)} – {dateTime(Date.parse(trial.to), view.zone, false)}
        {stages.length > 0 && `; kept from being told by ${stages.map(([stage, times]) => `${stage} ${times}×`).join(", ")}`}
      </p>
      {trial.episodes.length > 0 && (
        <Table
          label="When it would have fired"
          columns={columnsOf(document, view, Date.parse(trial.to))}
          rows={trial.episodes}
          keyOf={(episode) => episode.alert_id}
        />
      )}
      {trial.fired > trial.episodes.length && <p className="muted">The first {count(trial.episodes.length)} are shown</p>}
    </>
  );
}

function began(episode: Alert): number {
  return Date.parse(episode.fired_at ?? episode.started_at);
}

function columnsOf(document: PolicyDocument, view: View, end: number): TableColumn<Alert>[] {
  return [
    { id: "fired", name: "Fired", show: (episode) => <span className="numeric">{dateTime(began(episode), view.zone, false)}</span> },
    {
      id: "lasted",
      name: "For",
      numeric: true,
      show: (episode) => lasting(((episode.resolved_at === null ? end : Date.parse(episode.resolved_at)) - began(episode)) / 1000),
    },
    { id: "severity", name: "Severity", show: (episode) => <SeverityBadge severity={episode.severity} /> },
    {
      id: "title",
      name: "Events behind it",
      show: (episode) => (
        <Link to="/explore" search={{ ...eventsBehind(episode, document, view.now), zone: view.zone }} className={style.episode}>
          {episode.title}
        </Link>
      ),
    },
    { id: "events", name: "Events", numeric: true, show: (episode) => count(episode.events) },
  ];
}
