import { describe, expect, it } from "vitest";
import { allows, excluding, filterText, inWords, parseFilter, toggled } from "./filter";
import { exploreSearch, filtersOf, parseSearch, stringifySearch } from "./url";

describe("a filter", () => {
  it.each([
    ["error", ["error"]],
    ["error,timeout", ["error", "timeout"]],
    ['"a,b",c', ["a,b", "c"]],
    ['"say \\"yes\\""', ['say "yes"']],
    ['"*"', ["*"]],
    ["Google Drive", ["Google Drive"]],
    ['""', [""]],
  ])("%s is one of some values", (text, values) => {
    const filter = parseFilter(text);
    expect(filter).toEqual({ kind: "in", values });
    expect(filterText(filter)).toBe(text);
  });

  it("may be none of some values", () => {
    expect(parseFilter('!success,"a,b"')).toEqual({ kind: "notIn", values: ["success", "a,b"] });
  });

  it.each([">500", ">=medium", "100..200", "api_*", "*", "!*", '"open'])("%s stays as it is", (text) => {
    expect(parseFilter(text)).toEqual({ kind: "other", text });
    expect(filterText(parseFilter(text))).toBe(text);
  });

  it.each(["plain", "a,b", '"', "\\", "!x", ">5", "1..2", "*", "", " x", "x ", "<script>", "é ü"])(
    "keeps the value %j through an address",
    (value) => {
      const text = filterText({ kind: "in", values: [value, "other"] });
      const address = stringifySearch({ platform: text });
      expect(parseFilter(parseSearch(address).platform ?? "")).toEqual({ kind: "in", values: [value, "other"] });
    },
  );

  it("takes values up and drops them", () => {
    const one = toggled(undefined, "error");
    const two = toggled(one, "timeout");
    expect(two).toEqual({ kind: "in", values: ["error", "timeout"] });
    expect(toggled(toggled(two, "error"), "timeout")).toBeUndefined();
    expect(toggled({ kind: "notIn", values: ["a"] }, "a")).toBeUndefined();
    expect(excluding(undefined, "a")).toEqual({ kind: "notIn", values: ["a"] });
    expect(excluding({ kind: "notIn", values: ["a"] }, "b")).toEqual({ kind: "notIn", values: ["a", "b"] });
    expect(excluding(two, "error")).toEqual({ kind: "in", values: ["timeout"] });
  });

  it("says what passes", () => {
    expect(allows(undefined, "a")).toBe(true);
    expect(allows(parseFilter("!a"), "a")).toBe(false);
    expect(allows(parseFilter(">5"), "7")).toBeUndefined();
    expect(inWords(parseFilter("!a,b"))).toBe("is not a or b");
  });
});

describe("an address", () => {
  it("is the whole state of Explore", () => {
    const state = {
      q: 'status:error "token expired" & more=1#x',
      range: "2026-11-25T14:00:00Z..",
      zone: "Asia/Kolkata",
      status: "error,timeout",
      "attributes.region": "eu",
      columns: "severity,message",
      order: "oldest" as const,
      event: "01a2/ü",
      tab: "context" as const,
      live: "on" as const,
    };
    expect(exploreSearch(parseSearch(stringifySearch(state)))).toEqual(state);
    expect(filtersOf(state)).toEqual({ status: "error,timeout", "attributes.region": "eu" });
  });

  it("can be read by people", () => {
    expect(stringifySearch({ range: "15m", q: "status:error", status: "error,timeout" })).toBe(
      "?range=15m&q=status:error&status=error,timeout",
    );
  });

  it("forgets what it does not know", () => {
    expect(exploreSearch(parseSearch("?platfrom=Slack&order=up&tab=x&live=1&q=&attributes.=1"))).toEqual({});
  });

  it("takes numbers and JSON for texts", () => {
    expect(exploreSearch(parseSearch('?q=1&project_id={"a":1}'))).toEqual({ q: "1", project_id: '{"a":1}' });
  });
});
