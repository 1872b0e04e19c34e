import type { PolicyDocument } from "../../data/alerts";
import { ProblemError } from "../../data/api";
import { lineOf } from "./pointer";

/** Something that is wrong with a document, and where. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** A JSON pointer; empty for the document itself. */
  readonly pointer: string;
  readonly detail: string;
}

export type Parsed =
  | { readonly document: PolicyDocument }
  | { readonly document?: undefined; readonly error: string; readonly line: number };

/** Reads what was written; says in which line it stops being JSON. */
export function parsed(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { error: "A JSON object was expected", line: 1 };
    }
    return { document: value as PolicyDocument };
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    // Browsers say it in different words; some say nothing where the text just ends.
    const line = /line (\d+)/.exec(said)?.[1];
    const position = /position (\d+)/.exec(said)?.[1];
    const before = text.slice(0, Number(position ?? text.length) + 1);
    return { error: `It is no JSON yet: ${said}`, line: line === undefined ? before.trimEnd().split("\n").length : Number(line) };
  }
}

/** What the server says about a policy; a trial has it inside of a request, at `/policy`. */
export function placesOf(text: string, refused: Error | null): Place[] {
  const problem = refused instanceof ProblemError ? refused.problem : undefined;
  return (problem?.errors ?? []).map(({ pointer, detail }) => {
    const inside = problem?.type === "invalid-backtest" ? pointer.replace(/^\/policy/, "") : pointer;
    return { line: lineOf(text, inside), pointer: inside, detail };
  });
}
