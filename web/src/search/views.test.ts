import { describe, expect, it } from "vitest";
import { isShown, searchOf, viewOf, viewsIn, withView } from "./views";

const SEARCH = { q: 'status:error "a & b"', range: "2h", zone: "UTC", platform: "Slack", columns: "severity,message", order: "oldest", live: "on" } as const;

describe("a saved view", () => {
  it("is what was shown, but for the event that was open", () => {
    const view = viewOf("  Mine ", { ...SEARCH, event: "e-1", tab: "json" });
    expect(view.name).toBe("Mine");
    expect(searchOf(view)).toEqual(SEARCH);
    expect(isShown(view, { ...SEARCH, event: "e-2" })).toBe(true);
    expect(isShown(view, { ...SEARCH, range: "3h" })).toBe(false);
  });

  it("takes the place of one with its name, and stands where its name does", () => {
    const views = withView(withView([viewOf("b", {})], viewOf("a", {})), viewOf("b", SEARCH));
    expect(views.map((view) => view.name)).toEqual(["a", "b"]);
    expect(searchOf(views[1] ?? viewOf("", {}))).toEqual(SEARCH);
  });

  it.each(["", "{", "null", "7", '{"name":"a"}', '[null,1,"x",{"name":"a"},{"name":1,"address":"?"}]'])("is not found in %s", (text) => {
    expect(viewsIn(text)).toEqual([]);
  });
});
