import { ago, dateTime } from "../../time/format";

/** How long ago something was, with the time itself for who points at it. */
export function Moment({ time, zone, now }: { time: string | null | undefined; zone: string; now: number }) {
  if (time === null || time === undefined) {
    return <span className="muted">–</span>;
  }
  const millis = Date.parse(time);
  return (
    <time dateTime={time} title={`${dateTime(millis, zone)} ${zone}`}>
      {ago(millis, now)}
    </time>
  );
}
