import { dateTime } from "../time/format";
import type { ChartSeries } from "./chartOptions";
import style from "./Chart.module.css";

interface ChartTableProps {
  readonly label: string;
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly zone: string;
  readonly format: (value: number) => string;
}

/** What a chart shows, in numbers. */
export function ChartTable({ label, times, series, zone, format }: ChartTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={style.table} tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            {series.map((each) => (
              <th key={each.name} scope="col">
                {each.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time, place) => (
            <tr key={time}>
              <th scope="row">{dateTime(time, zone, false)}</th>
              {series.map((each) => {
                const value = each.values[place];
                return <td key={each.name}>{value === null || value === undefined ? "–" : format(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
