import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { StateBadge } from "../../components/Badge";
import { count } from "../../components/numbers";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { ProblemError, type Schemas } from "../../data/api";
import { errorsEvery, FRESH, freshErrors } from "../../data/queries";
import { ago, dateTime } from "../../time/format";
import { FirstSuspect } from "../errors/FirstSuspect";
import { mostFrequent } from "./fresh";
import style from "./Overview.module.css";

/** As many lines as the alerts beside them have. */
const SHOWN = 4;

/** Groups of errors that are new, have come back or grow, whatever range is shown. */
export function FreshErrors({ view }: { view: View }) {
  const carried = useCarried();
  const found = useAnswer({
    ...freshErrors(SHOWN),
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? false : errorsEvery(state.data ?? [])),
  });
  const states = FRESH.filter((state) => found.data?.some((group) => group.state === state));
  const all = states.map((state) => (
    <Link key={state} to="/errors" search={{ ...carried, state, sort: state === "new" ? "errors" : "last_seen" }}>
      All {state}
    </Link>
  ));
  return (
    <Panel title="New and worse errors" scope="now; counts are of all time" actions={all}>
      {found.isPending ? (
        <Room height={124} />
      ) : found.error instanceof ProblemError && found.error.problem.type === "errors-not-enabled" ? (
        <Note>
          Errors are not put into groups.{" "}
          <Link to="/errors" search={carried}>
            What that is
          </Link>
        </Note>
      ) : found.error !== null ? (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <Note>None is new, has come back or grows</Note>
      ) : (
        <ul className={style.list}>
          {mostFrequent(found.data, SHOWN).map((group) => (
            <GroupLine key={group.group_id} group={group} view={view} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function GroupLine({ group, view }: { group: Schemas["ErrorGroup"]; view: View }) {
  const carried = useCarried();
  const first = Date.parse(group.first_seen.time);
  return (
    <li>
      <StateBadge state={group.state} />
      <Link to="/errors/$group" params={{ group: group.group_id }} search={carried} className={style.alert} title={group.title}>
        {group.title}
      </Link>
      <span className={`muted ${style.facts}`}>
        {group.errors === 1 ? "1 error" : `${count(group.errors)} errors`} ·{" "}
        <time dateTime={group.first_seen.time} title={`First seen ${dateTime(first, view.zone)}`}>
          since {ago(first, view.now)}
        </time>
        <FirstSuspect group={group} />
      </span>
    </li>
  );
}
