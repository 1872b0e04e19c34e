import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried } from "../../app/view";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { Note, Panel } from "../../components/Panel";
import { useFew } from "../../components/useFew";
import { type Cause, causes, type Replay, type SessionName } from "../../data/sessions";
import type { Player } from "./usePlayer";
import style from "./Replay.module.css";

/** So many are shown at first: the player is below them. */
const LIKELIEST = 5;

interface CausesProps {
  readonly name: SessionName;
  readonly event: string | undefined;
  readonly replay: Replay;
  readonly player: Player;
}

/** What may have led to the error, the likeliest first. */
export function Causes({ name, event, replay, player }: CausesProps) {
  const found = useAnswer(causes(name, event));
  return (
    <Panel title="What led to this" scope={found.data === undefined ? undefined : (found.data.error.error_type ?? found.data.error.message ?? found.data.error.action)}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={3} />
      ) : found.data.causes.length === 0 ? (
        <Note>Nothing before the error stands out</Note>
      ) : (
        <CauseList causes={found.data.causes} replay={replay} player={player} />
      )}
    </Panel>
  );
}

interface CauseListProps {
  readonly causes: readonly Cause[];
  readonly replay: Replay;
  readonly player: Player;
}

function CauseList({ causes: all, replay, player }: CauseListProps) {
  const carried = useCarried();
  const { shown, more } = useFew(all, LIKELIEST);
  return (
    <ol className={style.causes}>
      {shown.map((cause) => {
        const its = replay.events.find((each) => each.event_id === cause.event_id);
        return (
          <li key={`${cause.kind} ${cause.event_id ?? cause.deployment_id}`}>
            <span>{cause.reason}</span>
            {cause.deployment_id !== undefined && (
              <Link to="/deployments/$change" params={{ change: cause.deployment_id }} search={carried}>
                What became of it
              </Link>
            )}
            {its !== undefined && <Button onClick={() => player.seek(its.offset_ms)}>Go there</Button>}
          </li>
        );
      })}
      {more !== null && <li className={style.more}>{more}</li>}
    </ol>
  );
}
