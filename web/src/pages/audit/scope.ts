import type { AuditSearch } from "../../app/router";
import type { Parameters } from "../../data/api";
import { exactly } from "../../search/filter";
import { type Bounds, iso } from "../../time/range";

/** What an auditor looks for first, as the API calls it and as people do. */
export const MARKS = [
  { id: "sign_in_failure", name: "failed sign-in", tone: "high" },
  { id: "sign_in", name: "sign-in", tone: "info" },
  { id: "credential_failure", name: "credential failure", tone: "high" },
  { id: "denial", name: "denial", tone: "medium" },
  { id: "deployment", name: "deployment", tone: "low" },
  { id: "change", name: "change", tone: "info" },
] as const;

/** The marks that an address says, in the order of {@link MARKS}. */
export function marksOf(search: AuditSearch): readonly string[] {
  const said = new Set(search.mark?.split(","));
  return MARKS.map((mark) => mark.id).filter((id) => said.has(id));
}

/** The address with one mark more or less; undefined for all events. */
export function withMark(search: AuditSearch, mark: string): string | undefined {
  const marks = marksOf(search);
  const left = marks.includes(mark) ? marks.filter((each) => each !== mark) : [...marks, mark];
  return left.length === 0 ? undefined : left.join(",");
}

function phrase(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** What an address says as parameters of the timeline. A user is also who has triggered something. */
export function timelineOf(search: AuditSearch, bounds: Bounds): Parameters {
  const user = search.user === undefined ? undefined : phrase(search.user);
  const q = [
    ...(user === undefined ? [] : [`(user_id:${user} OR (triggered_by:${user} AND NOT _exists_:user_id))`]),
    ...(search.q === undefined ? [] : [user === undefined ? search.q : `(${search.q})`]),
  ];
  const marks = marksOf(search);
  return {
    from: iso(bounds.from),
    to: iso(bounds.to),
    q: q.length === 0 ? undefined : q.join(" AND "),
    project_id: search.project === undefined ? undefined : exactly(search.project),
    flow_id: search.flow === undefined ? undefined : exactly(search.flow),
    mark: marks.length === 0 ? undefined : marks.join(","),
  };
}

/** A value before or after a change, as text; nothing where it was not there. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
