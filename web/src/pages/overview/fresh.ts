import type { Schemas } from "../../data/api";

type Group = Schemas["ErrorGroup"];

/** The groups with most errors in the last hour; of as many, those that were seen last. */
export function mostFrequent(groups: readonly Group[], most: number): readonly Group[] {
  return groups
    .toSorted((one, other) => other.errors_last_hour - one.errors_last_hour || Date.parse(other.last_seen.time) - Date.parse(one.last_seen.time))
    .slice(0, most);
}
