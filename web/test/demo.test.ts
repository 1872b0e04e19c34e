import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open, settled, withBrowser } from "./browser";
import { start, stop } from "./server";

withBrowser();

/** Nothing of the incident is further away from the overview, in clicks. */
const CLICKS = 3;

let url: string;

beforeAll(async () => {
  url = await start("demo");
}, 120_000);
afterAll(stop);

/** The overview, and what clicks for somebody who counts. */
async function overview(): Promise<{ page: Page; click: (what: Locator) => Promise<void> }> {
  const page = await open(url);
  await settled(page);
  let clicks = 0;
  const click = async (what: Locator) => {
    clicks++;
    expect(clicks).toBeLessThanOrEqual(CLICKS);
    await what.click();
  };
  return { page, click };
}

/** The group with most errors, which is of the incident. */
async function toGroup(): Promise<Awaited<ReturnType<typeof overview>>> {
  const { page, click } = await overview();
  await click(page.getByRole("link", { name: "All groups of errors" }));
  await page.waitForURL(/\/errors\?.*sort=errors/);
  await click(page.getByRole("group", { name: "Groups of errors" }).getByRole("link").first());
  await page.getByRole("heading", { level: 1, name: /token expired/i }).waitFor();
  return { page, click };
}

async function inSight(what: Locator): Promise<void> {
  await what.waitFor();
  const box = await what.boundingBox();
  expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)).toBeLessThan(800);
}

describe("The demo", () => {
  it("tells its incident on the overview, without scrolling", async () => {
    const { page } = await overview();
    // What fires, what has risen, where, and since which version.
    await inSight(page.getByRole("region", { name: "Firing alerts" }).getByRole("link", { name: /^pf_/ }).first());
    await inSight(page.getByRole("group", { name: /^Errors over time, by type/ }));
    expect(await page.getByRole("region", { name: "Most frequent errors" }).getByRole("row").nth(1).innerText()).toMatch(/token_expired\s+Slack/);
    await inSight(page.getByRole("region", { name: "Most frequent errors" }).getByRole("link", { name: "token_expired" }).first());
    await inSight(page.getByRole("region", { name: "Deployments" }).getByRole("link", { name: "vault 1.20.0" }));
  });

  it("leads to the errors of the incident and to the deployment that they are blamed on", async () => {
    const { page, click } = await toGroup();
    const suspects = page.getByRole("region", { name: "Suspects" });
    await suspects.getByText("likely to blame").first().waitFor();
    await click(suspects.getByRole("link", { name: "vault 1.20.0" }));
    await page.getByRole("heading", { level: 1, name: "vault 1.20.0" }).waitFor();
    await page.getByText("likely to blame").first().waitFor();
  });

  it("leads to the session of somebody whom it hit, a moment before it did", async () => {
    const { page, click } = await toGroup();
    await click(page.getByRole("region", { name: "Example" }).getByRole("link", { name: "Replay" }));
    const head = page.getByRole("slider");
    await head.waitFor();
    const opened = Number(await head.inputValue());
    await page.keyboard.press("e");
    await expect.poll(async () => Number(await head.inputValue())).toBeGreaterThan(opened);
    expect(Number(await head.inputValue()) - opened).toBeLessThanOrEqual(10_001);
    expect(await page.locator('[aria-label="Events around this moment"] [aria-current="true"]').innerText()).toContain("token_expired");
  });

  it("leads to a policy that fired, and why it did", async () => {
    const { page, click } = await overview();
    await click(page.getByRole("region", { name: "Firing alerts" }).getByRole("link", { name: /^pf_/ }).first());
    await page.getByRole("region", { name: "Why" }).getByText(/^fired by policy \w+, version 0/).waitFor();
    await click(page.getByRole("link", { name: /, version 0$/ }));
    await page.getByRole("region", { name: "In words" }).waitFor();
  });

  it("leads to who changed what", async () => {
    const { page, click } = await overview();
    await click(page.getByRole("link", { name: "Audit", exact: true }));
    await click(page.getByRole("button", { name: "deployment", exact: true }));
    await page.getByText("Deployed vault 1.20.0 to production").waitFor();
    await page.getByText("ci", { exact: true }).first().waitFor();
  });
});
