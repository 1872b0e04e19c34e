import { describe, expect, inject, it } from "vitest";
import { open, rows, settled, violations, waitForRows, withBrowser } from "./browser";

withBrowser();
const url = inject("url");

const NOTE = /^Not renewed since \w+ \d+ [\d:]+: Blackbox does not answer/;

describe("what a page has shown", () => {
  it("stays while it cannot be had again, with a note that goes by itself", { timeout: 120_000 }, async () => {
    const { groups } = (await (await fetch(`${url}/monitoring/errors?sort=errors`)).json()) as { groups: { group_id: string; title: string }[] };
    const group = groups[0];
    const page = await open(`${url}/errors/${group?.group_id}`);
    const title = page.getByRole("heading", { level: 1, name: group?.title ?? "" });
    await title.waitFor();
    await settled(page);
    await page.route(/\/monitoring\/errors\/[0-9a-f]+$/, (route) => route.abort());
    await page.getByText(NOTE).waitFor({ timeout: 60_000 });
    expect(await title.isVisible()).toBe(true);
    expect(await page.getByRole("group", { name: /^Errors by/ }).isVisible()).toBe(true);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.unroute(/\/monitoring\/errors\/[0-9a-f]+$/);
    await page.getByText(NOTE).waitFor({ state: "detached", timeout: 60_000 });
    expect(await title.isVisible()).toBe(true);
  });

  it("stays while time moves on, on all parts of a page, with one note and one way to try again", async () => {
    const page = await open(`${url}/`);
    const errors = page.getByRole("link", { name: "token_expired" }).first();
    await errors.waitFor();
    await settled(page);
    await page.route("**/monitoring/**", (route) => route.abort());
    await page.keyboard.press("r");
    await page.getByText(NOTE).waitFor();
    // Whatever comes to an end comes to it within the seconds that it is tried.
    await page.waitForTimeout(4_000);
    expect(await page.getByText(NOTE).count()).toBe(1);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await errors.isVisible()).toBe(true);
    await page.unroute("**/monitoring/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(NOTE).waitFor({ state: "detached" });
    expect(await errors.isVisible()).toBe(true);
  });

  it("gives way to what is asked for next", async () => {
    const page = await open(`${url}/explore?project_id=pf_1,pf_2`);
    await waitForRows(page);
    await page.route("**/monitoring/**", (route) => route.abort());
    await page.keyboard.press("r");
    await page.getByText(NOTE).waitFor();
    expect(await rows(page)).not.toEqual([]);
    await page.keyboard.press("/");
    await page.keyboard.type("expired");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Blackbox does not answer").first().waitFor();
    expect(await rows(page)).toEqual([]);
    await page.getByText(NOTE).waitFor({ state: "detached" });
  });

  it("gives way to a refusal", { timeout: 120_000 }, async () => {
    const { groups } = (await (await fetch(`${url}/monitoring/errors`)).json()) as { groups: { group_id: string; title: string }[] };
    const page = await open(`${url}/errors/${groups[0]?.group_id}`);
    await page.getByRole("heading", { level: 1, name: groups[0]?.title ?? "" }).waitFor();
    await page.route(/\/monitoring\/errors\/[0-9a-f]+$/, (route) =>
      route.fulfill({ status: 404, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Not found", status: 404, detail: "gone" }) }),
    );
    await page.getByRole("heading", { level: 1, name: "There is no such group of errors" }).waitFor({ timeout: 60_000 });
  });
});
