import type { TimeRange } from "./range";
import { clockTime, momentOf, startOfDay } from "./zone";

/** What somebody wrote, as a range or as why it is none. */
export type Parsed = { readonly range: TimeRange } | { readonly problem: string };

/** A moment, and when the day or minute that it names is over. */
interface Point {
  readonly start: number;
  readonly end: number;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SPAN_UNITS: readonly [RegExp, string][] = [
  [/^(ms|milliseconds?)$/, "ms"],
  [/^(s|secs?|seconds?)$/, "s"],
  [/^(m|mins?|minutes?)$/, "m"],
  [/^(h|hrs?|hours?)$/, "h"],
  [/^(d|days?)$/, "d"],
  [/^(w|weeks?)$/, "w"],
];
const EXAMPLES = "write 2h, yesterday, Jan 1 - Jan 2, since Jun 1, or seconds since 1970";

/**
 * Reads a range as people write it: `2h`, `last 3 days`, `today`, `yesterday`, `Jan 1 - Jan 2`,
 * `since Jun 1`, `14:00 - 14:30`, RFC 3339, and numbers since 1970 in s, ms, µs or ns. The last day
 * of a range is inside it; a day without a year is the latest that is not ahead.
 *
 * @param zone whose days and hours are meant
 */
export function parseRange(text: string, now: number, zone: string): Parsed {
  const written = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (written === "") {
    return { problem: EXAMPLES };
  }
  return sliding(written) ?? since(written, now, zone) ?? between(written, now, zone) ?? single(written, now, zone);
}

function sliding(text: string): Parsed | undefined {
  const match = /^(?:(?:the )?(?:last|past) )?(\d{1,9})? ?([a-z]+)(?: ago)?$/.exec(text);
  const unit = SPAN_UNITS.find(([name]) => name.test(match?.[2] ?? ""))?.[1];
  if (match === null || unit === undefined || (match[1] === undefined && !/last|past/.test(text))) {
    return undefined;
  }
  const count = Number(match[1] ?? 1);
  return count > 0 ? { range: { kind: "sliding", span: `${count}${unit}` } } : { problem: "a range takes some time" };
}

function since(text: string, now: number, zone: string): Parsed | undefined {
  const match = /^(?:since|from|after) (.+)$/.exec(text) ?? /^(.+?) ?(?:\.\.|-|–|to) ?now$/.exec(text);
  const said = match?.[1];
  if (said === undefined || / - | to /.test(said)) {
    return undefined;
  }
  const from = point(said, now, zone);
  return from === undefined ? unclear(said) : growing(from.start, now);
}

function growing(from: number, now: number): Parsed {
  return from > now ? { problem: "that is yet to come" } : { range: { kind: "growing", from } };
}

function between(text: string, now: number, zone: string): Parsed | undefined {
  const parts = text.replace(/^from /, "").split(/ (?:-|–|—|to|until) |\s*\.\.\s*|\s*[–—]\s*|(?<=\d)-(?=[a-z])|(?<=^\d{9,19})-(?=\d)/);
  const [first, second] = parts;
  if (parts.length !== 2 || first === undefined || second === undefined) {
    return undefined;
  }
  const from = point(first, now, zone);
  const to = point(second, now, zone, from);
  if (from === undefined || to === undefined) {
    return unclear(from === undefined ? first : second);
  }
  return to.end > from.start
    ? { range: { kind: "fixed", from: from.start, to: to.end } }
    : { problem: "it ends before it begins" };
}

function single(text: string, now: number, zone: string): Parsed {
  const said = point(text, now, zone);
  if (said === undefined) {
    return unclear(text);
  }
  // Of a day that is not over there is more to come; a bare moment is where it begins.
  return said.end === said.start || said.end > now
    ? growing(said.start, now)
    : { range: { kind: "fixed", from: said.start, to: said.end } };
}

function unclear(text: string): Parsed {
  return { problem: `“${text}” is no time; ${EXAMPLES}` };
}

/** @param before the point that this one follows, whose day counts for a time without one */
function point(text: string, now: number, zone: string, before?: Point): Point | undefined {
  return named(text, now, zone) ?? epoch(text) ?? dated(text, now, zone, before) ?? exact(text);
}

function named(text: string, now: number, zone: string): Point | undefined {
  switch (text) {
    case "now":
      return { start: now, end: now };
    case "today":
      return { start: startOfDay(now, zone), end: startOfDay(now, zone, 1) };
    case "yesterday":
      return { start: startOfDay(now, zone, -1), end: startOfDay(now, zone) };
    default:
      return undefined;
  }
}

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by how large they are. */
function epoch(text: string): Point | undefined {
  if (!/^\d{9,19}$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  const millis = value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1e3 : value / 1e6;
  return { start: millis, end: millis };
}

const DAY = /^(?:(\d{4})-(\d\d?)-(\d\d?)|([a-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?(?:,? (\d{4}))?|(\d\d?)\.? ([a-z]{3,9})\.?(?: (\d{4}))?)/;
const TIME = /^(\d\d?):(\d\d)(?::(\d\d))?$/;

function dated(text: string, now: number, zone: string, before?: Point): Point | undefined {
  const match = DAY.exec(text);
  const rest = text.slice(match?.[0].length ?? 0).replace(/^(t|,)?\s*(at )?/, "");
  const time = rest === "" ? undefined : TIME.exec(rest);
  if (time === null || (match === null && time === undefined)) {
    return undefined;
  }
  const date = match === null ? dayOf(before?.start ?? now, zone) : dateOf(match, now, zone);
  if (date === undefined) {
    return undefined;
  }
  const at = (plus: { day?: number; minute?: number; second?: number }) =>
    momentOf(
      {
        ...date,
        day: date.day + (plus.day ?? 0),
        hour: Number(time?.[1] ?? 0),
        minute: Number(time?.[2] ?? 0) + (plus.minute ?? 0),
        second: Number(time?.[3] ?? 0),
      },
      zone,
    );
  return { start: at({}), end: time === undefined ? at({ day: 1 }) : at({}) };
}

function dayOf(millis: number, zone: string) {
  const { year, month, day } = clockTime(millis, zone);
  return { year, month, day };
}

function dateOf(match: RegExpExecArray, now: number, zone: string) {
  const [, isoYear, isoMonth, isoDay, nameFirst, dayBehind, yearBehind, dayFirst, nameBehind, yearLast] = match;
  const name = nameFirst ?? nameBehind;
  const month = name === undefined ? Number(isoMonth) : MONTHS.indexOf(name.slice(0, 3)) + 1;
  const day = Number(isoDay ?? dayBehind ?? dayFirst);
  const said = isoYear ?? yearBehind ?? yearLast;
  const today = dayOf(now, zone);
  const ahead = month > today.month || (month === today.month && day > today.day);
  const year = said === undefined ? today.year - (ahead ? 1 : 0) : Number(said);
  const exists = month >= 1 && day >= 1 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return exists && month <= 12 ? { year, month, day } : undefined;
}

function exact(text: string): Point | undefined {
  if (!/^\d{4}-\d\d-\d\dt.+(z|[+-]\d\d:?\d\d)$/.test(text)) {
    return undefined;
  }
  const millis = Date.parse(text.toUpperCase());
  return Number.isNaN(millis) ? undefined : { start: millis, end: millis };
}
