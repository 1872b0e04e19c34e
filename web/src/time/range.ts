/**
 * Which time is looked at: the last so many minutes, everything since a moment, or from one moment
 * to another. Moments are milliseconds since 1970.
 */
export type TimeRange =
  | { readonly kind: "sliding"; readonly span: string }
  | { readonly kind: "growing"; readonly from: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

/** The moments that a range means now; `to` is the first that is too late. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
}

export const DEFAULT_RANGE: TimeRange = { kind: "sliding", span: "1h" };

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The length of a span such as `90s` in milliseconds, or undefined where it is none. */
export function spanMillis(span: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d|w)$/.exec(span);
  const unit = UNITS[match?.[2] ?? ""];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** A length of time as the shortest span that says it exactly. */
export function spanOf(millis: number): string {
  for (const unit of ["w", "d", "h", "m", "s"]) {
    const length = UNITS[unit] ?? 1;
    if (millis >= length && millis % length === 0) {
      return `${millis / length}${unit}`;
    }
  }
  return `${Math.round(millis)}ms`;
}

export function boundsOf(range: TimeRange, now: number): Bounds {
  switch (range.kind) {
    case "sliding":
      return { from: now - (spanMillis(range.span) ?? 3_600_000), to: now };
    case "growing":
      return { from: range.from, to: Math.max(now, range.from + 1) };
    case "fixed":
      return { from: range.from, to: range.to };
  }
}

/** The range as addresses have it: `1h`, `2026-06-01T00:00:00.000Z..`, or with an end behind it. */
export function rangeText(range: TimeRange): string {
  switch (range.kind) {
    case "sliding":
      return range.span;
    case "growing":
      return `${iso(range.from)}..`;
    case "fixed":
      return `${iso(range.from)}..${iso(range.to)}`;
  }
}

/** Reads what {@link rangeText} writes; the last hour where it is nothing like that. */
export function rangeOf(text: string | undefined): TimeRange {
  if (text === undefined) {
    return DEFAULT_RANGE;
  }
  const millis = spanMillis(text);
  if (millis !== undefined && millis > 0) {
    return { kind: "sliding", span: text };
  }
  const [first = "", second] = text.split("..");
  const from = Date.parse(first);
  if (Number.isNaN(from) || second === undefined) {
    return DEFAULT_RANGE;
  }
  const to = Date.parse(second);
  return Number.isNaN(to) || to <= from ? { kind: "growing", from } : { kind: "fixed", from, to };
}

/** The same time for everyone who looks later. */
export function frozen(range: TimeRange, now: number): TimeRange {
  return { kind: "fixed", ...boundsOf(range, now) };
}

export function iso(millis: number): string {
  return new Date(millis).toISOString().replace(".000Z", "Z");
}
