import { useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { FACETS, type FieldPath } from "../../data/fields";
import { fields } from "../../data/queries";
import { Facet } from "./Facet";
import type { ExploreState } from "./useExplore";
import style from "./Facets.module.css";

/** Open without being asked for. */
const OPEN: ReadonlySet<FieldPath> = new Set(["severity", "status", "engine", "platform", "error_type"] as const);

/** Attributes that are offered. */
const MOST_ATTRIBUTES = 30;

/** What the events that match have in common, and ways to narrow them. */
export function Facets({ explore }: { explore: ExploreState }) {
  const known = useAnswer(fields(explore.scope));
  const [wanted, setWanted] = useState("");
  const attributes = (known.data?.attributes ?? []).slice(0, MOST_ATTRIBUTES).map((each) => each.name as FieldPath);
  const present = new Set(known.data?.fields.map((each) => each.name));
  const filtered = Object.keys(explore.filters) as FieldPath[];
  const offered = [...FACETS, ...attributes].filter(
    (field) =>
      (known.data === undefined || present.has(field) || attributes.includes(field) || filtered.includes(field)) &&
      field.includes(wanted.trim().toLowerCase()),
  );
  return (
    <section className={style.facets} aria-label="Facets">
      <input
        className={style.search}
        type="search"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        placeholder="Find a field"
        aria-label="Find a field"
      />
      {offered.map((field) => (
        <Facet key={field} field={field} explore={explore} startsOpen={OPEN.has(field) || filtered.includes(field)} />
      ))}
      {offered.length === 0 && <p className={style.none}>No field is called so</p>}
    </section>
  );
}
