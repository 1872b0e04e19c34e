import { useQueries, useQuery } from "@tanstack/react-query";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import type { FieldPath } from "../../data/fields";
import { type Scope, total } from "../../data/queries";
import { inWords, parseFilter } from "../../search/filter";
import { rangeLabel } from "../../time/format";
import { boundsOf, type TimeRange } from "../../time/range";
import { NoData } from "./NoData";
import type { ExploreState } from "./useExplore";

interface Way {
  readonly name: string;
  readonly scope: Scope;
  go(): void;
}

const WIDER: readonly TimeRange[] = [
  { kind: "sliding", span: "1d" },
  { kind: "sliding", span: "1w" },
  { kind: "growing", from: Date.UTC(2000, 0, 1) },
];

/** Why there is no row: which clause removed them all, and what would bring some back. */
export function NothingFound({ explore }: { explore: ExploreState }) {
  const everything = useQuery(total({ filters: {}, bounds: { from: Date.UTC(2000, 0, 1), to: explore.view.now + 86_400_000 } }));
  const ways = waysOut(explore);
  const counts = useQueries({ queries: ways.map((way) => total(way.scope)) });
  if (everything.data === 0) {
    return <NoData />;
  }
  const helpful = ways
    .map((way, place) => ({ way, events: counts[place]?.data ?? 0 }))
    .filter(({ events }) => events > 0);
  const looking = counts.some((each) => each.isPending);
  return (
    <EmptyState title="No event matches">
      {helpful.length === 0 && <p>{looking ? "Looking for what removed them…" : "No single clause is to blame; clear the search or choose another time."}</p>}
      {helpful.length > 0 && <p>There would be some without one of these:</p>}
      {helpful.map(({ way, events }) => (
        <Button key={way.name} onClick={() => way.go()}>
          {way.name} <span className="muted numeric">{count(events)} events</span>
        </Button>
      ))}
      {helpful.length === 0 && !looking && <Button onClick={explore.clear}>Clear the search</Button>}
    </EmptyState>
  );
}

function waysOut(explore: ExploreState): Way[] {
  const { scope, filters, view } = explore;
  const ways: Way[] = [];
  if (scope.q !== undefined) {
    ways.push({ name: `Drop the search ${scope.q}`, scope: { ...scope, q: undefined }, go: () => explore.ask("") });
  }
  for (const [field, text] of Object.entries(filters) as [FieldPath, string][]) {
    const { [field]: _, ...others } = filters;
    ways.push({
      name: `Drop ${field} ${inWords(parseFilter(text))}`,
      scope: { ...scope, filters: others },
      go: () => explore.filter(field, undefined),
    });
  }
  for (const range of WIDER) {
    const bounds = boundsOf(range, view.now);
    if (bounds.from < scope.bounds.from) {
      ways.push({ name: `Widen to: ${rangeLabel(range, view.zone)}`, scope: { ...scope, bounds }, go: () => view.setRange(range) });
    }
  }
  return ways;
}
