import type { Schemas } from "../../data/api";

type Group = Schemas["ErrorGroup"];

/** The groups that became what they are last. When one regressed or escalated is not told; it was seen since. */
export function newest(groups: readonly Group[], most: number): readonly Group[] {
  return groups.toSorted((one, other) => since(other) - since(one)).slice(0, most);
}

function since(group: Group): number {
  return Date.parse(group.state === "new" ? group.first_seen.time : group.last_seen.time);
}
