import { describe, expect, inject, it } from "vitest";
import { open, settled, waitForRows, withBrowser } from "./browser";
import { ATTEMPT } from "./events";

withBrowser();
const url = inject("url");

/** Pages on which it is, and parts of them. */
const PATHS = [
  "/explore?project_id=attempt&range=2d&event=attempt",
  "/explore?project_id=attempt&range=2d&event=attempt&tab=json",
  "/explore?project_id=attempt&range=2d&event=attempt&tab=stack",
  "/explore?project_id=attempt&range=2d&event=attempt&tab=context",
  "/explore?range=2d&live=on",
  "/explore?project_id=attempt&range=2d&as=statistics&group=platform,message",
  "/explore?project_id=attempt&range=2d&as=patterns",
  `/explore?q=${encodeURIComponent('"<script>window.ran=1</script>"')}&range=2d`,
  `/explore?platform=${encodeURIComponent("<img src=x onerror=window.ran=1>")}`,
  "/?range=2d",
  "/errors",
  "/performance?range=2d",
  "/deployments?range=2d",
  "/replay?range=2d",
  `/replay/${encodeURIComponent(ATTEMPT)}?project=attempt`,
  "/alerts",
  "/alerts?tab=notifications",
  "/audit?range=2d&project=attempt",
  "/settings",
];

describe("an event whose every text is an attempted script", () => {
  it("is text on every page", async () => {
    const page = await open(url);
    for (const path of PATHS) {
      await page.goto(url + path);
      await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
      await settled(page);
      expect(await page.evaluate(() => (globalThis as unknown as { ran?: number }).ran), path).toBeUndefined();
      expect(await page.locator("#root img[src='x'], #root script, #root iframe").count(), path).toBe(0);
    }
  });

  it("is shown to the letter", async () => {
    const page = await open(`${url}/explore?project_id=attempt&range=2d`);
    await waitForRows(page);
    expect(await page.locator('[role="row"]', { hasText: '<script>window.ran=1</script>' }).count()).toBe(1);
  });
});
