import { Button } from "../components/Button";
import { dateTime } from "../time/format";
import { useMissed } from "./missed";
import { useView } from "./view";
import style from "./NotRenewed.module.css";

/** Since when the page shows what it had, because the server gives no other answer; one line for all its parts. */
export function NotRenewed() {
  const missed = useMissed();
  const { zone } = useView();
  const oldest = missed.toSorted((one, other) => one.since - other.since)[0];
  return (
    <div role="status" className={oldest === undefined ? undefined : style.line}>
      {oldest !== undefined && (
        <>
          <span>
            {missed.every((each) => each.more) ? "More could not be had" : `Not renewed since ${dateTime(oldest.since, zone, false)}`}: {oldest.error.message}
          </span>
          <Button onClick={() => missed.forEach((each) => each.again())}>Try again</Button>
        </>
      )}
    </div>
  );
}
