import { useState } from "react";
import { Button } from "../../components/Button";
import { Code } from "../../components/Code";
import style from "./Errors.module.css";

const KEY = "blackbox.stack-trace";

/** Frames of platforms and of libraries that nobody here has written. */
const FOREIGN = /^\s*(?:at (?:async )?(?:java|jdk|sun|javax|kotlin|scala)\.|at java\.base\/|at .*\(?node:|at .*node_modules|at async Promise|.*site-packages|.*\/lib\/python|at System\.|at Microsoft\.|\.\.\. \d+ more)/;

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

/** The trace with one line in place of each row of foreign frames. */
export function folded(text: string): string {
  const lines: string[] = [];
  let foreign = 0;
  const close = () => {
    if (foreign > 0) {
      lines.push(`    … ${foreign} ${foreign === 1 ? "frame" : "frames"} of libraries`);
      foreign = 0;
    }
  };
  for (const line of text.split("\n")) {
    if (FOREIGN.test(line)) {
      foreign++;
    } else {
      close();
      lines.push(line);
    }
  }
  close();
  return lines.join("\n");
}
