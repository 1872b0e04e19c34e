import { describe, expect, it } from "vitest";
import { fieldText, tokens, valueText, wantedAt } from "./query";

/** Each token as its text and kind, such as `status:=field`. */
function cut(text: string): string[] {
  return tokens(text).map((token) => `${text.slice(token.from, token.to)}=${token.kind}`);
}

describe("an expression", () => {
  it.each([
    ["status:error", ["status:=field", "error=word"]],
    ["a AND -b", ["a=word", "AND=keyword", "-=keyword", "b=word"]],
    ["a and b-c", ["a=word", "and=word", "b-c=word"]],
    ['NOT "say \\"yes\\""', ["NOT=keyword", '"say \\"yes\\""=string']],
    ["message:/a\\/b c/i x", ["message:=field", "/a\\/b c/i=regex", "x=word"]],
    ["a/b", ["a/b=word"]],
    ["duration_ms:>=500", ["duration_ms:=field", ">==operator", "500=word"]],
    ["duration_ms:[100 TO 500}", ["duration_ms:=field", "[=bracket", "100=word", "TO=keyword", "500=word", "}=bracket"]],
    ["platform:(Slack OR Notion)", ["platform:=field", "(=bracket", "Slack=word", "OR=keyword", "Notion=word", ")=bracket"]],
    ["attributes.my\\:name:x", ["attributes.my\\:name:=field", "x=word"]],
    ["timestamp:2025-07-25T14:00:00Z", ["timestamp:=field", "2025-07-25T14:00:00Z=word"]],
  ])("%s is cut as the server cuts it", (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it.each(['"open', "/", ":", "((", "))", "a:[", "a:[1 TO", 'a:["', "\\", "a:\\", "-", "a:/x", ") a:", "é:ü", "\u00a0x"])(
    "%j is cut without end or gap, though it is wrong",
    (text) => {
      let at = 0;
      for (const token of tokens(text)) {
        expect(text.slice(at, token.from).trim()).toBe("");
        expect(token.to).toBeGreaterThan(token.from);
        at = token.to;
      }
      expect(text.slice(at).trim()).toBe("");
    },
  );
});

describe("what can be completed", () => {
  it.each([
    ["|", { kind: "field", from: 0, to: 0, begun: "" }],
    ["sta|", { kind: "field", from: 0, to: 3, begun: "sta" }],
    ["-sta|", { kind: "field", from: 1, to: 4, begun: "sta" }],
    ["st|atus:error", { kind: "field", from: 0, to: 7, begun: "st" }],
    ["status:|", { kind: "value", field: "status", from: 7, to: 7, begun: "" }],
    ["status:er|ror x", { kind: "value", field: "status", from: 7, to: 12, begun: "er" }],
    ['platform:"Google D|', { kind: "value", field: "platform", from: 9, to: 18, begun: "Google D" }],
    ["platform:(Slack OR No|)", { kind: "value", field: "platform", from: 19, to: 21, begun: "No" }],
    ["platform:(Slack OR |)", { kind: "value", field: "platform", from: 19, to: 19, begun: "" }],
    ["platform:(|", { kind: "value", field: "platform", from: 10, to: 10, begun: "" }],
    ["platform:(Slack) |", { kind: "field", from: 17, to: 17, begun: "" }],
    ["(sta|", { kind: "field", from: 1, to: 4, begun: "sta" }],
    ["attributes.my\\:na|", { kind: "field", from: 0, to: 17, begun: "attributes.my\\:na" }],
    ["attributes.my\\:name:|", { kind: "value", field: "attributes.my:name", from: 20, to: 20, begun: "" }],
    ["duration_ms:>5|", undefined],
    ["message:/ab|c/", undefined],
    ['"a ph|rase"', undefined],
  ])("at %s", (written, expected) => {
    expect(wantedAt(written.replace("|", ""), written.indexOf("|"))).toEqual(expected);
  });

  it.each(["Slack", "Google Drive", 'say "yes"', "a\\b", "AND", "-x", "*", "a:b", "(x)", ">5", "[1", "/x/", "é ü"])(
    "the value %j is one value once it is written",
    (value) => {
      const text = `field:${valueText(value)}`;
      const [, written, ...more] = tokens(text);
      expect(more).toEqual([]);
      expect(written?.field).toBe("field");
      const bare = text.slice(written?.from, written?.to);
      expect(bare.startsWith('"') ? bare.slice(1, -1).replaceAll(/\\(.)/g, "$1") : bare).toBe(value);
    },
  );

  it("the name of a field is one name once it is written", () => {
    const text = `${fieldText('attributes.my:na me"')}:x`;
    expect(cut(text)).toHaveLength(2);
    expect(wantedAt(text, text.length)).toMatchObject({ field: 'attributes.my:na me"' });
  });
});
