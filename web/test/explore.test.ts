import { describe, expect, inject, it } from "vitest";
import { ORDINARY } from "./events";
import { open, waitForRows, withBrowser } from "./browser";

withBrowser();
const url = inject("url");

describe("Explore", () => {
  it("says what is wrong with a search before it is sent, and where", async () => {
    const page = await open(`${url}/explore`);
    await page.getByLabel("Search", { exact: true }).fill("status:error AND )");
    await page.getByRole("alert").getByText("column 18").waitFor();
    expect(new URL(page.url()).searchParams.has("q")).toBe(false);
  });

  it("keeps a hundred rows on the page at most, however many are loaded", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await page.evaluate(() => {
      const grid = document.querySelector('[role="grid"]');
      const scroll = () => grid?.scrollTo({ top: grid.scrollHeight });
      (globalThis as unknown as { scrolling: unknown }).scrolling = setInterval(scroll, 50);
    });
    await page.getByText(/^All 6,\d{3} events are here$/).waitFor({ timeout: 50_000 });
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
