import { describe, expect, inject, it } from "vitest";
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
