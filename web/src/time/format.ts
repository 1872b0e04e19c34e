import type { Bounds, TimeRange } from "./range";
import { clockTime } from "./zone";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** `14:26:32.542`. */
export function timeOfDay(millis: number, zone: string, fraction = true): string {
  const { hour, minute, second } = clockTime(millis, zone);
  const behind = fraction ? `.${String(((millis % 1000) + 1000) % 1000 | 0).padStart(3, "0")}` : "";
  return `${two(hour)}:${two(minute)}:${two(second)}${behind}`;
}

/** `Nov 25`, with the year where it is another one than now. */
export function dayText(millis: number, zone: string, now = Date.now()): string {
  const { year, month, day } = clockTime(millis, zone);
  const name = `${MONTHS[month - 1]} ${day}`;
  return year === clockTime(now, zone).year ? name : `${name}, ${year}`;
}

/** `Nov 25 14:26:32.542`. */
export function dateTime(millis: number, zone: string, fraction = true): string {
  return `${dayText(millis, zone)} ${timeOfDay(millis, zone, fraction)}`;
}

const NAMES: Readonly<Record<string, string>> = { s: "second", m: "minute", h: "hour", d: "day", w: "week" };

/** What the time picker shows: `Last 15 minutes`, `Since Nov 25 14:00`, `Nov 24 – Nov 25 12:30`. */
export function rangeLabel(range: TimeRange, zone: string): string {
  if (range.kind === "sliding") {
    const unit = NAMES[range.span.slice(-1)];
    const count = Number.parseInt(range.span, 10);
    if (unit === undefined || range.span.endsWith("ms")) {
      return `Last ${range.span}`;
    }
    return count === 1 ? `Last ${unit}` : `Last ${count} ${unit}s`;
  }
  if (range.kind === "growing") {
    return `Since ${shortDateTime(range.from, zone)}`;
  }
  const first = shortDateTime(range.from, zone);
  const sameDay = dayText(range.from, zone) === dayText(range.to, zone);
  return `${first} – ${sameDay ? shortTime(range.to, zone) : shortDateTime(range.to, zone)}`;
}

function shortDateTime(millis: number, zone: string): string {
  const { hour, minute, second } = clockTime(millis, zone);
  const midnight = hour === 0 && minute === 0 && second === 0;
  return midnight ? dayText(millis, zone) : `${dayText(millis, zone)} ${shortTime(millis, zone)}`;
}

function shortTime(millis: number, zone: string): string {
  const text = timeOfDay(millis, zone, false);
  return text.endsWith(":00") ? text.slice(0, 5) : text;
}

/** Times of rows: with the day where the range has several. */
export function rowTime(millis: number, zone: string, bounds: Bounds): string {
  return bounds.to - bounds.from > 86_400_000 ? dateTime(millis, zone) : timeOfDay(millis, zone);
}

/** `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(millis: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - millis) / 1000));
  if (seconds < 5) {
    return "just now";
  }
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}
