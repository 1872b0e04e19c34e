import { describe, expect, it } from "vitest";
import { narrowed, patternClause } from "./pattern";

describe("the clause of a pattern", () => {
  it.each([
    ["Message <num> posted", "message:/(?s)^Message .* posted$/"],
    ["<*> of <path> (in use)", String.raw`message:/(?s)^.* of .* \(in use\)$/`],
    ["GET /a/b?c=1 [x] a.b", String.raw`message:/(?s)^GET \/a\/b\?c=1 \[x\] a\.b$/`],
    [String.raw`C:\temp costs 5$`, String.raw`message:/(?s)^C:\\temp costs 5\$$/`],
    [`${"a".repeat(397)}<num> b`, `message:/(?s)^${"a".repeat(397)}/`],
  ])("of %s", (pattern, clause) => {
    expect(patternClause(pattern)).toBe(clause);
  });
});

describe("an expression", () => {
  it.each([
    [undefined, "c"],
    ["a b", "a b AND c"],
    ["a OR b", "(a OR b) AND c"],
    ["c", "c"],
  ])("%s is narrowed", (q, wanted) => {
    expect(narrowed(q, "c")).toBe(wanted);
  });
});
