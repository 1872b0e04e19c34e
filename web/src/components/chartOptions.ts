import uPlot from "uplot";
import { dayText, timeOfDay } from "../time/format";
import { colourOf } from "./colours";

export interface ChartSeries {
  readonly name: string;
  /** The token of its colour. */
  readonly token: string;
  /** A number for each bucket, null where there is none. */
  readonly values: readonly (number | null)[];
}

/** A moment to see in a chart, such as a deployment. */
export interface ChartMark {
  readonly time: number;
  readonly name: string;
}

interface ChartShape {
  readonly width: number;
  readonly height: number;
  readonly kind: "bars" | "lines";
  readonly zone: string;
  readonly series: readonly ChartSeries[];
  /** Each step up is a multiple; nothing is at 0. */
  readonly logarithmic: boolean;
  readonly marks: readonly ChartMark[];
  /** How long a bucket is, in milliseconds. */
  readonly step: number;
  readonly format: (value: number) => string;
  /** Told once it is drawn. */
  readonly onReady: () => void;
  /** Told which bucket the cursor is over since then. */
  readonly onPlace: (place: number | undefined) => void;
  readonly onSelect: (from: number, to: number) => void;
}

/** A selection narrower than this was a click, in pixels. */
const CLICK = 4;

/** Series on top of each other: the last is the sum of all, and is drawn first. */
export function stacked(series: readonly ChartSeries[]): number[][] {
  const sums = series.map((each) => each.values.map((value) => value ?? 0));
  for (let upper = 1; upper < sums.length; upper++) {
    const [above = [], below = []] = [sums[upper], sums[upper - 1]];
    for (let place = 0; place < above.length; place++) {
      above[place] = (above[place] ?? 0) + (below[place] ?? 0);
    }
  }
  return sums.toReversed();
}

export function optionsOf(shape: ChartShape): uPlot.Options {
  const { kind, series, zone, step } = shape;
  const bars = uPlot.paths.bars?.({ size: [0.86, 60], align: 1 });
  // Stacked bars are drawn from the tallest to the lowest.
  const drawn = kind === "bars" ? series.toReversed() : series;
  const axis = { stroke: colourOf("--text-muted"), font: "11px system-ui, sans-serif", ticks: { show: false } };
  return {
    width: shape.width,
    height: shape.height,
    padding: [6, 28, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    cursor: {
      y: false,
      points: { show: kind === "lines" },
      drag: { x: true, y: false, setScale: false },
      // Bars belong to what is right of where they begin.
      ...(kind === "bars" ? { dataIdx: (plot: uPlot, _: number, hovered: number) => barAt(plot, hovered, step) } : {}),
    },
    scales: {
      x: { time: true, ...(kind === "bars" ? { range: (_, low, high) => [low, high + step / 1000] } : {}) },
      y: shape.logarithmic
        ? { distr: 3, range: (_, low, high) => decades(low, high) }
        : { range: (_, __, high) => [0, high > 0 ? high * 1.06 : 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 22, values: (_, splits, __, ___, increment) => axisTimes(splits, increment, zone) },
      {
        ...axis,
        size: 46,
        gap: 4,
        space: 26,
        grid: {
          stroke: colourOf("--border"),
          width: 1,
          ...(shape.logarithmic ? { filter: (_: uPlot, splits: number[]) => splits.map(powerOfTen) } : {}),
        },
        values: (_, values) => values.map((value: number | null) => (value === null ? "" : shortened(shape.format(value)))),
      },
    ],
    series: [
      {},
      ...drawn.map((each): uPlot.Series => {
        const colour = colourOf(each.token);
        return kind === "bars" && bars !== undefined
          ? { label: each.name, fill: colour, stroke: colour, width: 0, paths: bars, points: { show: false } }
          : { label: each.name, stroke: colour, width: 1.5, spanGaps: false, points: { show: false } };
      }),
    ],
    hooks: {
      draw: [(plot) => drawMarks(plot, shape.marks)],
      ready: [shape.onReady],
      // A chart that is being drawn has its cursor nowhere, wherever it was before.
      setCursor: [(plot) => plot.status === 1 && shape.onPlace(plot.cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width >= CLICK) {
            shape.onSelect(plot.posToVal(left, "x") * 1000, plot.posToVal(left + width, "x") * 1000);
          }
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** The bar under the cursor, not the one whose beginning is nearest. */
function barAt(plot: uPlot, nearest: number, step: number): number {
  const time = plot.posToVal(plot.cursor.left ?? 0, "x");
  const begins = plot.data[0][nearest] ?? 0;
  if (time < begins) {
    return Math.max(0, nearest - 1);
  }
  return time > begins + step / 1000 ? Math.min(plot.data[0].length - 1, nearest + 1) : nearest;
}

/** Whole powers of ten around what there is. */
function decades(low: number | null, high: number | null): [number, number] {
  const [from, to] = [Math.floor(Math.log10(low || 1)), Math.ceil(Math.log10(high || 10))];
  return [10 ** from, 10 ** Math.max(to, from + 1)];
}

/** The number where it is a power of ten: lines between them are too many. */
function powerOfTen(value: number): number | null {
  return Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6) ? value : null;
}

/** `30 s` for `30.00 s`. */
function shortened(text: string): string {
  return text.replace(/\.0+(?= )/, "");
}

/** Short times: the day only where it begins. */
function axisTimes(splits: readonly number[], increment: number, zone: string): string[] {
  let before = "";
  return splits.map((seconds) => {
    const day = dayText(seconds * 1000, zone);
    const clock = timeOfDay(seconds * 1000, zone, false);
    const begins = before !== "" && day !== before;
    before = day;
    return increment >= 86_400 || begins ? day : increment < 60 ? clock : clock.slice(0, 5);
  });
}

/** Longer names would cover what they mark, in letters. */
const LONGEST_MARK = 28;

function drawMarks(plot: uPlot, marks: readonly ChartMark[]): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colourOf("--text");
  ctx.strokeStyle = ctx.fillStyle;
  ctx.font = `${11 * pixel}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.setLineDash([3 * pixel, 3 * pixel]);
  // Where the names of each line of them end, so that none is written over another.
  const ends: number[] = [];
  for (const mark of marks.toSorted((a, b) => a.time - b.time)) {
    const x = Math.round(plot.valToPos(mark.time / 1000, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) {
      continue;
    }
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const name = mark.name.length > LONGEST_MARK ? `${mark.name.slice(0, LONGEST_MARK - 1)}…` : mark.name;
    const width = ctx.measureText(name).width;
    const left = x + width + 8 * pixel > bbox.left + bbox.width ? x - width - 4 * pixel : x + 4 * pixel;
    const free = ends.findIndex((end) => end < left);
    const line = free < 0 ? ends.length : free;
    ends[line] = left + width;
    const base = bbox.top + (10 + 13 * line) * pixel;
    // A ground of its own keeps it readable over bars and lines.
    ctx.save();
    ctx.fillStyle = colourOf("--surface");
    ctx.fillRect(left - 2 * pixel, base - 10 * pixel, width + 4 * pixel, 13 * pixel);
    ctx.restore();
    ctx.fillText(name, left, base);
  }
  ctx.restore();
}
