import { type FieldPath, isFieldPath } from "../../../data/fields";

/** More fields the API does not take. */
export const MOST_FIELDS = 4;

const USUAL: readonly FieldPath[] = ["engine", "platform"];

/** The measures of each group, the first of them its count. */
export const MEASURES = ["count", "error_rate", "p50:duration_ms", "p95:duration_ms", "p99:duration_ms"] as const;
export type Measure = (typeof MEASURES)[number];

/** The fields that an address names; the usual ones where it names none. */
export function fieldsOf(text: string | undefined): readonly FieldPath[] {
  const named = [...new Set((text ?? "").split(",").filter((name) => isFieldPath(name)))].slice(0, MOST_FIELDS);
  return named.length > 0 ? named : USUAL;
}

/** The measure that an address names; how many there are where it names none. */
export function measureOf(text: string | undefined): Measure {
  return MEASURES.find((measure) => measure === text) ?? "count";
}

/** The fields with one more or less; the last one stays, and of too many none is added. */
export function toggledField(fields: readonly FieldPath[], field: FieldPath): readonly FieldPath[] {
  const others = fields.filter((each) => each !== field);
  if (others.length < fields.length) {
    return others.length === 0 ? fields : others;
  }
  return fields.length < MOST_FIELDS ? [...fields, field] : fields;
}
