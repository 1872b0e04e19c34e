import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { open, violations, waitForRows, withBrowser } from "./browser";
import { ATTEMPT } from "./events";
import { record } from "./server";

withBrowser();
const url = inject("url");

const DEPLOYMENT = { event_id: "d-77", project_id: "commands", event_type: "deployment", engine: "vault", version: "1.19.9", message: "deployed" };

async function commands(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Commands" }).waitFor();
}

describe("the commands", () => {
  it("lead to pages, from wherever the focus is, and take the time along", async () => {
    const page = await open(`${url}/explore?range=2d`);
    await waitForRows(page);
    await page.keyboard.press("/");
    await commands(page);
    await page.keyboard.type("audit");
    await page.getByRole("option", { name: /Go to Audit/, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/audit\?range=2d/);
    await page.getByRole("heading", { name: "Audit" }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("search events for what was typed, by mouse as well", async () => {
    const page = await open(`${url}/`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("combobox", { name: "Commands" }).fill("token expired platform:Slack");
    await page.getByRole("option", { name: "Search events for token expired platform:Slack" }).click();
    await page.waitForURL(/\/explore\?q=token/);
    await page.getByText("300 events in range").waitFor();
  });

  it("change colours and zone, open the keys, and close without anything done", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await commands(page);
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await commands(page);
    await page.keyboard.type("utc");
    await page.keyboard.press("Enter");
    await page.waitForURL(/zone=UTC/);
    await commands(page);
    await page.keyboard.type("help");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Commands: go, change").waitFor();
    await page.keyboard.press("Escape");
    await commands(page);
    const before = page.url();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(page.url()).toBe(before);
  });

  it.each([
    ["e-10", /^Event Token expired/, /\/explore\?.*event=e-10/],
    ["s-7", /^Session s-7 of pf_/, /\/replay\/s-7\?.*project=pf_/],
  ])("open %s by its id", async (id, name, address) => {
    const page = await open(`${url}/`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await commands(page);
    await page.keyboard.type(id);
    await page.getByRole("option", { name }).click();
    await page.waitForURL(address);
    await page.getByText(id === "e-10" ? "Token expired" : "Session s-7").first().waitFor();
  });

  it("open groups of errors, alerts and deployments by their ids", async () => {
    const { groups } = (await (await fetch(`${url}/monitoring/errors?sort=errors`)).json()) as { groups: { group_id: string }[] };
    const { alerts } = (await (await fetch(`${url}/monitoring/alerts?limit=1`)).json()) as { alerts: { alert_id: string }[] };
    await record(url, [{ ...DEPLOYMENT, timestamp: new Date(Date.now() - 5 * 3_600_000).toISOString() }]);
    const page = await open(`${url}/`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    for (const [kind, id, path] of [
      ["Error", groups[0]?.group_id, "errors"],
      ["Alert", alerts[0]?.alert_id, "alerts"],
      ["Deployment", DEPLOYMENT.event_id, "deployments"],
    ] as const) {
      await commands(page);
      await page.getByRole("combobox", { name: "Commands" }).fill(id ?? `no ${kind}`);
      await page.getByRole("option", { name: new RegExp(`^${kind} `) }).click();
      await page.waitForURL(`**/${path}/${id}*`);
    }
  });

  it("show what was typed and found as text", async () => {
    const page = await open(`${url}/`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await commands(page);
    for (const text of [ATTEMPT, "attempt1"]) {
      await page.getByRole("combobox", { name: "Commands" }).fill(text);
      await page.getByRole("option", { name: `Search events for ${text}` }).waitFor();
    }
    expect(await page.evaluate(() => (globalThis as unknown as { ran?: number }).ran)).toBeUndefined();
    expect(await page.locator("#root img[src='x'], #root script, #root iframe").count()).toBe(0);
  });
});

describe("in light and in dark, axe finds nothing wrong with", () => {
  it("the commands, all of them and those that fit", async () => {
    const page = await open(`${url}/explore`);
    await waitForRows(page);
    await commands(page);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type("s-7");
    await page.getByRole("option", { name: /^Session s-7/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
