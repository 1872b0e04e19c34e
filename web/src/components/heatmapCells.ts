import { dayText, timeOfDay } from "../time/format";
import { startOfDay } from "../time/zone";

/** A bucket and a bin, each counted from 0. */
export interface Cell {
  readonly time: number;
  readonly bin: number;
}

/** Cells from the first to the last bucket and from the low to the high bin, all of them included. */
export interface Cells {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** What cells stand for: from a moment and a size on, to below others. */
export interface HeatmapPart {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

export function cellsBetween(one: Cell, other: Cell): Cells {
  return {
    first: Math.min(one.time, other.time),
    last: Math.max(one.time, other.time),
    low: Math.min(one.bin, other.bin),
    high: Math.max(one.bin, other.bin),
  };
}

export function partOf(cells: Cells, times: readonly number[], step: number, bounds: readonly number[]): HeatmapPart {
  return { from: times[cells.first] ?? 0, to: (times[cells.last] ?? 0) + step, low: bounds[cells.low] ?? 0, high: bounds[cells.high + 1] ?? 0 };
}

/** From the first bin that has something to behind the last; the others are not worth the room. */
export function shownBins(counts: readonly (readonly number[])[]): { readonly from: number; readonly to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const bucket of counts) {
    for (const [bin, calls] of bucket.entries()) {
      if (calls > 0) {
        from = Math.min(from, bin);
        to = Math.max(to, bin + 1);
      }
    }
  }
  return to === 0 ? { from: 0, to: 0 } : { from, to };
}

/** What has a single call is still to be seen. */
const LEAST = 0.14;

/** How much of the colour a count has, of 0 to 1; the root, since a few slow calls matter beside many quick ones. */
export function strength(calls: number, most: number): number {
  return calls === 0 || most === 0 ? 0 : LEAST + (1 - LEAST) * Math.sqrt(calls / most);
}

/** Draws the cells as large as the canvas is. */
export function paint(canvas: HTMLCanvasElement, counts: readonly (readonly number[])[], bins: { readonly from: number; readonly to: number }, colour: string): void {
  const scale = devicePixelRatio;
  canvas.width = Math.round(canvas.clientWidth * scale);
  canvas.height = Math.round(canvas.clientHeight * scale);
  const drawing = canvas.getContext("2d");
  if (drawing === null || bins.to === bins.from) {
    return;
  }
  let most = 0;
  for (const bucket of counts) {
    for (const calls of bucket) {
      most = Math.max(most, calls);
    }
  }
  const width = canvas.width / counts.length;
  const height = canvas.height / (bins.to - bins.from);
  drawing.fillStyle = colour;
  for (const [place, bucket] of counts.entries()) {
    for (let bin = bins.from; bin < bins.to; bin++) {
      drawing.globalAlpha = strength(bucket[bin] ?? 0, most);
      const left = Math.round(place * width);
      const top = Math.round((bins.to - 1 - bin) * height);
      drawing.fillRect(left, top, Math.round((place + 1) * width) - left, Math.round((bins.to - bin) * height) - top);
    }
  }
}

/** More times than this are not written below the cells: they would run into each other on a phone. */
const MOST_TIMES = 6;

const MINUTE = 60_000;
const DAY = 1440;

/** How far apart times may be written, in minutes. */
const APART = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, DAY];

/** Which buckets have their time written below them: round ones of the zone's clock, the day where one begins. */
export function timesBelow(times: readonly number[], zone: string): { readonly place: number; readonly text: string }[] {
  const minutes = times.map((time) => (time - startOfDay(time, zone)) / MINUTE);
  let shown = times.map((_, place) => place);
  for (const apart of APART) {
    if (shown.length <= MOST_TIMES) {
      break;
    }
    shown = minutes.flatMap((minute, place) => (minute % apart === 0 ? [place] : []));
  }
  const every = Math.ceil(shown.length / MOST_TIMES);
  return shown
    .filter((_, index) => index % every === 0)
    .map((place) => {
      const time = times[place] ?? 0;
      return { place, text: minutes[place] === 0 ? dayText(time, zone) : timeOfDay(time, zone, false).slice(0, 5) };
    });
}
