import { describe, expect, it } from "vitest";
import { correction } from "./step";

const paused = { kind: "show", at: 1_000, playing: false, speed: 1 } as const;
const playing = { ...paused, playing: true } as const;

describe("a recording follows the playhead", () => {
  it.each([
    ["shows where it opens", undefined, paused, 0, "pause"],
    ["stays where nothing changes", paused, paused, 900, "none"],
    ["follows a seek", paused, { ...paused, at: 2_000 }, 1_000, "pause"],
    ["begins to play", paused, playing, 0, "play"],
    ["plays on", playing, { ...playing, at: 1_050 }, -200, "none"],
    ["jumps where the playhead has", playing, { ...playing, at: 9_000 }, -8_000, "play"],
    ["takes another speed", playing, { ...playing, speed: 4 }, 0, "play"],
    ["may be further off the faster it plays", { ...playing, speed: 4 }, { ...playing, speed: 4 }, 900, "none"],
    ["stops", playing, paused, 0, "pause"],
  ] as const)("%s", (_, before, next, behind, expected) => {
    expect(correction(before, next, 10_000 + behind, 10_000)).toBe(expected);
  });
});
