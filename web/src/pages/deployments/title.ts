import type { Deployment } from "../../data/deployments";

/** What was changed: `vault 4.12.3`, or what kind of change it was. */
export function titleOf(change: Deployment): string {
  const title = [change.engine, change.version].filter((part) => part !== undefined).join(" ");
  return title === "" ? `${change.kind} of ${change.project_id ?? "everything"}` : title;
}
