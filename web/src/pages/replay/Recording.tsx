import { useEffect, useRef, useState } from "react";
import { useAnswer } from "../../app/useAnswer";
import { ErrorState, Skeleton } from "../../components/EmptyState";
import { count } from "../../components/numbers";
import { Panel } from "../../components/Panel";
import { recording, type Replay } from "../../data/sessions";
import type { FromPlayer, ToPlayer } from "../../player/messages";
import type { Player } from "./usePlayer";
import style from "./Replay.module.css";

/** What the page looked like, in step with the playhead. */
export function Recording({ replay, player }: { replay: Replay; player: Player }) {
  const found = useAnswer(recording(replay.session));
  const frame = useRef<HTMLIFrameElement>(null);
  const [said, setSaid] = useState<FromPlayer>();
  const events = found.data;
  useEffect(() => {
    const listen = ({ source, origin, data }: MessageEvent<FromPlayer>) => {
      if (source === frame.current?.contentWindow && origin === location.origin) {
        setSaid(data);
      }
    };
    addEventListener("message", listen);
    return () => removeEventListener("message", listen);
  }, []);
  const ready = said?.kind === "ready";
  useEffect(() => {
    if (ready && events !== undefined) {
      tell(frame.current, { kind: "load", events });
    }
  }, [ready, events]);
  const { moment, playing, speed } = player;
  const loaded = said?.kind === "loaded";
  const at = Date.parse(replay.session.start) + moment;
  useEffect(() => {
    if (loaded) {
      tell(frame.current, { kind: "show", at, playing, speed });
    }
  }, [loaded, at, playing, speed]);
  const first = events?.[0]?.timestamp ?? 0;
  const last = events?.at(-1)?.timestamp ?? 0;
  const outside = at < first ? "It begins later" : at > last ? "It has ended" : undefined;
  return (
    <Panel title="Recording" scope={events === undefined ? "" : [`${count(events.length)} events, masked`, outside].filter((part) => part !== undefined).join(" · ")}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : events === undefined ? (
        <Skeleton rows={8} />
      ) : said?.kind === "failed" ? (
        <p className={style.quiet}>It cannot be played: {said.detail}</p>
      ) : (
        // Its document is ours, with a policy of its own; what is recorded is in a sandboxed frame inside of it.
        // oxlint-disable-next-line react/iframe-missing-sandbox
        <iframe ref={frame} className={style.recording} src="/player.html" title="Recording of the page" tabIndex={-1} />
      )}
    </Panel>
  );
}

function tell(frame: HTMLIFrameElement | null, message: ToPlayer): void {
  frame?.contentWindow?.postMessage(message, location.origin);
}
