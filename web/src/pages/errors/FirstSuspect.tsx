import { Link } from "@tanstack/react-router";
import { useCarried } from "../../app/view";
import type { Schemas } from "../../data/api";
import { titleOf } from "../deployments/title";

/** The change that is most likely to blame, where there is one. */
export function FirstSuspect({ group: { suspect } }: { group: Schemas["ErrorGroup"] }) {
  const carried = useCarried();
  if (suspect?.deployment === undefined) {
    return null;
  }
  return (
    <>
      {suspect.ruling === "likely" ? " · suspect: " : " · possibly: "}
      <Link to="/deployments/$change" params={{ change: suspect.deployment.id }} search={carried} title={suspect.summary}>
        {titleOf(suspect.deployment)}
      </Link>
    </>
  );
}
