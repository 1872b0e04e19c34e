import { describe, expect, it } from "vitest";
import { bytes } from "./numbers";

describe("bytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KB"],
    [10_619_442, "10.1 MB"],
    [157_286_400, "150 MB"],
    [80_503_787_520, "75.0 GB"],
    [5e15, "4547 TB"],
  ])("%d are %s", (value, text) => {
    expect(bytes(value)).toBe(text);
  });
});
