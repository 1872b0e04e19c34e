import { useMemo, useState } from "react";
import { Button } from "../../components/Button";
import { count } from "../../components/numbers";
import { EventDrawer } from "./EventDrawer";
import { EventList } from "./EventList";
import type { ExploreState } from "./useExplore";
import { useTail } from "./useTail";
import style from "./Explore.module.css";

const STATES = { connecting: "Connecting…", open: "Live", lost: "The live tail was refused or has ended" } as const;

/** Events as they come in. Scrolling down or opening one pauses it. */
export function LiveEvents({ explore }: { explore: ExploreState }) {
  const [stopped, setStopped] = useState(false);
  const [atTop, setAtTop] = useState(true);
  const opened = explore.search.event;
  const paused = stopped || !atTop || opened !== undefined;
  const query = useMemo(() => ({ ...explore.filters, q: explore.search.q }), [explore.filters, explore.search.q]);
  const tail = useTail(true, query, paused);
  const resume = () => {
    setStopped(false);
    setAtTop(true);
    explore.open(undefined);
    document.querySelector('[role="grid"]')?.scrollTo({ top: 0 });
  };
  return (
    <div className={style.found}>
      <div className={style.live} role="status">
        <span className={paused ? style.pausedSign : style.liveSign}>{paused ? "Paused" : STATES[tail.state]}</span>
        {tail.waiting > 0 && <Button onClick={resume}>{count(tail.waiting)} new</Button>}
        {tail.leftOut > 0 && <span>{count(tail.leftOut)} were left out: more came than can be shown</span>}
        <Button kind="quiet" onClick={() => (paused ? resume() : setStopped(true))}>
          {paused ? "Go on" : "Pause"}
        </Button>
      </div>
      <EventList
        events={tail.events}
        columns={explore.columns}
        zone={explore.view.zone}
        bounds={explore.view.bounds}
        opened={opened}
        stale={false}
        order="newest"
        onTurn={() => explore.tail(false)}
        onOpen={explore.open}
        onTop={setAtTop}
        footer={tail.events.length === 0 && <p className={style.end}>Waiting for an event that matches</p>}
      />
      {opened !== undefined && (
        <EventDrawer id={opened} known={tail.events.find((event) => event.event_id === opened)} explore={explore} />
      )}
    </div>
  );
}
