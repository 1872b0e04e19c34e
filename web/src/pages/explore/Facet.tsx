import { type KeyboardEvent, useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { count, shortCount } from "../../components/numbers";
import { ProblemError } from "../../data/api";
import { describe, type FieldPath } from "../../data/fields";
import { fieldValues } from "../../data/queries";
import { allows, parseFilter } from "../../search/filter";
import type { ExploreState } from "./useExplore";
import style from "./Facets.module.css";

const FEW = 6;
const MANY = 50;

interface FacetProps {
  readonly field: FieldPath;
  readonly explore: ExploreState;
  readonly startsOpen: boolean;
}

/** The most frequent values of a field among the events that match, this field's own filter aside. */
export function Facet({ field, explore, startsOpen }: FacetProps) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <section className={style.facet}>
      <button type="button" className={style.name} aria-expanded={open} onClick={() => setOpen(!open)} title={describe(field)}>
        <span aria-hidden="true">{open ? "▾" : "▸"}</span>
        {field.replace(/^attributes\./, "")}
      </button>
      {open && <Values field={field} explore={explore} />}
    </section>
  );
}

function Values({ field, explore }: Pick<FacetProps, "field" | "explore">) {
  const [more, setMore] = useState(false);
  const [prefix, setPrefix] = useState("");
  const { [field]: own, ...filters } = explore.filters;
  const values = useAnswer(fieldValues({ ...explore.scope, filters }, field, prefix, more ? MANY : FEW));
  const filter = own === undefined ? undefined : parseFilter(own);
  const found = values.data?.values ?? [];
  const most = Math.max(1, ...found.map((each) => each.count));
  return (
    <div className={values.isPlaceholderData ? style.stale : undefined}>
      {more && (
        <input
          type="search"
          className={style.search}
          value={prefix}
          onChange={(event) => setPrefix(event.target.value)}
          placeholder="Values that begin with"
          aria-label={`Values of ${field} that begin with`}
        />
      )}
      <ul>
        {found.map(({ value, count: events }) => {
          const allowed = allows(filter, value);
          const name = value === "" ? "(empty)" : value;
          const onKeyDown = (event: KeyboardEvent) => {
            if (event.key === "x") {
              event.preventDefault();
              explore.exclude(field, value);
            }
          };
          return (
            <li key={value} className={allowed === false ? style.left : undefined}>
              <span className={style.share} style={{ width: `${(100 * events) / most}%` }} aria-hidden="true" />
              <input
                type="checkbox"
                checked={filter?.kind === "in" && allowed === true}
                onChange={() => explore.toggle(field, value)}
                onKeyDown={onKeyDown}
                aria-label={`${field} may be ${name}`}
              />
              <button
                type="button"
                className={style.value}
                title={`Only ${name}: ${count(events)} events`}
                onClick={() => explore.isolate(field, value)}
                onKeyDown={onKeyDown}
              >
                <span>{name}</span>
                <span className={style.count}>{shortCount(events)}</span>
              </button>
              <button
                type="button"
                className={style.exclude}
                aria-label={`Exclude ${name}`}
                title="Exclude (x)"
                onClick={() => explore.exclude(field, value)}
              >
                ⊘
              </button>
            </li>
          );
        })}
      </ul>
      {values.data !== undefined && found.length === 0 && <p className={style.none}>No values here</p>}
      {values.error !== null && !(values.error instanceof ProblemError) && <p className={style.none}>Its values could not be counted</p>}
      {(values.data?.complete === false || more) && (
        <button type="button" className={style.more} onClick={() => setMore(!more)}>
          {more ? "Fewer" : "More values"}
        </button>
      )}
    </div>
  );
}
