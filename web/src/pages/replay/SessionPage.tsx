import { useParams, useSearch } from "@tanstack/react-router";
import { useKeys } from "../../app/keys";
import type { ReplaySearch } from "../../app/router";
import { useAnswer } from "../../app/useAnswer";
import { useView } from "../../app/view";
import { StatusBadge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { count, millis } from "../../components/numbers";
import { DetailPage, PageHeader } from "../../components/Page";
import { Note, Panel } from "../../components/Panel";
import { replay as replayOf, type Replay, type SessionName } from "../../data/sessions";
import { dateTime } from "../../time/format";
import { Causes } from "./Causes";
import { clock } from "./clock";
import { EventsInStep } from "./EventsInStep";
import { OutcomeBadge } from "./OutcomeBadge";
import { stateAt } from "./playing";
import { Recording } from "./Recording";
import { Related } from "./Related";
import { Timeline } from "./Timeline";
import { usePlayer } from "./usePlayer";
import style from "./Replay.module.css";

/** One session, to be played. */
export function SessionPage() {
  const { session } = useParams({ from: "/replay/$session" });
  const search = useSearch({ from: "/replay/$session" });
  const name = { id: session, by: search.by, project: search.project };
  const found = useAnswer(replayOf(name));
  return (
    <DetailPage
      parent={{ to: "/replay", name: "Replay", all: "All sessions" }}
      title={`Session ${session}`}
      missing="There is no such session"
      found={found}
    >
      {(replay) => <Playing key={JSON.stringify([name, search.event])} replay={replay} name={name} search={search} />}
    </DetailPage>
  );
}

function Playing({ replay, name, search }: { replay: Replay; name: SessionName; search: ReplaySearch }) {
  const { session } = replay;
  const view = useView();
  const player = usePlayer(replay, search);
  const state = stateAt(replay, player.played);
  useKeys({
    " ": player.toggle,
    ArrowLeft: (event) => (event.shiftKey ? player.step(-1) : player.seek(player.moment - 5_000)),
    ArrowRight: (event) => (event.shiftKey ? player.step(1) : player.seek(player.moment + 5_000)),
    e: () => player.step(1, true),
    "<": () => player.faster(-1),
    ">": () => player.faster(1),
  });
  const failed = session.errors > 0;
  return (
    <>
      <PageHeader title={`Session ${session.id}`}>
        <OutcomeBadge outcome={session.outcome} />
        <span className="muted">
          {[session.project_id, session.user_id, dateTime(Date.parse(session.start), view.zone), millis(session.length_ms), `${count(session.events)} events`].filter((part) => part !== undefined).join(" · ")}
        </span>
      </PageHeader>
      {failed && <Causes name={name} event={search.event} replay={replay} player={player} />}
      <section className={style.player} aria-label="Player">
        <div className={style.controls}>
          <Button kind="primary" onClick={player.toggle} title="Space">
            {player.playing ? "Pause" : "Play"}
          </Button>
          <Button label="Event before (Shift+←)" onClick={() => player.step(-1)}>
            ‹
          </Button>
          <Button label="Event after (Shift+→)" onClick={() => player.step(1)}>
            ›
          </Button>
          <Button disabled={!failed} onClick={() => player.step(1, true)} title="e">
            Next error
          </Button>
          <span className="mono">
            {clock(player.moment)} of {clock(session.length_ms)}
          </span>
          <Button label="Slower (<)" onClick={() => player.faster(-1)}>
            −
          </Button>
          <span className="mono">×{player.speed}</span>
          <Button label="Faster (>)" onClick={() => player.faster(1)}>
            +
          </Button>
          <span className="muted">Where nothing happens is skipped</span>
        </div>
        <Timeline replay={replay} player={player} />
      </section>
      {session.recording && <Recording replay={replay} player={player} />}
      <div className={style.columns}>
        <Panel title="Events" scope={`${count(player.played)} of ${count(replay.events.length)} until now`}>
          <EventsInStep events={replay.events} player={player} />
        </Panel>
        <div className={style.side}>
          {state !== undefined && (
            <Panel title="State" scope={`at ${clock(player.moment)}`}>
              <Note>
                {count(state.errors)} errors, {count(state.timeouts)} timeouts, {count(state.retries)} retries
              </Note>
              <ul className={style.state}>
                {state.actions.map((action) => (
                  <li key={[action.engine, action.platform, action.action].join("\n")}>
                    <span>{[action.engine, action.platform, action.action].filter((part) => part !== undefined).join(" · ")}</span>
                    {action.status === undefined ? <span /> : <StatusBadge status={action.status} />}
                    <span className="muted">{count(action.events)}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          {failed && <Related name={name} event={search.event} />}
        </div>
      </div>
    </>
  );
}
