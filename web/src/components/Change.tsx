import { change } from "./numbers";
import style from "./Change.module.css";

/** How small a change is that says nothing. */
const NOTHING = 0.1;

/**
 * By how much something has grown against the time before.
 *
 * @param good whether more of it is good, bad, or neither
 */
export function Change({ grown, more }: { grown: number | null | undefined; more: "good" | "bad" | "neither" }) {
  const text = change(grown);
  if (text === "") {
    return null;
  }
  const much = Math.abs(grown ?? 0) >= NOTHING && more !== "neither";
  const bad = much && (grown ?? 0) > 0 === (more === "bad");
  return (
    <span className={much ? (bad ? style.worse : style.better) : style.same} title="Against as much time before">
      {text.startsWith("±") ? "" : (grown ?? 0) > 0 ? "▲ " : "▼ "}
      {text}
    </span>
  );
}
