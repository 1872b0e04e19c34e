import { Link } from "@tanstack/react-router";
import type { ReplaySearch } from "../../app/router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried } from "../../app/view";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Panel } from "../../components/Panel";
import { related, type SessionName } from "../../data/sessions";
import style from "./Replay.module.css";

/** Sessions that are shown. */
const SHOWN = 8;

/** Who else had the error, and where the session parts from one that went well. */
export function Related({ name, event }: { name: SessionName; event: string | undefined }) {
  const carried = useCarried();
  const found = useAnswer(related(name, event));
  const to = (more: ReplaySearch) =>
    ({ ...carried, ...(name.by === undefined ? {} : { by: name.by }), ...(name.project === undefined ? {} : { project: name.project }), ...more }) as ReplaySearch;
  if (found.data === undefined) {
    return (
      <Panel title="Who else">
        {found.error === null ? <Skeleton rows={3} /> : <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      </Panel>
    );
  }
  const { same_error, same_steps, parting } = found.data;
  return (
    <Panel title="Who else" scope="in a day around the error">
      <div className={style.related}>
        <p>
          {count(same_error.sessions_total)} other sessions of {count(same_error.users_total)} users had the same error.
          {same_steps.sessions > 0 && ` ${count(same_steps.with_the_error)} of ${count(same_steps.sessions)} that took the same steps had it.`}
        </p>
        <ul>
          {same_error.sessions.slice(0, SHOWN).map((each) => (
            <li key={each.id}>
              <Link to="/replay/$session" params={{ session: each.id }} search={to({ event: each.event_id })}>
                {each.id}
              </Link>
              <span className="muted">{each.user_id}</span>
            </li>
          ))}
        </ul>
        {parting !== undefined && (
          <p>
            {parting.reason}{" "}
            <Link to="/replay/$session" params={{ session: parting.id }} search={to({})}>
              The session that went well
            </Link>
          </p>
        )}
      </div>
    </Panel>
  );
}
