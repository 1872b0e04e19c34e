/** Frames of platforms and of libraries that nobody here has written. */
const FOREIGN = /^\s*(?:at (?:async )?(?:java|jdk|sun|javax|kotlin|scala)\.|at java\.base\/|at .*\(?node:|at .*node_modules|at async Promise|.*site-packages|.*\/lib\/python|at System\.|at Microsoft\.|\.\.\. \d+ more)/;

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
