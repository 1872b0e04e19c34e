import { useAnswer } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/EmptyState";
import { Note, Panel, Room } from "../../components/Panel";
import { spikes } from "../../data/queries";
import type { Filters } from "../../search/url";
import { dateTime, timeOfDay } from "../../time/format";
import { Suspects } from "../deployments/Suspects";
import { errorOf, figures, keyOf, placeOf, type Spike } from "./spike";
import style from "./Performance.module.css";

const MOST = 100;

interface SpikesProps {
  readonly view: View;
  readonly filters: Filters;
  /** The key of one of them. */
  readonly chosen: string | undefined;
  readonly onChoose: (spike: string | undefined) => void;
}

/** When series were out of the ordinary, and which changes may be to blame for one of them. */
export function Spikes({ view, filters, chosen, onChoose }: SpikesProps) {
  const found = useAnswer(spikes(view.bounds, MOST, filters));
  const all = found.data?.spikes ?? [];
  const spike = all.find((each) => keyOf(each) === chosen);
  const error = spike === undefined ? undefined : errorOf(spike);
  return (
    <>
      <Panel title="Out of the ordinary" scope="in range, against what is usual at that time">
        {found.error !== null ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : found.data === undefined ? (
          <Room height={28} />
        ) : all.length === 0 ? (
          <Note>Nothing in this range</Note>
        ) : (
          <ul className={style.spikes}>
            {all.map((each) => (
              <SpikeLine key={keyOf(each)} spike={each} zone={view.zone} chosen={each === spike} onChoose={onChoose} />
            ))}
          </ul>
        )}
      </Panel>
      {error !== undefined && <Suspects error={error} />}
    </>
  );
}

interface SpikeLineProps extends Pick<SpikesProps, "onChoose"> {
  readonly spike: Spike;
  readonly zone: string;
  readonly chosen: boolean;
}

function SpikeLine({ spike, zone, chosen, onChoose }: SpikeLineProps) {
  const until = spike.to === null ? "goes on" : `– ${timeOfDay(Date.parse(spike.to), zone, false)}`;
  return (
    <li>
      <Badge tone={spike.to === null ? "high" : "neutral"}>{spike.kind}</Badge>
      <span>{placeOf(spike)}</span>
      <span className="muted">
        {figures(spike)} · {dateTime(Date.parse(spike.from), zone, false)} {until}
      </span>
      {errorOf(spike) !== undefined && (
        <Button kind="quiet" pressed={chosen} onClick={() => onChoose(chosen ? undefined : keyOf(spike))}>
          Suspects
        </Button>
      )}
    </li>
  );
}
