import { beforeAll, describe, expect, inject, it } from "vitest";
import { open, violations, withBrowser } from "./browser";
import { ATTEMPT } from "./events";
import { record } from "./server";

withBrowser();
const url = inject("url");

/** Before what other tests look at. */
const LONG_AGO = Date.now() - 4 * 3_600_000;

function event(place: number, members: object): object {
  return { project_id: "audited", timestamp: new Date(LONG_AGO + place * 1000).toISOString(), engine: "identity", ...members };
}

beforeAll(() =>
  record(url, [
    event(1, { event_type: "login", user_id: "grace", status: "denied", message: "wrong password", attributes: { ip: "203.0.113.9" } }),
    event(2, { event_type: "login", user_id: "grace", status: "success" }),
    event(3, {
      event_type: "config_change",
      user_id: "grace",
      flow_id: "f-1",
      status: "success",
      attributes: { before: { limit: 10, mode: "<b>safe</b>" }, after: { limit: 250, mode: ATTEMPT, note: "new" } },
    }),
    event(4, { event_type: "config_change", triggered_by: "scheduler", status: "success", attributes: { before: { a: 1 }, after: { a: 2 } } }),
    ...Array.from({ length: 130 }, (_, place) => event(10 + place, { event_type: "login", user_id: "ada", status: "success" })),
  ]),
);

const AUDITED = `${url}/audit?range=2d&project=audited`;

describe("the audit trail", () => {
  it("is the timeline of a user, with what changes have changed, page by page", async () => {
    const page = await open(AUDITED);
    await page.getByText("100 and more in range").waitFor();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByText("134 in range").waitFor();
    await page.getByTitle("Only user grace").first().click();
    await page.waitForURL(/user=grace/);
    await page.getByText("3 in range").waitFor();
    await page.getByText("203.0.113.9").waitFor();
    const changed = page.getByRole("list", { name: "What was changed" });
    expect(await changed.innerText()).toMatch(/limit[\s\S]*10[\s\S]*250/);
    expect(await changed.innerText()).toContain(ATTEMPT);
    await page.getByRole("button", { name: "failed sign-in" }).click();
    await page.waitForURL(/mark=sign_in_failure/);
    await page.getByText("1 in range").waitFor();
    await page.reload();
    await page.getByText("1 in range").waitFor();
    await page.getByRole("link", { name: "login" }).click();
    await page.waitForURL(/\/explore\?/);
    await page.getByRole("complementary", { name: "Event" }).getByText("wrong password").first().waitFor();
  });

  it("is of what triggered something, too, and of a flow", async () => {
    const page = await open(AUDITED);
    await page.getByLabel("User").fill("scheduler");
    await page.keyboard.press("Enter");
    await page.getByText("1 in range").waitFor();
    await page.getByLabel("User").fill("");
    await page.getByLabel("Flow").fill("f-1");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL((at) => at.search.includes("flow=f-1") && !at.search.includes("user="));
    await page.getByText("1 in range").waitFor();
    const csv = await (await fetch(url + ((await page.getByRole("link", { name: "CSV", exact: true }).getAttribute("href")) ?? ""))).text();
    expect(csv.trim().split("\n")).toHaveLength(2);
    expect(csv).toContain("config_change");
  });

  it("is verified, with its checkpoints, and taken along", async () => {
    const page = await open(`${url}/audit`);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/^Verified [\d,]+ events, .* – .*, root [0-9a-zA-Z+/=]{16}…$/).waitFor();
    await page.getByRole("tab", { name: "Checkpoints" }).click();
    await page.waitForURL(/tab=checkpoints/);
    await page.getByRole("button", { name: /^Copy checkpoint/ }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    const bundle = await fetch(url + ((await page.getByRole("link", { name: "Bundle" }).getAttribute("href")) ?? ""));
    expect(bundle.headers.get("Content-Disposition")).toContain("blackbox-audit.bundle");
    expect((await bundle.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it("says that it is switched off", async () => {
    const page = await open(`${inject("empty")}/audit`);
    await page.getByText("Events are not proven.").waitFor();
    expect(await page.getByRole("button", { name: "Verify" }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it("shows texts of events as text", async () => {
    for (const query of ["project=audited&range=2d", "project=attempt&range=2d"]) {
      const page = await open(`${url}/audit?${query}`);
      await page.getByText(/<script>window.ran=1<\/script>|100 and more/).first().waitFor();
      expect(await page.evaluate(() => (globalThis as unknown as { ran?: number }).ran)).toBeUndefined();
      expect(await page.locator("#root img[src='x'], #root script, #root iframe").count()).toBe(0);
    }
  });

  it("has no sideways scroll on a phone", async () => {
    const page = await open(AUDITED, { viewport: { width: 390, height: 844 } });
    await page.getByText("100 and more in range").waitFor();
    expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBe(390);
  });
});

describe("in light and in dark, axe finds nothing wrong with", () => {
  it("the audit trail", async () => {
    const page = await open(`${AUDITED}&order=oldest`);
    await page.getByText("203.0.113.9").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/^Verified/).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
