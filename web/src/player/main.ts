import { Replayer } from "@rrweb/replay";
import type { FromPlayer, Load, Show, ToPlayer } from "./messages";
import { cutLinks } from "./links";
import { correction } from "./step";
import replayerStyle from "@rrweb/replay/dist/style.css?inline";
import playerStyle from "./player.css?inline";

/**
 * Plays a recording inside of a document of its own, which the server's policy lets have inline
 * styles and nothing else: recorded pages have those. What is recorded is rebuilt in a frame inside
 * of this one, in which no script runs.
 */
const stage = document.querySelector("#stage") ?? document.body;
// Its own styles are inline as those of recordings are: no style sheet is loaded, from nowhere.
const styles = document.createElement("style");
styles.textContent = replayerStyle + playerStyle;
document.head.append(styles);

let replayer: Replayer | undefined;
let shown: Show | undefined;

function say(message: FromPlayer): void {
  parent.postMessage(message, location.origin);
}

function load({ events }: Load): void {
  try {
    cutLinks(events);
    replayer = new Replayer(events as unknown as ConstructorParameters<typeof Replayer>[0], {
      root: stage,
      mouseTail: false,
      showWarning: false,
      triggerFocus: false,
      UNSAFE_replayCanvas: false,
    });
    replayer.on("resize", fit);
    fit();
    say({ kind: "loaded" });
  } catch (error) {
    say({ kind: "failed", detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Follows the playhead; what is played is left alone as long as it is in step. */
function show(next: Show): void {
  if (replayer === undefined) {
    return;
  }
  const before = shown;
  shown = next;
  const { startTime, totalTime } = replayer.getMetaData();
  if (before?.speed !== next.speed) {
    replayer.setConfig({ speed: next.speed });
  }
  const offset = Math.max(0, Math.min(totalTime, next.at - startTime));
  switch (correction(before, next, replayer.getCurrentTime(), offset)) {
    case "play":
      replayer.play(offset);
      break;
    case "pause":
      // What was recorded at this very moment is over then.
      replayer.pause(offset + 1);
      break;
    case "none":
      break;
  }
}

/** Makes the recorded page as large as there is room. */
function fit(): void {
  if (replayer === undefined) {
    return;
  }
  const { offsetWidth, offsetHeight } = replayer.iframe;
  const scale = Math.min(1, innerWidth / offsetWidth, innerHeight / offsetHeight);
  replayer.wrapper.style.transform = `scale(${Number.isFinite(scale) && scale > 0 ? scale : 1})`;
}

addEventListener("resize", fit);
addEventListener("message", ({ source, origin, data }: MessageEvent<ToPlayer>) => {
  if (source !== parent || origin !== location.origin) {
    return;
  }
  if (data.kind === "load") {
    load(data);
  } else if (data.kind === "show") {
    show(data);
  }
});
say({ kind: "ready" });
