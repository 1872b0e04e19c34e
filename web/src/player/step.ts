import type { Show } from "./messages";

/** So far what is seen may be from the playhead, in milliseconds of the viewer's time. */
const DRIFT = 250;

/**
 * What has to be done so that what is seen is what the playhead is at.
 *
 * @param before what was asked for last
 * @param current where the recording is, in milliseconds since its beginning
 * @param offset where it should be
 */
export function correction(before: Show | undefined, next: Show, current: number, offset: number): "play" | "pause" | "none" {
  if (!next.playing) {
    return before === undefined || before.playing || before.at !== next.at ? "pause" : "none";
  }
  const began = before === undefined || !before.playing || before.speed !== next.speed;
  return began || Math.abs(current - offset) > DRIFT * Math.max(1, next.speed) ? "play" : "none";
}
