import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTheme } from "../app/theme";
import { dateTime } from "../time/format";
import { ChartTable } from "./ChartTable";
import { colourOf } from "./colours";
import { type Cell, cellsBetween, type HeatmapPart, paint, partOf, shownBins, timesBelow } from "./heatmapCells";
import { count } from "./numbers";
import chart from "./Chart.module.css";
import style from "./Heatmap.module.css";

interface HeatmapProps {
  /** What it shows, in words. */
  readonly label: string;
  /** When each bucket begins, in milliseconds since 1970, evenly apart. */
  readonly times: readonly number[];
  readonly step: number;
  /** Where each bin begins, and where the last one ends. */
  readonly bounds: readonly number[];
  /** Of each bucket, how many there are in each bin. */
  readonly counts: readonly (readonly number[])[];
  readonly height: number;
  readonly zone: string;
  readonly format: (bound: number) => string;
  /** Told the part that was chosen, by a click, by dragging, or with Shift and the arrow keys. */
  readonly onSelect: (part: HeatmapPart) => void;
  readonly stale?: boolean;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Counts by time and size, the darker the more. All of it can be had by keys, and as a table. */
export function Heatmap({ label, times, step, bounds, counts, height, zone, format, onSelect, stale = false }: HeatmapProps) {
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<Cell>();
  const [anchor, setAnchor] = useState<Cell>();
  const [dragging, setDragging] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const bins = useMemo(() => shownBins(counts), [counts]);
  const rows = bins.to - bins.from;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) {
      return;
    }
    const draw = () => paint(element, counts, bins, colourOf("--accent"));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
    // The theme has other colours; the table takes the canvas away.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [counts, bins, theme, asTable]);

  const inside = (cell: Cell): Cell => ({
    time: Math.min(times.length - 1, Math.max(0, cell.time)),
    bin: Math.min(bins.to - 1, Math.max(bins.from, cell.bin)),
  });
  const under = (event: PointerEvent<HTMLElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    return inside({
      time: Math.floor(((event.clientX - box.left) / box.width) * times.length),
      bin: bins.to - 1 - Math.floor(((event.clientY - box.top) / box.height) * rows),
    });
  };
  const choose = (cell: Cell) => onSelect(partOf(cellsBetween(cell, anchor ?? cell), times, step, bounds));
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const before = at ?? { time: times.length, bin: bins.from };
      setAnchor(event.shiftKey ? (anchor ?? inside(before)) : undefined);
      setAt(inside({ time: before.time + move[0], bin: before.bin + move[1] }));
    } else if (event.key === "Enter" && at !== undefined) {
      event.preventDefault();
      choose(inside(at));
    }
  };
  const part = at === undefined || rows === 0 ? undefined : cellsBetween(inside(at), inside(anchor ?? at));
  const shown = part === undefined ? undefined : partOf(part, times, step, bounds);
  return (
    <figure className={stale ? `${chart.chart} ${chart.stale}` : chart.chart}>
      <figcaption className={chart.caption}>
        <div className={chart.readout} aria-live="polite">
          {part === undefined || shown === undefined ? (
            <span>The darker, the more calls</span>
          ) : (
            <>
              <time dateTime={new Date(shown.from).toISOString()}>
                {dateTime(shown.from, zone, false)} … {dateTime(shown.to, zone, false)}
              </time>
              <span className={chart.series}>
                {format(shown.low)} – {format(shown.high)}
                <b>{count(sumOf(counts, part))} calls</b>
              </span>
            </>
          )}
        </div>
        <button type="button" className={chart.toggle} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Chart" : "Table"}
        </button>
      </figcaption>
      {asTable ? (
        <ChartTable
          label={label}
          times={times}
          zone={zone}
          format={count}
          series={Array.from({ length: rows }, (_, row) => ({
            name: `${format(bounds[bins.from + row] ?? 0)} – ${format(bounds[bins.from + row + 1] ?? 0)}`,
            token: "--accent",
            values: counts.map((each) => each[bins.from + row] ?? 0),
          }))}
        />
      ) : (
        <div className={style.map}>
          <Sides bounds={bounds.slice(bins.from, bins.to + 1)} height={height} format={format} />
          {/* What has the arrow keys is a group: no other role has a part to choose. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div
            className={style.cells}
            style={{ height }}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            role="group"
            aria-roledescription="heatmap"
            aria-label={`${label}. Arrow keys move, with Shift they choose a part, Enter takes it`}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDragging(true);
              setAnchor(under(event));
              setAt(under(event));
            }}
            onPointerMove={(event) => {
              setAt(under(event));
              if (!dragging) {
                setAnchor(undefined);
              }
            }}
            onPointerUp={(event) => {
              setDragging(false);
              if (dragging && rows > 0) {
                choose(under(event));
              }
            }}
            onPointerCancel={() => setDragging(false)}
            onPointerLeave={() => !dragging && setAt(undefined)}
          >
            <canvas ref={canvas} aria-hidden="true" />
            {part !== undefined && (
              <span
                className={style.part}
                aria-hidden="true"
                style={{
                  left: `${(100 * part.first) / times.length}%`,
                  width: `${(100 * (part.last + 1 - part.first)) / times.length}%`,
                  bottom: `${(100 * (part.low - bins.from)) / rows}%`,
                  height: `${(100 * (part.high + 1 - part.low)) / rows}%`,
                }}
              />
            )}
          </div>
          <div className={style.times} aria-hidden="true">
            {timesBelow(times, zone).map(({ place, text }) => (
              <span key={place} style={{ left: `${(100 * place) / times.length}%` }}>
                {text}
              </span>
            ))}
          </div>
        </div>
      )}
    </figure>
  );
}

function sumOf(counts: readonly (readonly number[])[], { first, last, low, high }: ReturnType<typeof cellsBetween>): number {
  return counts.slice(first, last + 1).reduce((sum, bucket) => sum + bucket.slice(low, high + 1).reduce((own, each) => own + each, 0), 0);
}

/** About how far apart the bounds on the left side are, in pixels. */
const APART = 30;

/** Some of the bounds beside the bins, as the axis of a chart has them. */
function Sides({ bounds, height, format }: { bounds: readonly number[]; height: number; format: (bound: number) => string }) {
  const rows = bounds.length - 1;
  const every = Math.max(1, Math.ceil((rows * APART) / height));
  return (
    <div className={style.side} style={{ height }} aria-hidden="true">
      {bounds.map((bound, row) =>
        row % every === 0 && row < rows ? (
          <span key={bound} style={{ bottom: `${(100 * row) / rows}%` }}>
            {format(bound)}
          </span>
        ) : null,
      )}
    </div>
  );
}
