import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../app/useAnswer";
import { useCarried, type View } from "../../app/view";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count, millis, percent } from "../../components/numbers";
import { Note, Panel } from "../../components/Panel";
import type { Schemas } from "../../data/api";
import { differences } from "../../data/queries";
import { exactly } from "../../search/filter";
import type { ExploreSearch, Filters } from "../../search/url";
import { dateTime } from "../../time/format";
import { rangeText } from "../../time/range";
import { type DurationPart, durationsQuery } from "./durations";
import style from "./Performance.module.css";

type Difference = Schemas["Differences"]["differences"][number];

interface DifferencesProps {
  readonly view: View;
  readonly filters: Filters;
  readonly selected: { readonly from: number; readonly to: number };
  /** Only calls that took so long. */
  readonly durations: DurationPart | undefined;
  readonly onClose: () => void;
}

/** What is more frequent in the part that was chosen than in the rest of the range. */
export function Differences({ view, filters, selected, durations, onClose }: DifferencesProps) {
  const carried = useCarried();
  const q = durations === undefined ? undefined : durationsQuery(durations);
  const found = useAnswer(differences({ filters, bounds: view.bounds }, { ...selected, ...(q === undefined ? {} : { expression: q }) }));
  const long = durations === undefined ? "" : `, ${millis(durations.low)} – ${millis(durations.high)}`;
  const part = `${dateTime(selected.from, view.zone, false)} – ${dateTime(selected.to, view.zone, false)}${long}`;
  const events = { ...carried, ...filters, range: rangeText({ kind: "fixed", ...selected }), ...(q === undefined ? {} : { q }) } as ExploreSearch;
  return (
    <Panel
      title="What is different here?"
      scope={`${part} against the rest of the range`}
      actions={
        <>
          <Link to="/explore" search={events}>
            {found.data === undefined ? "Events" : `${count(found.data.selected)} events`}
          </Link>
          <Button onClick={() => view.setRange({ kind: "fixed", ...selected })}>Look closer</Button>
          <Button kind="quiet" label="Close" onClick={onClose}>
            ✕
          </Button>
        </>
      }
    >
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton rows={4} />
      ) : found.data.differences.length === 0 ? (
        <Note>Nothing that chance would not do: {count(found.data.selected)} events look like the other {count(found.data.rest)}</Note>
      ) : (
        <ul className={style.differences}>
          {found.data.differences.map((each) => (
            <DifferenceLine key={`${each.field} ${each.value}`} difference={each} filters={filters} selected={selected} q={q} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface LineProps extends Pick<DifferencesProps, "filters" | "selected"> {
  readonly difference: Difference;
  readonly q: string | undefined;
}

function DifferenceLine({ difference, filters, selected, q }: LineProps) {
  const carried = useCarried();
  const { field, value } = difference;
  const search = {
    ...carried,
    ...filters,
    ...(q === undefined ? {} : { q }),
    range: rangeText({ kind: "fixed", ...selected }),
    [field]: exactly(value),
  } as ExploreSearch;
  return (
    <li>
      <Link to="/explore" search={search}>
        <span className="muted">{field}</span> {value ?? "none"}
      </Link>
      <Share name="here" share={difference.selected_share} tone={style.here} />
      <Share name="else" share={difference.rest_share} tone={style.else} />
    </li>
  );
}

function Share({ name, share, tone }: { name: string; share: number; tone: string | undefined }) {
  return (
    <span className={style.share}>
      <i className={tone} style={{ width: `${Math.max(0.5, share * 100)}%` }} aria-hidden="true" />
      <span>
        {name} {percent(share)}
      </span>
    </span>
  );
}
