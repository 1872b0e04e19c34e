import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried } from "../../app/view";
import { Badge } from "../../components/Badge";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Note, Panel } from "../../components/Panel";
import { useFew } from "../../components/useFew";
import type { Parameters } from "../../data/api";
import { suspects, type Suspicion } from "../../data/deployments";
import { RULINGS, SUSPECTED, toneOf } from "./ruling";
import { titleOf } from "./title";
import style from "./Deployments.module.css";

/** So many of which too little is known are shown at first, where there are no others. */
const UNCERTAIN = 3;

/** Which changes may be to blame for an error, the likeliest first, and why. */
export function Suspects({ error }: { error: Parameters }) {
  const found = useAnswer(suspects(error));
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
  const blamed = suspected.filter((suspect) => suspect.ruling !== "thin_baseline").length;
  const { shown, more } = useFew(suspected, blamed > 0 ? blamed : UNCERTAIN);
  return (
    <>
      <Note>{suspicion.summary}</Note>
      {shown.length > 0 && (
        <ol className={style.errors}>
          {shown.map((suspect) => (
            <SuspectItem key={suspect.deployment.id} suspect={suspect} />
          ))}
          {more !== null && <li>{more}</li>}
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
