import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { SessionsSearch } from "../../app/router";
import { useAnswers } from "../../app/useAnswer";
import { useCarried, useView } from "../../app/view";
import { Button } from "../../components/Button";
import { type Choice, Choices } from "../../components/Choices";
import { EmptyState, ErrorState, Skeleton } from "../../components/EmptyState";
import { count, millis } from "../../components/numbers";
import { Page } from "../../components/Page";
import { QueryBox } from "../../components/query/QueryBox";
import { Table, type TableColumn } from "../../components/Table";
import { type Session, sessions, SESSIONS_BY } from "../../data/sessions";
import { ago, dateTime } from "../../time/format";
import { OutcomeBadge } from "./OutcomeBadge";
import style from "./Replay.module.css";

/** What can be replayed; sessions are the usual, which the address does not say. */
const BY: readonly Choice<string | undefined>[] = SESSIONS_BY.map((by) => ({
  id: by === "session_id" ? undefined : by,
  name: by.replace("_id", "s"),
}));

/** Sessions that can be played, the newest first. */
export function Sessions() {
  const search = useSearch({ from: "/replay" });
  const navigate = useNavigate();
  const view = useView();
  const found = useAnswers(sessions(view.bounds, search.by, search.q));
  const listed = found.data?.pages.flatMap((page) => page.sessions) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  const change = (changed: { readonly [N in keyof SessionsSearch]?: SessionsSearch[N] | undefined }) =>
    void navigate({ to: "/replay", search: (before) => ({ ...before, ...changed }) as SessionsSearch });
  return (
    <Page title="Replay" view={view} choices={<Choices label="What is replayed" choices={BY} chosen={search.by} onChoose={(by) => change({ by })} />}>
      <div className={style.asked}>
        <QueryBox
          label="With an event that matches"
          q={search.q ?? ""}
          scope={{ filters: {}, bounds: view.bounds }}
          hint="With an event that matches, such as error_type:token_expired AND platform:Slack"
          slash
          onAsk={(q) => change({ q: q === "" ? undefined : q })}
        />
      </div>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={16} />
      ) : listed.length === 0 ? (
        <EmptyState title="No session in this time">
          <p>
            Events that have a <code>session_id</code>, a <code>run_id</code> or a <code>flow_id</code> can be played again.
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="muted">
            {found.data.pages.at(-1)?.complete === true ? count(total) : `The newest ${count(listed.length)} of ${count(total)}`} in range
          </p>
          <div className={style.list}>
            <Table
              label="Sessions"
              columns={columnsOf(view.zone, view.now, search.by)}
              rows={listed}
              keyOf={(session) => `${session.project_id}\n${session.id}`}
              stale={found.isPlaceholderData}
            />
            {found.hasNextPage && (
              <p className={style.more}>
                <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                  More sessions
                </Button>
              </p>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

function columnsOf(zone: string, now: number, by: string | undefined): TableColumn<Session>[] {
  return [
    { id: "session", name: "Session", show: (session) => <Name session={session} by={by} /> },
    { id: "outcome", name: "Outcome", show: (session) => <OutcomeBadge outcome={session.outcome} /> },
    { id: "user", name: "User", show: (session) => session.user_id ?? <span className="muted">–</span> },
    { id: "engines", name: "Engines", show: (session) => <span className="muted">{session.engines.join(", ")}</span> },
    { id: "events", name: "Events", numeric: true, show: (session) => count(session.events) },
    { id: "errors", name: "Errors", numeric: true, show: (session) => count(session.errors) },
    { id: "length", name: "Length", numeric: true, show: (session) => millis(session.length_ms) },
    {
      id: "start",
      name: "Began",
      numeric: true,
      show: (session) => (
        <time dateTime={session.start} title={dateTime(Date.parse(session.start), zone)}>
          {ago(Date.parse(session.start), now)}
        </time>
      ),
    },
  ];
}

function Name({ session, by }: { session: Session; by: string | undefined }) {
  const carried = useCarried();
  return (
    <div className={style.name}>
      <Link
        to="/replay/$session"
        params={{ session: session.id }}
        search={{ ...carried, project: session.project_id, ...(by === undefined ? {} : { by }) }}
      >
        {session.id}
      </Link>
      <span className="muted">{session.project_id}</span>
    </div>
  );
}
