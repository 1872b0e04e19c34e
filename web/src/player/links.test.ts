import { describe, expect, it } from "vitest";
import { cutLinks } from "./links";

function link(id: number, attributes: Record<string, unknown>): object {
  return { type: 2, id, tagName: "link", attributes, childNodes: [] };
}

describe("links of a recording", () => {
  it("lead nowhere, wherever they come from, and keep the styles that they have with them", () => {
    const anchor = { type: 2, id: 9, tagName: "a", attributes: { href: "https://far.example" } };
    const events = [
      { type: 4, data: { href: "https://app.example" } },
      { type: 2, data: { node: { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: "head", attributes: {}, childNodes: [link(3, { rel: "preconnect", href: "https://far.example" }), anchor] }] } } },
      { type: 3, data: { source: 0, adds: [{ parentId: 2, nextId: null, node: link(4, { rel: "stylesheet", href: "https://far.example/a.css", _cssText: "h1 {}" }) }] } },
      {
        type: 3,
        data: {
          source: 0,
          attributes: [
            { id: 4, attributes: { imagesrcset: "https://far.example/b.png", rel: "preload" } },
            { id: 9, attributes: { href: "https://far.example/c" } },
          ],
        },
      },
      { type: 3, data: { source: 1, positions: [] } },
    ];
    cutLinks(events);
    const said = JSON.stringify(events);
    expect(said.match(/https:[^"]*/g)).toEqual(["https://app.example", "https://far.example", "https://far.example/c"]);
    expect(said).toContain('"_cssText":"h1 {}"');
    expect(said).toContain('"rel":"preload"');
  });
});
