import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Note, Panel, Refused, Room } from "../../components/Panel";
import { spikes } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { ExploreSearch } from "../../search/url";
import { ago } from "../../time/format";
import { keyOf, placeOf, type Spike } from "../performance/spike";
import style from "./Overview.module.css";

const MOST = 6;

/** What was out of the ordinary. */
export function Spikes({ view }: { view: View }) {
  const found = useAnswer(spikes(view.bounds, MOST));
  return (
    <Panel title="Out of the ordinary" scope="against what is usual at this time">
      {found.isPending ? (
        <Room height={28} />
      ) : found.error !== null && found.data === undefined ? (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined || found.data.spikes.length === 0 ? (
        <Note>Nothing in this range</Note>
      ) : (
        <ul className={style.list}>
          {found.data.spikes.map((spike) => (
            <SpikeLine key={keyOf(spike)} spike={spike} now={view.now} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SpikeLine({ spike, now }: { spike: Spike; now: number }) {
  const carried = useCarried();
  const search: Record<string, string> = {};
  for (const field of ["project_id", "engine", "platform", "action"] as const) {
    const value = spike[field];
    if (value !== null) {
      search[field] = exactly(value);
    }
  }
  return (
    <li>
      <Badge tone={spike.to === null ? "high" : "neutral"}>{spike.kind}</Badge>
      <Link to="/explore" search={{ ...carried, ...search } as ExploreSearch}>
        {placeOf(spike)}
      </Link>
      <span className="muted">
        {spike.size !== null && `×${spike.size.toFixed(1)} · `}
        {spike.to === null ? `since ${ago(Date.parse(spike.from), now)}` : ago(Date.parse(spike.from), now)}
      </span>
    </li>
  );
}
