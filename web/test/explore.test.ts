import { describe, expect, inject, it } from "vitest";
import { ORDINARY } from "./events";
import { open, rows, withBrowser, waitForRows } from "./browser";

withBrowser();
const url = inject("url");

describe("Explore", () => {
  it("finds what is asked for, and shows the same after a reload, Back, and in a fresh profile", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await page.keyboard.press("/");
    await page.keyboard.type('"token expired" platform:Slack');
    await page.keyboard.press("Enter");
    await page.getByText("300 events in range").waitFor();
    await waitForRows(page);
    expect((await rows(page)).every((row) => row.includes("Token expired") && row.includes("Slack"))).toBe(true);
    const shown = await rows(page);

    await page.reload();
    await page.getByText("300 events in range").waitFor();
    await waitForRows(page);
    expect(await rows(page)).toEqual(shown);

    const fresh = await open(page.url());
    await waitForRows(fresh);
    expect(await rows(fresh)).toEqual(shown);

    await page.goBack();
    // Changes that other tests make to groups are events, too.
    await page.getByText(/^6,00\d events in range$/).waitFor();
  });

  it("says what is wrong with a search before it is sent, and where", async () => {
    const page = await open(`${url}/explore`);
    await page.getByLabel("Search", { exact: true }).fill("status:error AND )");
    await page.getByRole("alert").getByText("column 18").waitFor();
    expect(new URL(page.url()).searchParams.has("q")).toBe(false);
  });

  it("narrows by facets: a click isolates, a box adds, x excludes", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await page.getByTitle("Only Slack", { exact: false }).click();
    await page.getByText("1,500 events in range").waitFor();
    await page.getByLabel("platform may be Notion").check();
    await page.getByText("3,000 events in range").waitFor();
    expect(new URL(page.url()).searchParams.get("platform")).toBe("Slack,Notion");
    await page.getByTitle("Only error", { exact: false }).focus();
    await page.keyboard.press("x");
    await page.getByLabel("Drop status is not error").waitFor();
    await page.getByText("2,700 events in range").waitFor();
  });

  it("opens an event without a mouse, goes on to the next, and closes it", async () => {
    const page = await open(`${url}/explore?status=error`);
    await waitForRows(page);
    for (const key of ["j", "j", "Enter"]) {
      await page.keyboard.press(key);
    }
    const drawer = page.getByRole("complementary", { name: "Event" });
    await drawer.getByRole("heading", { name: /Token expired/ }).waitFor();
    const second = new URL(page.url()).searchParams.get("event");
    await page.keyboard.press("j");
    await page.waitForFunction((before) => new URLSearchParams(location.search).get("event") !== before, second);
    await drawer.getByRole("tab", { name: "Stack trace" }).click();
    await drawer.getByText("io.puraify.Client.read").waitFor();
    await page.reload();
    await drawer.getByText("io.puraify.Client.read").waitFor();
    await drawer.getByRole("tab", { name: "Context" }).click();
    await drawer.locator('li[aria-current="true"]').waitFor();
    expect(await drawer.locator("li").count()).toBeGreaterThan(5);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.has("event")).toBe(false);
  });

  it("looks closer at what is chosen in the histogram, by mouse and by keyboard", async () => {
    const page = await open(`${url}/explore`);
    const plot = page.locator(".u-over").first();
    await plot.waitFor();
    const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 30, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/range=.*\.\./);
    const [from, to] = (new URL(page.url()).searchParams.get("range") ?? "").split("..").map((each) => Date.parse(each));
    expect((to ?? 0) - (from ?? 0)).toBeGreaterThan(800_000);
    expect((to ?? 0) - (from ?? 0)).toBeLessThan(1_000_000);
    const counted = (await (
      await fetch(`${url}/monitoring/logs/histogram?from=${new Date(from ?? 0).toISOString()}&to=${new Date(to ?? 0).toISOString()}`)
    ).json()) as { total: number };
    await page.getByText(`${counted.total.toLocaleString("en-US")} events in range`).waitFor();

    await page.mouse.move(0, 0);
    await page.goBack();
    await page.waitForURL((at) => !at.search.includes(".."));
    await page.getByText(/^6,\d{3} events in range$/).waitFor();
    await page.getByRole("group", { name: /over time/ }).focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"]) {
      await page.keyboard.press(key);
    }
    await page.waitForURL(/range=.*\.\./);
  });

  it("keeps a hundred rows on the page at most, however many are loaded", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await page.evaluate(() => {
      const grid = document.querySelector('[role="grid"]');
      const scroll = () => grid?.scrollTo({ top: grid.scrollHeight });
      (globalThis as unknown as { scrolling: unknown }).scrolling = setInterval(scroll, 50);
    });
    await page.getByText(/^All 6,00\d events are here$/).waitFor({ timeout: 50_000 });
    expect(Number(await page.locator('[role="grid"]').getAttribute("aria-rowcount"))).toBeGreaterThan(ORDINARY);
    expect(await page.locator('[role="row"]').count()).toBeLessThanOrEqual(100);
  });

  it("has no long task while thousands of rows are scrolled through", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    const longest = await page.evaluate(async () => {
      const grid = document.querySelector('[role="grid"]');
      let found = 0;
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          found = Math.max(found, entry.duration);
        }
      });
      observer.observe({ entryTypes: ["longtask"] });
      for (let step = 0; step < 120; step++) {
        grid?.scrollBy({ top: 400 });
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return found;
    });
    // Alone on a machine there is none of over 50 ms; others that build meanwhile lengthen them.
    expect(longest).toBeLessThan(process.env.ALONE === undefined ? 400 : 51);
  });

  it("says which clause removed all rows, and drops it", async () => {
    const page = await open(`${url}/explore?q=posted&status=error`);
    await page.getByRole("button", { name: /Drop the search posted 600 events/ }).waitFor();
    await page.getByRole("button", { name: "Drop status is error 5,400 events" }).click();
    await page.getByText("5,400 events in range").waitFor();
  });

  it("shows what comes in, pauses when one scrolls, and says how many wait", async () => {
    const page = await open(`${url}/explore?project_id=tail&live=on`);
    await page.getByText("Waiting for an event that matches").waitFor();
    const send = (from: number, many: number) =>
      fetch(`${url}/monitoring/logs`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Array.from({ length: many }, (_, place) => ({ project_id: "tail", message: `live ${from + place}` }))),
      });
    await send(0, 60);
    await page.getByText("live 59").waitFor();
    await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTo({ top: 400 }));
    await page.getByText("Paused").waitFor();
    await send(60, 5);
    await page.getByRole("button", { name: "5 new" }).click();
    await page.getByText("live 64").waitFor();
  });

  it("has no sideways scroll on a phone, and enough rows on a screen", async () => {
    const phone = await open(`${url}/explore`, { viewport: { width: 390, height: 844 } });
    await waitForRows(phone);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const [width, height, least] of [
      [1280, 800, 18],
      [1920, 1080, 30],
    ] as const) {
      const page = await open(`${url}/explore`, { viewport: { width, height } });
      await waitForRows(page);
      const seen = await page.evaluate(
        () => [...document.querySelectorAll('[role="row"][aria-selected]')].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length,
      );
      expect(seen).toBeGreaterThanOrEqual(least);
    }
  });

  it("tells how to send a first event where there is none", async () => {
    const page = await open(`${inject("empty")}/explore`);
    await page.getByText("Waiting for the first event").waitFor();
    await page.getByText("curl -s", { exact: false }).first().waitFor();
  });
});
