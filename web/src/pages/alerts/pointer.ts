const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** An object or an array around a place, and which of its members that is. */
interface Around {
  readonly array: boolean;
  key: string;
  /** The next token begins a member. */
  next: boolean;
}

/**
 * The line, from 1, of the place that a JSON pointer leads to; of what is around it where it is not
 * there itself. The text may be damaged.
 */
export function lineOf(text: string, pointer: string): number {
  const wanted = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const around: Around[] = [];
  let depth = 0;
  let best = Math.max(0, text.search(/\S/));
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const inner = around.at(-1);
    if (token === "}" || token === "]") {
      around.pop();
    } else if (token === ",") {
      if (inner !== undefined) {
        inner.next = true;
        inner.key = inner.array ? String(Number(inner.key) + 1) : "";
      }
    } else if (token !== ":") {
      if (inner?.next === true) {
        inner.next = false;
        inner.key = inner.array ? inner.key : unquoted(token);
        if (around.length > depth && around.length <= wanted.length && around.every(({ key }, place) => key === wanted[place])) {
          depth = around.length;
          best = index;
        }
      }
      if (token === "{" || token === "[") {
        around.push({ array: token === "[", key: token === "[" ? "0" : "", next: true });
      }
    }
  }
  return text.slice(0, best).split("\n").length;
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
