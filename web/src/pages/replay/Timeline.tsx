import { useMemo } from "react";
import { count, millis } from "../../components/numbers";
import type { Replay } from "../../data/sessions";
import { clock } from "./clock";
import { errorDensity, idleGaps, spansOf } from "./playing";
import type { Player } from "./usePlayer";
import style from "./Replay.module.css";

/** Columns of the picture: what is closer together is one. */
const COLUMNS = 600;
const PARTS = 120;
const LANE = 18;
const DENSITY = 22;

/** A session at a glance: a lane an engine, where errors are, where nothing happens, and the playhead. */
export function Timeline({ replay, player }: { replay: Replay; player: Player }) {
  const { session, events } = replay;
  const length = session.length_ms || 1;
  const x = (moment: number) => (Math.max(0, moment) / length) * COLUMNS;
  const height = DENSITY + session.lanes.length * LANE;
  const picture = useMemo(() => {
    const density = errorDensity(events, session.length_ms, PARTS);
    const most = Math.max(1, ...density);
    return (
      <>
        {idleGaps(events).map((gap) => (
          <rect key={gap.from} className={style.idle} x={x(gap.from)} y={0} width={x(gap.to) - x(gap.from)} height={height} />
        ))}
        {density.map((errors, part) =>
          errors === 0 ? null : (
            // A bar is its place in time.
            // oxlint-disable-next-line react/no-array-index-key
            <rect key={part} className={style.failed} x={(part * COLUMNS) / PARTS} y={DENSITY - 2 - (errors / most) * (DENSITY - 4)} width={COLUMNS / PARTS - 0.5} height={(errors / most) * (DENSITY - 4)} />
          ),
        )}
        {spansOf(events, length / COLUMNS).map((span) => (
          <rect
            key={`${span.lane} ${span.from} ${span.to} ${span.error}`}
            className={span.error ? style.failed : style.went}
            x={x(span.from)}
            y={DENSITY + span.lane * LANE + 4}
            width={Math.max(1.5, x(span.to) - x(span.from))}
            height={LANE - 8}
          />
        ))}
      </>
    );
    // The picture is of the session alone; only the playhead moves.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [replay]);
  return (
    <div className={style.timeline}>
      <ul className={style.lanes} style={{ paddingTop: DENSITY }} aria-label="Engines">
        {session.lanes.map((lane, place) => (
          <li key={lane.engine ?? place} style={{ height: LANE }} title={`${count(lane.events)} events, ${count(lane.errors)} errors`}>
            {lane.engine ?? "no engine"}
          </li>
        ))}
      </ul>
      <div className={style.track}>
        <svg viewBox={`0 0 ${COLUMNS} ${height}`} preserveAspectRatio="none" style={{ height }} aria-hidden="true">
          {picture}
          <rect className={style.head} x={x(player.moment)} y={0} width={1.5} height={height} />
        </svg>
        <input
          type="range"
          className={style.scrubber}
          min={0}
          max={session.length_ms}
          step="any"
          value={player.moment}
          aria-label={`Moment in the session, which lasts ${millis(session.length_ms)}`}
          aria-valuetext={clock(player.moment)}
          onChange={(event) => player.seek(Number(event.target.value))}
        />
      </div>
    </div>
  );
}
