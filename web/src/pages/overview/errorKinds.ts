import type { Schemas } from "../../data/api";
import { type Bounds, spanMillis } from "../../time/range";

/** Errors of one type on one platform. */
export interface ErrorKind {
  readonly key: string;
  readonly errorType: string | null;
  readonly platform: string | null;
  readonly events: number;
  readonly users: number;
  /** By how much they have grown; undefined where there were none before. */
  readonly grown: number | undefined;
  /** There were none before, though there were events. */
  readonly isNew: boolean;
  readonly trend: readonly number[];
}

type Row = Schemas["Stats"]["rows"][number];

function keyOf(row: Row): string {
  return JSON.stringify([row.group.error_type, row.group.platform]);
}

/** Puts together what there is now, what there was before, and how it developed. */
export function errorKinds(
  now: Schemas["Stats"] | undefined,
  before: Schemas["Stats"] | undefined,
  steps: Schemas["Stats"] | undefined,
  bounds: Bounds,
): ErrorKind[] {
  const earlier = new Map(before?.rows.map((row) => [keyOf(row), row.count]));
  const trends = trendsOf(steps, bounds);
  return (now?.rows ?? []).map((row) => {
    const key = keyOf(row);
    const had = earlier.get(key);
    return {
      key,
      errorType: row.group.error_type ?? null,
      platform: row.group.platform ?? null,
      events: row.count,
      users: Number(row["distinct:user_id"] ?? 0),
      grown: had === undefined ? undefined : row.count / had - 1,
      isNew: had === undefined && earlier.size > 0,
      trend: trends.get(key) ?? [],
    };
  });
}

function trendsOf(steps: Schemas["Stats"] | undefined, bounds: Bounds): Map<string, number[]> {
  const step = spanMillis(steps?.step ?? "");
  const trends = new Map<string, number[]>();
  if (steps === undefined || step === undefined) {
    return trends;
  }
  const first = Math.floor(bounds.from / step);
  const buckets = Math.max(1, Math.ceil(bounds.to / step) - first);
  for (const row of steps.rows) {
    const place = Math.floor(Date.parse(row.time ?? "") / step) - first;
    const trend = trends.get(keyOf(row)) ?? Array.from({ length: buckets }, () => 0);
    if (place >= 0 && place < buckets) {
      trend[place] = row.count;
    }
    trends.set(keyOf(row), trend);
  }
  return trends;
}
