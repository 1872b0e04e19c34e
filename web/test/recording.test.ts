import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { open, violations, withBrowser } from "./browser";
import { record } from "./server";

withBrowser();
const url = inject("url");
const START = Date.now() - 600_000;

interface Node {
  id: number;
  type: number;
  [name: string]: unknown;
}

function element(id: number, tagName: string, attributes: object, ...childNodes: Node[]): Node {
  return { type: 2, id, tagName, attributes, childNodes };
}

function text(id: number, textContent: string): Node {
  return { type: 3, id, textContent };
}

/** A page with a field, a script in every form there is, and a heading that changes after ten seconds. */
const EVENTS = [
  { type: 4, data: { href: "https://app.example/form", width: 800, height: 400 }, timestamp: START },
  {
    type: 2,
    data: {
      node: {
        type: 0,
        id: 1,
        childNodes: [
          element(
            2,
            "html",
            {},
            element(3, "head", {}, element(4, "style", {}, text(5, "h1 { color: rgb(1, 2, 3); }"))),
            element(
              6,
              "body",
              { style: "margin: 7px" },
              element(7, "h1", {}, text(8, "Before")),
              element(9, "input", { type: "text", value: "Ada" }),
              element(10, "script", {}, text(11, "top.ran = 1; parent.ran = 1")),
              element(12, "img", { src: "data:image/png;base64,AAAA", onerror: "top.ran = 1" }),
              element(13, "svg", { onload: "top.ran = 1" }),
              element(14, "iframe", { srcdoc: "<script>top.ran = 1</script>" }),
              element(15, "a", { href: "javascript:top.ran = 1" }, text(16, "link")),
            ),
          ),
        ],
      },
      initialOffset: { top: 0, left: 0 },
    },
    timestamp: START + 1,
  },
  { type: 3, data: { source: 5, text: "Ada Lovelace", isChecked: false, id: 9 }, timestamp: START + 5_000 },
  { type: 3, data: { source: 0, texts: [{ id: 8, value: "After" }], attributes: [], removes: [], adds: [] }, timestamp: START + 10_000 },
];

function event(session: string, offset: number): object {
  return { project_id: "pf_rec", session_id: session, engine: "execution", action: "send", status: "success", timestamp: new Date(START + offset).toISOString() };
}

/** A page that would load something by every way that a page knows, at once and later on. */
function loading(...folders: string[]): object[] {
  const far = folders.flatMap((folder) => ways(folder));
  let id = 10_000;
  const again = () => far.map((each) => renumbered(each, () => id++));
  const [folder = ""] = folders;
  const head = element(3, "head", {}, element(4, "meta", { "http-equiv": "refresh", content: `1;url=${folder}/refresh.html` }), element(5, "base", { href: folder }), ...far);
  const body = element(6, "body", { background: `${folder}/body.png` }, element(7, "h1", {}, text(8, "Before")), ...again());
  const adds = [element(90, "h2", {}, text(91, "Later")), ...again()].flatMap((each) => withChildren(each, 6));
  return [
    { type: 4, data: { href: `${folder}/page.html`, width: 800, height: 400 }, timestamp: START },
    { type: 2, data: { node: { type: 0, id: 1, childNodes: [element(2, "html", {}, head, body)] }, initialOffset: { top: 0, left: 0 } }, timestamp: START + 1 },
    { type: 3, data: { source: 0, texts: [], attributes: [], removes: [], adds }, timestamp: START + 6_500 },
  ];
}

let ids = 100;

function ways(folder: string): Node[] {
  const of = (name: string) => `${folder}/${name}`;
  const links = ["stylesheet", "icon", "preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload", "manifest"];
  const style = `@import url("${of("import.css")}"); @font-face { font-family: far; src: url("${of("font.woff2")}") } h1 { font-family: far; background: url("${of("rule.png")}") }`;
  const one = (tagName: string, attributes: object, ...childNodes: Node[]) => element(ids++, tagName, attributes, ...childNodes);
  return [
    one("img", { src: of("img.png"), srcset: `${of("srcset.png")} 2x`, loading: "eager" }),
    one("video", { src: of("video.mp4"), poster: of("poster.png"), preload: "auto", autoplay: "" }),
    one("audio", { preload: "auto" }, one("source", { src: of("audio.ogg") })),
    one("picture", {}, one("source", { srcset: of("picture.png") }), one("img", { src: of("fallback.png") })),
    one("object", { data: of("object.html") }),
    one("embed", { src: of("embed.html") }),
    one("iframe", { src: of("frame.html") }),
    one("input", { type: "image", src: of("input.png") }),
    one("table", { background: of("table.png") }),
    one("div", { style: `background: url(${of("inline.png")}); height: 9px` }),
    one("script", { src: of("script.js") }),
    { ...one("svg", {}, { ...one("image", { href: of("svg.png") }), isSVG: true }, { ...one("use", { href: of("use.svg#a") }), isSVG: true }), isSVG: true },
    one("style", {}, text(ids++, style)),
    one("link", { rel: "stylesheet", _cssText: style }),
    ...links.map((rel) => one("link", { rel, href: of(`${rel}.txt`), ...(rel === "preload" ? { as: "image" } : {}) })),
  ];
}

function renumbered(node: Node, next: () => number): Node {
  return { ...node, id: next(), ...(node.childNodes === undefined ? {} : { childNodes: (node.childNodes as Node[]).map((each) => renumbered(each, next)) }) };
}

