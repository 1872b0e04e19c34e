import { useQuery } from "@tanstack/react-query";
import { Badge } from "../../components/Badge";
import { type DeploymentReport, deploymentReport } from "../../data/deployments";
import style from "./Deployments.module.css";

/** Whether a deployment is to blame for errors, in a word or two. */
export function Outcome({ id }: { id: string }) {
  const found = useQuery(deploymentReport(id));
  if (found.data === undefined) {
    return <span className="muted">{found.error === null ? "…" : "not known"}</span>;
  }
  return <OutcomeBadges report={found.data} />;
}

export function OutcomeBadges({ report }: { report: DeploymentReport }) {
  const thin = !report.faulty && report.errors.some((error) => error.ruling === "thin_baseline");
  const nothing = !report.faulty && !thin && !report.rollback && !report.rolled_back;
  return (
    <span className={style.badges}>
      {report.faulty && <Badge tone="bad">faulty</Badge>}
      {thin && <Badge>insufficient baseline</Badge>}
      {report.rollback && <Badge tone="info">rollback</Badge>}
      {report.rolled_back && <Badge tone="medium">rolled back</Badge>}
      {nothing && <span className="muted">no new errors</span>}
    </span>
  );
}
