/** The time zone of this browser, as an IANA name. */
export const LOCAL_ZONE: string = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** A moment as a clock in some zone shows it; the month is 1 to 12. */
export interface ClockTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat("en-US-u-hc-h23", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, known);
  }
  return known;
}

/** Whether the browser knows a zone of this name. */
export function isZone(name: string): boolean {
  try {
    format(name);
    return true;
  } catch {
    return false;
  }
}

/** What the clock shows at a moment, in milliseconds since 1970. */
export function clockTime(millis: number, zone: string): ClockTime {
  const parts: Record<string, number> = {};
  for (const part of format(zone).formatToParts(millis)) {
    parts[part.type] = Number(part.value);
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** How far the zone's clock is ahead of UTC at a moment, in milliseconds. */
function offset(millis: number, zone: string): number {
  const shown = clockTime(millis, zone);
  const asUtc = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
  return asUtc - Math.floor(millis / 1000) * 1000;
}

/**
 * The moment at which the clock of a zone shows something. Days and hours beyond their month and
 * day carry over. What a clock skips in spring is taken as if it had not been put forward yet; of
 * what it shows twice in autumn, the first is meant.
 */
export function momentOf(time: ClockTime, zone: string): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  const day = 86_400_000;
  const before = asUtc - offset(asUtc - day, zone);
  const after = asUtc - offset(asUtc + day, zone);
  const fits = [before, after].filter((moment) => moment + offset(moment, zone) === asUtc);
  return fits.length > 0 ? Math.min(...fits) : before;
}

/** When the day began in a zone, some days later or earlier. */
export function startOfDay(millis: number, zone: string, days = 0): number {
  const { year, month, day } = clockTime(millis, zone);
  return momentOf({ year, month, day: day + days, hour: 0, minute: 0, second: 0 }, zone);
}