/** What adds a node and what is in it, as a change of the page says it. */
function withChildren(node: Node, parentId: number): object[] {
  const { childNodes = [], ...own } = node as Node & { childNodes?: Node[] };
  return [{ parentId, nextId: null, node: own.type === 2 ? { ...own, childNodes: [] } : own }, ...childNodes.flatMap((each) => withChildren(each, own.id))];
}

/** A server that tells who has turned to it, even without asking for anything. */
async function listener(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end();
  });
  server.on("connection", () => asked.push("a connection"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}

async function recorded(session: string, events: readonly object[] = EVENTS): Promise<string> {
  await record(url, [0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000].map((offset) => event(session, offset)));
  const answer = await fetch(`${url}/monitoring/sessions/${session}/recording?project_id=pf_rec&chunk=0`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(events),
  });
  expect(answer.status).toBeLessThan(202);
  return `${url}/replay/${session}?project=pf_rec`;
}

/** What was recorded, in the frame inside of the player's. */
function inside(page: Page) {
  return page.frameLocator('iframe[title="Recording of the page"]').frameLocator("iframe");
}

function line(body: object): string {
  return `${JSON.stringify(body)}\n`;
}

async function ran(page: Page): Promise<boolean> {
  const each = await Promise.all(page.frames().map((frame) => frame.evaluate(() => "ran" in globalThis).catch(() => false)));
  return each.some(Boolean);
}

describe("a recording of a page", () => {
  it("is shown with its styles and what was typed masked, at the playhead", async () => {
    const page = await open(`${await recorded("rec-1")}&at=6000`);
    await inside(page).getByRole("heading", { name: "Before", includeHidden: true }).waitFor();
    expect(await inside(page).locator("input").inputValue()).toBe("************");
    const colour = await inside(page).locator("h1").evaluate((heading) => getComputedStyle(heading).color);
    expect(colour).toBe("rgb(1, 2, 3)");
    expect(await inside(page).locator("body").evaluate((body) => getComputedStyle(body).marginTop)).toBe("7px");

    await page.getByRole("button", { name: "Event after (Shift+→)" }).click();
    await page.getByRole("button", { name: "Event after (Shift+→)" }).click();
    await inside(page).getByText("After").waitFor();
    await page.goto(`${await recorded("rec-1")}&at=0`);
    await inside(page).getByText("Before").waitFor();
    expect(await inside(page).locator("input").inputValue()).toBe("***");
  });

  it("plays in step with the session", async () => {
    const page = await open(`${await recorded("rec-2")}&at=8000`);
    await inside(page).getByText("Before").waitFor();
    await page.keyboard.press("Space");
    await inside(page).getByText("After").waitFor();
    const said = (await page.getByText(/ of 0:12.0$/).textContent()) ?? "";
    const seconds = Number(/0:(\d+\.\d)/.exec(said)?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(9.9);
    expect(seconds).toBeLessThan(11.5);
  });

  it("runs no script, even where one had got past the server", async () => {
    const address = await recorded("rec-3");
    const page = await open("about:blank");
    await page.route("**/recording?*", async (route) => {
      await route.fulfill({ contentType: "application/x-ndjson", body: line({ kind: "recording" }) + line({ kind: "chunk", chunk: 0, events: EVENTS }) + line({ kind: "end" }) });
    });
    const refused: string[] = [];
    page.removeAllListeners("console");
    page.on("console", (message) => refused.push(message.text()));
    await page.goto(`${address}&at=6000`);
    await inside(page).getByText("Before").waitFor();
    // It is what was recorded, unmasked: the route is the test's.
    expect(await inside(page).locator("input").inputValue()).toBe("Ada Lovelace");
    await inside(page).locator("a").evaluate((link: HTMLAnchorElement) => link.click());
    await page.waitForTimeout(500);
    expect(await ran(page)).toBe(false);
    expect(refused.filter((each) => !/sandboxed|Content.Security.Policy|Failed to load/i.test(each))).toEqual([]);
  });

  it.each(["kept", "recorded"])("asks nothing of the network as it was %s, whatever it names", async (as) => {
    const { url: far, asked, close } = await listener();
    const events = loading(far, `${url}/from-a-recording`);
    const address = await recorded(`rec-far-${as}`, events);
    const page = await open("about:blank");
    if (as === "recorded") {
      await page.route("**/recording?*", (route) =>
        route.fulfill({ contentType: "application/x-ndjson", body: line({ kind: "recording" }) + line({ kind: "chunk", chunk: 0, events }) + line({ kind: "end" }) }),
      );
    }
    // What is refused is complained about.
    page.removeAllListeners("console");
    page.removeAllListeners("pageerror");
    const answered: string[] = [];
    page.on("response", (response) => answered.push(response.url()));
    await page.goto(`${address}&at=6000`);
    await inside(page).getByRole("heading", { name: "Before", includeHidden: true }).waitFor();
    await page.keyboard.press("Space");
    await inside(page).getByText("Later").waitFor();
    // Longer than a refresh would take.
    await page.waitForTimeout(1_500);
    expect(asked).toEqual([]);
    expect(answered.filter((each) => each.includes("from-a-recording"))).toEqual([]);
    // It would have been noticed.
    await page.goto(far);
    expect(asked).toContain("/");
    close();
  });

  it("loads nothing where there is none", async () => {
    await record(url, [event("rec-none", 0)]);
    const page = await open(`${url}/replay/rec-none?project=pf_rec`);
    await page.getByRole("heading", { name: "State" }).waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
  });

  it.each(["light", "dark"] as const)("axe finds nothing wrong with it in %s", async (colorScheme) => {
    const page = await open(await recorded("rec-1"), { colorScheme });
    await inside(page).getByText("Before").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
