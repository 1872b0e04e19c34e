import { describe, expect, it } from "vitest";
import { ProblemError, UnreachableError } from "../data/api";
import { keep } from "./kept";

const NOTHING = { question: "", at: 0 };
const AWAY = new UnreachableError();
const ANSWER = { data: "old", error: null, isPlaceholderData: false, dataUpdatedAt: 7 };
const WAITING = { data: undefined, error: null, isPlaceholderData: false, dataUpdatedAt: 0 };

function refused(status: number): ProblemError {
  return new ProblemError({ type: "about:blank", title: "No", status, detail: "no" });
}

describe("what a page has", () => {
  const had = keep(NOTHING, "q", ANSWER);

  it.each([
    ["it failed under the same key", { ...ANSWER, error: AWAY }, AWAY],
    ["it failed at a later moment", { ...WAITING, error: AWAY }, AWAY],
    ["the server is busy", { ...ANSWER, error: refused(503) }, "same"],
    ["it is refused", { ...ANSWER, error: refused(404) }, undefined],
    ["it waits", WAITING, undefined],
  ])("is kept where %s", (_, found, lost) => {
    expect(keep(had, "q", found)).toEqual({ question: "q", data: "old", at: 7, lost: lost === "same" ? found.error : lost });
  });

  it("is still not renewed while it is asked for again, until an answer comes", () => {
    const lost = keep(had, "q", { ...WAITING, error: AWAY });
    expect(keep(lost, "q", { ...WAITING, data: "old", isPlaceholderData: true })).toBe(lost);
    expect(keep(lost, "q", { ...ANSWER, data: "new", dataUpdatedAt: 9 })).toEqual({ question: "q", data: "new", at: 9 });
  });

  it("answers no other question", () => {
    expect(keep(had, "another", { ...WAITING, error: AWAY })).toEqual({ question: "another", at: 0 });
    expect(keep(NOTHING, "q", { ...WAITING, error: AWAY }).lost).toBeUndefined();
  });

  it("is the same as long as nothing changes", () => {
    expect(keep(had, "q", ANSWER)).toBe(had);
  });
});
