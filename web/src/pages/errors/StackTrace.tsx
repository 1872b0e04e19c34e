import { useState } from "react";
import { Button } from "../../components/Button";
import { Code } from "../../components/Code";
import { folded } from "./folded";
import style from "./Errors.module.css";

const KEY = "blackbox.stack-trace";

/** A stack trace: foreign frames are folded away unless it is shown raw. Which, is remembered. */
export function StackTrace({ text }: { text: string }) {
  const [raw, setRaw] = useState(() => localStorage.getItem(KEY) === "raw");
  const choose = (wanted: boolean) => {
    localStorage.setItem(KEY, wanted ? "raw" : "pretty");
    setRaw(wanted);
  };
  return (
    <div className={style.trace}>
      <h3>
        Stack trace
        <Button kind="quiet" pressed={raw} onClick={() => choose(!raw)}>
          Raw
        </Button>
      </h3>
      {raw ? <Code name="Stack trace" text={text} /> : <Code name="Stack trace" text={folded(text)} />}
    </div>
  );
}
