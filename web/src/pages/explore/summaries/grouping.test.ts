import { describe, expect, it } from "vitest";
import { fieldsOf, measureOf, toggledField } from "./grouping";

describe("what statistics are of", () => {
  it.each([
    [undefined, ["engine", "platform"]],
    ["error_type", ["error_type"]],
    ["nothing,,host,host,attributes.region", ["host", "attributes.region"]],
    ["engine,platform,action,status,host", ["engine", "platform", "action", "status"]],
  ])("%s is read from an address", (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    [["engine"], "host", ["engine", "host"]],
    [["engine", "host"], "engine", ["host"]],
    [["engine"], "engine", ["engine"]],
    [["engine", "platform", "action", "status"], "host", ["engine", "platform", "action", "status"]],
  ] as const)("%s with %s turned", (fields, field, wanted) => {
    expect(toggledField(fields, field)).toEqual(wanted);
  });

  it("is ordered by a measure that there is", () => {
    expect(measureOf("p95:duration_ms")).toBe("p95:duration_ms");
    expect(measureOf("p12:duration_ms")).toBe("count");
  });
});
