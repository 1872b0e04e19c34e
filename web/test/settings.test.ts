import { describe, expect, inject, it } from "vitest";
import { open, violations, waitForRows, withBrowser } from "./browser";

withBrowser();
const url = inject("url");

describe("the settings", () => {
  it("say what is set and by whom, all of it or what somebody has given", async () => {
    const page = await open(`${url}/settings`);
    const settings = page.getByRole("group", { name: "All settings" });
    expect(await settings.getByRole("row", { name: /^errors\.enabled/ }).innerText()).toMatch(/true\s+flag --errors-enabled/);
    expect(await settings.getByRole("row", { name: /^query\.timeout/ }).innerText()).toMatch(/30s\s+default/);
    await page.getByRole("button", { name: "Given here" }).click();
    await page.waitForURL(/show=given/);
    await settings.getByRole("row", { name: /^query\.timeout/ }).waitFor({ state: "detached" });
    await page.reload();
    await settings.getByRole("row", { name: /^data\.dir/ }).waitFor();
    expect(await settings.getByRole("row", { name: /default/ }).count()).toBe(0);
  });

  it("say how long events are kept and what a day takes, which leads to its events", async () => {
    const page = await open(`${url}/settings`);
    const disk = page.getByRole("region", { name: "Retention and disk" });
    await disk.getByText("for ever").waitFor();
    await disk.getByRole("row", { name: /^events [\d.]+ [KM]B/ }).waitFor();
    const days = page.getByRole("region", { name: "Days" });
    const day = days.getByRole("link").first();
    const events = ((await days.getByRole("row").nth(1).innerText()).split(/\s+/))[1] ?? "none";
    expect(Number(events.replaceAll(",", ""))).toBeGreaterThan(0);
    await day.click();
    await page.waitForURL(/\/explore\?range=.*\.\./);
    await waitForRows(page);
    await page.getByText(/^[\d,]+ events? in range$/).waitFor();
  });

  it("test a channel, and show what the other side says", async () => {
    const page = await open(`${url}/settings`);
    await page.getByRole("button", { name: "Send test to ui" }).click();
    const channels = page.getByRole("region", { name: "Channels" });
    await channels.getByText("delivered").waitFor();
    await channels.getByText("in the inbox").waitFor();
  });

  it("say which secrets are masked, and not which patterns do it", async () => {
    const page = await open(`${inject("empty")}/settings`);
    const masking = page.getByRole("region", { name: "Masking" });
    await masking.getByText("bearer_token").waitFor();
    await masking.getByText("card_number off").waitFor();
    await masking.getByText("employee_id").waitFor();
    await masking.getByText("customer").waitFor();
    await page.getByText("There are no events yet").waitFor();
    await page.getByRole("row", { name: /^redaction\.patterns\.customer not shown/ }).waitFor();
    expect(await page.content()).not.toContain("C-[0-9]");
    expect(await violations(page)).toEqual([]);
  });

  it("have no sideways scroll on a phone", async () => {
    const page = await open(`${url}/settings`, { viewport: { width: 390, height: 844 } });
    await page.getByRole("group", { name: "All settings" }).waitFor();
    await page.getByRole("region", { name: "Days" }).waitFor();
    expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBe(390);
  });
});
