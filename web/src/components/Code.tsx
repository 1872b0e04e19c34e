import { copy } from "../app/notice";
import { Button } from "./Button";
import style from "./Code.module.css";

/** A text to take along. It is shown as it is, whatever is in it. */
export function Code({ name, text }: { name: string; text: string }) {
  return (
    <div className={style.code}>
      <Button kind="quiet" onClick={() => void copy(name, text)} label={`Copy ${name}`}>
        Copy
      </Button>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
