import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCarried } from "../../app/view";
import { Badge } from "../../components/Badge";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Note, Panel } from "../../components/Panel";
import type { Parameters } from "../../data/api";
import { suspects, type Suspicion } from "../../data/deployments";
import { RULINGS, SUSPECTED, toneOf } from "./ruling";
import { titleOf } from "./title";
import style from "./Deployments.module.css";

/** Which changes may be to blame for an error, the likeliest first, and why. */
export function Suspects({ error }: { error: Parameters }) {
  const found = useQuery(suspects(error));
  return (
    <Panel title="Suspects" scope={found.data === undefined ? undefined : scopeOf(found.data)}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <SuspectList suspicion={found.data} />
      )}
    </Panel>
  );
}

function scopeOf({ considered, complete }: Suspicion): string {
  return `of ${count(considered)} changes${complete ? "" : ", the newest"}`;
}

function SuspectList({ suspicion }: { suspicion: Suspicion }) {
  const suspected = suspicion.suspects.filter((suspect) => SUSPECTED.has(suspect.ruling));
  return (
    <>
      <Note>{suspicion.summary}</Note>
      {suspected.length > 0 && (
        <ol className={style.errors}>
          {suspected.map((suspect) => (
            <SuspectItem key={suspect.deployment.id} suspect={suspect} />
          ))}
        </ol>
      )}
    </>
  );
}

function SuspectItem({ suspect }: { suspect: Suspicion["suspects"][number] }) {
  const carried = useCarried();
  const { deployment, ruling } = suspect;
  return (
    <li>
      <div className={style.error}>
        <Link to="/deployments/$change" params={{ change: deployment.id }} search={carried}>
          {titleOf(deployment)}
        </Link>
        <Badge tone={toneOf(ruling)}>{RULINGS[ruling]}</Badge>
      </div>
      <ul className={style.evidence}>
        {suspect.evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </li>
  );
}
