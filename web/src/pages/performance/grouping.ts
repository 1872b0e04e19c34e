import type { FieldName } from "../../data/fields";

export interface Grouping {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly ("engine" | "platform" | "action" | "project_id")[];
}

/** By what calls can be told apart; the first is the usual. */
export const GROUPINGS = [
  { id: "action", name: "Action", fields: ["engine", "platform", "action"] },
  { id: "platform", name: "Platform", fields: ["platform"] },
  { id: "engine", name: "Engine", fields: ["engine"] },
  { id: "project", name: "Project", fields: ["project_id"] },
] as const satisfies readonly Grouping[];

export function groupingOf(id: string | undefined): Grouping {
  return GROUPINGS.find((grouping) => grouping.id === id) ?? GROUPINGS[0];
}

/** What a row is called, of the values of its fields. */
export function nameOf(group: Readonly<Record<string, string | null>> | undefined, fields: readonly FieldName[]): string {
  const values = fields.map((field) => group?.[field]).filter((value) => value !== null && value !== undefined);
  return values.length === 0 ? "none" : values.join(" · ");
}
