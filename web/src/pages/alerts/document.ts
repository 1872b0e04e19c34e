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

/**
 * The same document with another match; what was written elsewhere in it stays as it is, line by
 * line, where the match can be found.
 */
export function withMatch(text: string, document: PolicyDocument, match: string): string {
  const written = JSON.stringify(match);
  const member = MATCH.exec(text);
  if (member !== null) {
    const replaced = text.slice(0, member.index) + member[1] + written + text.slice(member.index + member[0].length);
    const read = parsed(replaced).document;
    if (read !== undefined && JSON.stringify(read) === JSON.stringify({ ...document, match })) {
      return replaced;
    }
  }
  return JSON.stringify({ ...document, match }, null, 2);
}

/** A member of this name; a deeper one of it is found as well, which a second look tells. */
const MATCH = /("match"\s*:\s*)"(?:[^"\\]|\\.)*"/;
