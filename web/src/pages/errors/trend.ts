import type { Schemas } from "../../data/api";

type Trend = Schemas["ErrorDetails"]["trend"];

/** Counts from bucket to bucket, also of those that have none. */
export interface Buckets {
  readonly unit: "minute" | "hour" | "day";
  readonly times: readonly number[];
  readonly errors: readonly number[];
}

const UNITS = [
  { unit: "minute", name: "minutes", millis: 60_000 },
  { unit: "hour", name: "hours", millis: 3_600_000 },
  { unit: "day", name: "days", millis: 86_400_000 },
] as const;

/** More buckets are too narrow to see. */
const MOST = 120;
const FEWEST = 30;

/** The finest buckets that show all there is since the first error, up to now. */
export function bucketsOf(trend: Trend, firstSeen: number, now: number): Buckets {
  const fitting = UNITS.find((each) => (now - firstSeen) / each.millis < MOST && trend[each.name].length > 0);
  const { unit, name, millis } = fitting ?? UNITS[2];
  const known = new Map(trend[name].map((bucket) => [Date.parse(bucket.time), bucket.errors]));
  const last = Math.floor(now / millis) * millis;
  const begins = Math.min(...known.keys(), last);
  const length = Math.min(MOST, Math.max(FEWEST, Math.round((last - begins) / millis) + 1));
  const times = Array.from({ length }, (_, place) => last - (length - 1 - place) * millis);
  return { unit, times, errors: times.map((time) => known.get(time) ?? 0) };
}
