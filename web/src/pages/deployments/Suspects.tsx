import { Link } from "@tanstack/react-router";
import { useCarried } from "../../app/view";
import { Badge } from "../../components/Badge";
import { count } from "../../components/numbers";
import { Note, Panel } from "../../components/Panel";
import type { Suspicion } from "../../data/deployments";
import { RULINGS, SUSPECTED, toneOf } from "./ruling";
import { titleOf } from "./title";
import style from "./Deployments.module.css";

/** Which changes may be to blame for an error, the likeliest first, and why. */
export function Suspects({ suspicion }: { suspicion: Suspicion }) {
  const suspects = suspicion.suspects.filter((suspect) => SUSPECTED.has(suspect.ruling));
  return (
    <Panel title="Suspects" scope={`of ${count(suspicion.considered)} changes${suspicion.complete ? "" : ", the newest"}`}>
      <Note>{suspicion.summary}</Note>
      {suspects.length > 0 && (
        <ol className={style.errors}>
          {suspects.map((suspect) => (
            <SuspectItem key={suspect.deployment.id} suspect={suspect} />
          ))}
        </ol>
      )}
    </Panel>
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
