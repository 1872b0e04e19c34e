import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Change } from "../../components/Change";
import { ErrorState } from "../../components/EmptyState";
import { count, millis, percent } from "../../components/numbers";
import { performance } from "../../data/queries";
import type { ExploreSearch } from "../../search/url";
import style from "./Overview.module.css";

/** The figures of all calls of the range, each with the events behind it. */
export function Totals({ view }: { view: View }) {
  const figures = useAnswer(performance({ bounds: view.bounds, group_by: "engine", limit: 1 }));
  if (figures.error !== null) {
    return <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />;
  }
  const total = figures.data?.total;
  const grown = total?.change;
  return (
    <div className={style.totals} aria-busy={figures.isPlaceholderData}>
      <Total name="Events" search={{}} figure={total && count(total.calls ?? 0)}>
        <Change grown={grown?.calls} more="neither" />
      </Total>
      <Total name="Error rate" search={{ status: "error,timeout" }} figure={total && percent(total.error_rate)}>
        <Change grown={grown?.error_rate} more="bad" />
      </Total>
      <Total name="Errors" search={{ status: "error" }} figure={total && count(total.errors ?? 0)}>
        <Change grown={grown?.errors} more="bad" />
      </Total>
      <Total name="Timeouts" search={{ status: "timeout" }} figure={total && count(total.timeouts ?? 0)}>
        <Change grown={grown?.timeouts} more="bad" />
      </Total>
      <Total
        name="Duration, p95 ≈"
        search={{ duration_ms: `>=${Math.floor(total?.duration_ms.p95 ?? 0)}` }}
        figure={total && millis(total.duration_ms.p95)}
      >
        <Change grown={grown?.duration_ms.p95} more="bad" />
      </Total>
    </div>
  );
}

interface TotalProps {
  readonly name: string;
  readonly search: ExploreSearch;
  readonly figure: string | undefined;
  readonly children: ReactNode;
}

function Total({ name, search, figure, children }: TotalProps) {
  const carried = useCarried();
  return (
    <Link to="/explore" search={{ ...carried, ...search }} className={style.total}>
      <span className="muted">{name}</span>
      <b>{figure ?? "…"}</b>
      {children} <span className="muted">in range</span>
    </Link>
  );
}
