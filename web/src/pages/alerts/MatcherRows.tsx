import { Button } from "../../components/Button";
import { Select } from "../../components/Input";
import type { LabelMatcher } from "../../data/alerts";
import style from "./Alerts.module.css";

const OPERATORS = ["=", "!=", "=~", "!~"] as const;

const NEW: LabelMatcher = { label: "", op: "=", value: "" };

interface MatcherRowsProps {
  readonly matchers: readonly LabelMatcher[];
  readonly onChange: (matchers: readonly LabelMatcher[]) => void;
}

/** What labels must be; all of it must hold. */
export function MatcherRows({ matchers, onChange }: MatcherRowsProps) {
  const change = (place: number, changed: Partial<LabelMatcher>) =>
    onChange(matchers.map((each, other) => (other === place ? { ...each, ...changed } : each)));
  return (
    <fieldset className={style.matchers}>
      <legend>Alerts whose labels are</legend>
      {matchers.map((each, place) => (
        // A row is its place; it has nothing else that stays.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place}>
          <input value={each.label} onChange={(event) => change(place, { label: event.target.value })} aria-label={`Label ${place + 1}`} placeholder="label" />
          <Select
            label={`How label ${place + 1} is compared`}
            value={each.op ?? "="}
            options={OPERATORS}
            onChoose={(op) => change(place, { op: OPERATORS.find((known) => known === op) ?? "=" })}
          />
          <input value={each.value} onChange={(event) => change(place, { value: event.target.value })} aria-label={`Value ${place + 1}`} placeholder="value" />
          <Button kind="quiet" label={`Drop ${each.label === "" ? `label ${place + 1}` : each.label}`} onClick={() => onChange(matchers.filter((_, other) => other !== place))}>
            ✕
          </Button>
        </div>
      ))}
      <Button kind="quiet" onClick={() => onChange([...matchers, NEW])}>
        + Another label
      </Button>
    </fieldset>
  );
}
