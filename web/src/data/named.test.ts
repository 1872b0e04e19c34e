import { describe, expect, it } from "vitest";
import { idIn } from "./named";

describe("an id", () => {
  it.each([
    ["s-7", "s-7"],
    ["01a22a2c-e964-70de-810a-00000000788c", "01a22a2c-e964-70de-810a-00000000788c"],
    ["slack", undefined],
    ["token expired 3", undefined],
    ["4", undefined],
    ["", undefined],
  ])("in %j is %j", (text, id) => {
    expect(idIn(text)).toBe(id);
  });
});
