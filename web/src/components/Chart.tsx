import "uplot/dist/uPlot.min.css";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import uPlot from "uplot";
import { useTheme } from "../app/theme";
import { dateTime } from "../time/format";
import { ChartTable } from "./ChartTable";
import { type ChartMark, type ChartSeries, optionsOf, stacked } from "./chartOptions";
import style from "./Chart.module.css";

export interface ChartProps {
  /** What it shows, in words. */
  readonly label: string;
  /** When each bucket begins, in milliseconds since 1970, evenly apart. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly kind: "bars" | "lines";
  readonly height: number;
  readonly zone: string;
  readonly format: (value: number) => string;
  /** Each step up is a multiple, for what spreads over several powers of ten. */
  readonly logarithmic?: boolean;
  readonly marks?: readonly ChartMark[];
  /** Told the part that was chosen, by dragging or with Shift and the arrow keys. */
  readonly onSelect?: (from: number, to: number) => void;
  readonly stale?: boolean;
}

/** Numbers over time. Everything in it can be had from the keyboard, and as a table. */
export function Chart(props: ChartProps) {
  const { label, times, series, kind, height, zone, format, marks = [], onSelect, stale = false, logarithmic = false } = props;
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  // Moments rather than places, which mean other buckets once the chart has moved on.
  const [at, setAt] = useState<number>();
  const [since, setSince] = useState<number>();
  const [asTable, setAsTable] = useState(false);
  const step = (times[1] ?? 0) - (times[0] ?? 0) || 60_000;
  const place = placeOf(at, times, step);
  const anchor = placeOf(since, times, step);
  const setPlace = useEffectEvent((next: number | undefined) => setAt(next === undefined ? undefined : times[next]));
  const ready = useEffectEvent(() => place !== undefined && moveTo(place));
  const select = useEffectEvent((from: number, to: number) => onSelect?.(from, to));
  const shown = JSON.stringify([times[0], times.length, series.map((each) => each.name), marks, theme, zone, kind, asTable]);

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return;
    }
    const options = optionsOf({ width: element.clientWidth, height, kind, zone, series, logarithmic, marks, step, format, onReady: ready, onPlace: setPlace, onSelect: select });
    const data = dataOf(times, series, kind);
    const drawn = new uPlot(options, data, element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = undefined;
    };
    // It is drawn anew only when its shape changes; numbers alone are set below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown, height]);

  useEffect(() => {
    plot.current?.setData(dataOf(times, series, kind));
  }, [times, series, kind]);

  const moveTo = (next: number) => {
    const drawn = plot.current;
    const time = times[next];
    if (drawn === undefined || time === undefined) {
      return;
    }
    drawn.setCursor({ left: drawn.valToPos((time + (kind === "bars" ? step / 2 : 0)) / 1000, "x"), top: 10 });
    setAt(time);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const from = place ?? (by > 0 ? -1 : times.length);
      if (event.shiftKey) {
        setSince((before) => before ?? times[Math.max(0, from)]);
      } else {
        setSince(undefined);
      }
      moveTo(Math.min(times.length - 1, Math.max(0, from + by)));
    } else if (event.key === "Enter" && place !== undefined) {
      event.preventDefault();
      const [first, last] = [Math.min(place, anchor ?? place), Math.max(place, anchor ?? place)];
      onSelect?.(times[first] ?? 0, (times[last] ?? 0) + step);
    }
  };
  return (
    <figure className={stale ? `${style.chart} ${style.stale}` : style.chart}>
      <figcaption className={style.caption}>
        <Readout times={times} series={series} place={place} anchor={anchor} zone={zone} format={format} />
        <button type="button" className={style.toggle} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Chart" : "Table"}
        </button>
      </figcaption>
      {asTable ? (
        <ChartTable label={label} times={times} series={series} zone={zone} format={format} />
      ) : (
        // What has the arrow keys is a group: no other role has a part to choose.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div
          ref={host}
          className={style.host}
          style={{ height }}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="group"
          aria-roledescription="chart"
          aria-label={`${label}. Arrow keys move, with Shift they choose a part, Enter takes it`}
          onKeyDown={onKeyDown}
        />
      )}
    </figure>
  );
}

/** Which bucket a moment is in, if it is in one. */
function placeOf(moment: number | undefined, times: readonly number[], step: number): number | undefined {
  const place = moment === undefined ? -1 : Math.floor((moment - (times[0] ?? 0)) / step);
  return place >= 0 && place < times.length ? place : undefined;
}

function dataOf(times: readonly number[], series: readonly ChartSeries[], kind: "bars" | "lines"): uPlot.AlignedData {
  const seconds = times.map((time) => time / 1000);
  const values = kind === "bars" ? stacked(series) : series.map((each) => [...each.values]);
  return [seconds, ...values] as uPlot.AlignedData;
}

interface ReadoutProps extends Pick<ChartProps, "times" | "series" | "zone" | "format"> {
  readonly place: number | undefined;
  readonly anchor: number | undefined;
}

/** The numbers where the cursor is; without one, what the colours mean. */
function Readout({ times, series, place, anchor, zone, format }: ReadoutProps) {
  const time = place === undefined ? undefined : times[place];
  const from = anchor === undefined ? undefined : times[anchor];
  return (
    <div className={style.readout} aria-live="polite">
      {time !== undefined && (
        <time dateTime={new Date(time).toISOString()}>
          {from !== undefined && `${dateTime(from, zone, false)} … `}
          {dateTime(time, zone, false)}
        </time>
      )}
      {series.map((each) => {
        const value = place === undefined ? undefined : each.values[place];
        return (
          <span key={each.name} className={style.series}>
            <i style={{ background: `var(${each.token})` }} aria-hidden="true" />
            {each.name}
            {value !== undefined && <b>{value === null ? "–" : format(value)}</b>}
          </span>
        );
      })}
    </div>
  );
}
