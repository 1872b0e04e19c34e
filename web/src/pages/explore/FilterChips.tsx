import type { FieldPath } from "../../data/fields";
import { inWords, parseFilter } from "../../search/filter";
import type { ExploreState } from "./useExplore";
import style from "./FilterChips.module.css";

/** What fields must be, each with a way to drop it. */
export function FilterChips({ explore }: { explore: ExploreState }) {
  const filters = Object.entries(explore.filters) as [FieldPath, string][];
  if (filters.length === 0) {
    return null;
  }
  return (
    <ul className={style.chips} aria-label="Filters">
      {filters.map(([field, text]) => {
        const words = inWords(parseFilter(text));
        return (
          <li key={field} className={style.chip}>
            <span className={style.field}>{field}</span> {words}
            <button type="button" aria-label={`Drop ${field} ${words}`} onClick={() => explore.filter(field, undefined)}>
              ✕
            </button>
          </li>
        );
      })}
      {filters.length > 1 && (
        <li>
          <button type="button" className={style.clear} onClick={explore.clear}>
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}
