/** What a part of an expression is, for its colour. */
export type TokenKind = "field" | "keyword" | "operator" | "string" | "regex" | "bracket" | "word";

/** A part of an expression; blanks belong to none. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  /** The field that a value is of, where it is of one. */
  readonly field?: string | undefined;
}

const FIELD = /(?:\\.|[^\s:()"/\\])+:/y;
const STRING = /"(?:[^"\\]|\\.)*"?/y;
const REGEX = /\/(?:[^/\\]|\\.)*(?:\/i?)?/y;
const OPERATOR = /[<>]=?/y;
const WORD = /(?:\\.|[^\s()"\\])+|\\/y;
const BOUND = /[^\s\]}[{"]+/y;
const KEYWORDS = new Set(["AND", "OR", "NOT"]);

/**
 * Cuts an expression of the query language as the server does. It takes every text, also one that
 * the server refuses: what is wrong is the server's to say.
 */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  /** The fields of the parentheses that are open. */
  const open: (string | undefined)[] = [];
  let at = 0;
  /** The field whose colon ends right here. */
  let named: string | undefined;
  const take = (pattern: RegExp): number | undefined => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : undefined;
  };
  const add = (kind: TokenKind, to: number, field?: string) => {
    found.push({ kind, from: at, to, field });
    at = to;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    const field = named ?? open.at(-1);
    if (/\s/.test(character)) {
      at++;
      named = undefined;
      continue;
    }
    if (character === "(") {
      open.push(field);
      add("bracket", at + 1, field);
    } else if (character === ")") {
      open.pop();
      add("bracket", at + 1);
    } else if (character === '"') {
      add("string", take(STRING) ?? at + 1, field);
    } else if (character === "/" && field !== undefined) {
      add("regex", take(REGEX) ?? at + 1, field);
    } else if (named !== undefined && (character === "[" || character === "{")) {
      at = range(text, at, field, found);
    } else if (named !== undefined && take(OPERATOR) !== undefined) {
      add("operator", take(OPERATOR) ?? at + 1);
      const value = take(WORD);
      if (value !== undefined) {
        add("word", value);
      }
    } else if (character === "-" && named === undefined && /[^\s)]/.test(text.charAt(at + 1))) {
      add("keyword", at + 1);
    } else {
      const colon = named === undefined && open.at(-1) === undefined ? take(FIELD) : undefined;
      if (colon !== undefined) {
        const name = text.slice(at, colon - 1).replaceAll(/\\(.)/g, "$1");
        add("field", colon);
        named = name;
        continue;
      }
      const end = take(WORD) ?? at + 1;
      const isKeyword = named === undefined && KEYWORDS.has(text.slice(at, end));
      add(isKeyword ? "keyword" : "word", end, isKeyword ? undefined : field);
    }
    named = undefined;
  }
  return found;
}

/** Takes what is in the brackets of a range, and the one that closes it; answers where that ends. */
function range(text: string, start: number, field: string | undefined, found: Token[]): number {
  let at = start;
  const add = (kind: TokenKind, to: number) => {
    found.push({ kind, from: at, to, field: kind === "string" ? field : undefined });
    at = to;
  };
  add("bracket", at + 1);
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === "]" || character === "}") {
      add("bracket", at + 1);
      return at;
    }
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    const pattern = character === '"' ? STRING : BOUND;
    pattern.lastIndex = at;
    const end = pattern.test(text) ? pattern.lastIndex : at + 1;
    add(character === '"' ? "string" : text.slice(at, end) === "TO" ? "keyword" : "word", end);
  }
  return at;
}

/** What could be written at a place, and which part of the expression that would replace. */
export type Wanted =
  | { readonly kind: "field"; readonly from: number; readonly to: number; readonly begun: string }
  | { readonly kind: "value"; readonly field: string; readonly from: number; readonly to: number; readonly begun: string };

/** What can be completed at a place of an expression; undefined within what only its writer knows. */
export function wantedAt(text: string, at: number): Wanted | undefined {
  const all = tokens(text);
  const touched = all.find((token) => token.from < at && at <= token.to);
  if (touched === undefined) {
    return anyOf(groupAt(text, all, at), at);
  }
  const { kind, from, to, field } = touched;
  const begun = text.slice(from, at);
  if (kind === "field") {
    return at === to
      ? { kind: "value", field: begun.slice(0, -1).replaceAll(/\\(.)/g, "$1"), from: at, to: at, begun: "" }
      : { kind: "field", from, to, begun };
  }
  if (kind === "word" || kind === "string") {
    if (field !== undefined) {
      return { kind: "value", field, from, to, begun: begun.replace(/^"/, "").replace(/(?<!\\)"$/, "").replaceAll(/\\(.)/g, "$1") };
    }
    // A bound of a range, or a number behind an operator, is nothing that could be counted.
    const before = all[all.indexOf(touched) - 1];
    const joined = before !== undefined && before.to === from && before.kind !== "keyword" && text.charAt(from - 1) !== "(";
    return kind === "word" && !joined ? { kind: "field", from, to, begun } : undefined;
  }
  return kind === "bracket" && text.charAt(from) === "(" ? anyOf(field, at) : undefined;
}

/** A value of the field, or where there is none, a field. */
function anyOf(field: string | undefined, at: number): Wanted {
  const here = { from: at, to: at, begun: "" };
  return field === undefined ? { kind: "field", ...here } : { kind: "value", field, ...here };
}

/** The field whose parentheses are open at a place. */
function groupAt(text: string, all: readonly Token[], at: number): string | undefined {
  const open: (string | undefined)[] = [];
  for (const token of all.filter((each) => each.kind === "bracket" && each.to <= at)) {
    if (text.charAt(token.from) === "(") {
      open.push(token.field);
    } else if (text.charAt(token.from) === ")") {
      open.pop();
    }
  }
  return open.at(-1);
}

const PLAIN = /^[\p{L}\p{N}_.@#%&$+][\p{L}\p{N}_.@#%&$+/-]*$/u;

/** A value as it is written behind a field's colon. */
export function valueText(value: string): string {
  return PLAIN.test(value) && !KEYWORDS.has(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A field's name as it is written before its colon. */
export function fieldText(name: string): string {
  return name.replaceAll(/[\s:()"/\\]/g, String.raw`\$&`);
}
