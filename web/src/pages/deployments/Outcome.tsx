import { Badge } from "../../components/Badge";
import type { DeploymentOutcome } from "../../data/deployments";
import style from "./Deployments.module.css";

/** What became of a change, in a word or two; while that is being worked out, dots. */
export function Outcome({ outcome }: { outcome: DeploymentOutcome | null | undefined }) {
  return outcome === null ? (
    <span className="muted" title="It is being worked out">
      …
    </span>
  ) : outcome === undefined ? (
    <span className="muted">–</span>
  ) : (
    <OutcomeBadges outcome={outcome} />
  );
}

export function OutcomeBadges({ outcome }: { outcome: DeploymentOutcome }) {
  const { fault, rollback, rolled_back: rolledBack } = outcome;
  const nothing = rollback !== true && rolledBack !== true;
  return (
    <span className={style.badges}>
      {fault === "likely" && <Badge tone="bad">faulty</Badge>}
      {fault === "possible" && <Badge tone="medium">possibly faulty</Badge>}
      {fault === "thin_baseline" && <Badge>insufficient baseline</Badge>}
      {fault === "unknown" && <span className="muted">not known</span>}
      {rollback === true && <Badge tone="info">rollback</Badge>}
      {rolledBack === true && <Badge tone="medium">rolled back</Badge>}
      {fault === "none" && nothing && <span className="muted">no new errors</span>}
    </span>
  );
}
