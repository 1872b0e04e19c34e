import type { Locator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { open, violations, waitForRows, withBrowser } from "./browser";

/** The box for expressions. */
function box(page: Page): Locator {
  return page.getByLabel("Search", { exact: true });
}

/** Waits until the box colours and completes. */
async function editor(page: Page): Promise<void> {
  await page.locator(".cm-content").first().waitFor();
}

withBrowser();
const url = inject("url");

/** What the rows of a table say, a line each. */
async function lines(page: Page, table: string): Promise<string[]> {
  await page.getByRole("group", { name: table, exact: true }).locator('table[aria-busy="false"] tbody tr').first().waitFor();
  const found = await page.getByRole("group", { name: table, exact: true }).locator("tbody tr").allInnerTexts();
  return found.map((text) => text.replaceAll(/\s+/g, " ").trim());
}

/** What the server was given at first; other tests change groups of errors, which are events as well. */
const BOTH = "project_id=pf_1,pf_2&event_type=execution";

describe("Statistics", () => {
  it("count, compare and order groups of events, and lead to the events of each, by keys alone", async () => {
    const page = await open(`${url}/explore?${BOTH}`);
    await waitForRows(page);
    await page.getByRole("button", { name: "Facets" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/as=statistics/);
    expect(await lines(page, "Statistics")).toHaveLength(4);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "By engine, platform" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Fields of statistics" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("platform", { exact: true }).focus();
    await page.keyboard.press("Space");
    await page.waitForURL(/group=engine(&|$)/);
    expect(await page.getByLabel("engine", { exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Error rate" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/sort=error_rate/);
    await expect.poll(() => lines(page, "Statistics")).toEqual([expect.stringMatching(/^execution 3,000 20 % \d+ ms \d+ ms \d+ ms$/), expect.stringMatching(/^vault 3,000 0 % /)]);
    await page.reload();
    expect((await lines(page, "Statistics"))[0]).toMatch(/^execution 3,000 20 %/);
    expect(await page.getByRole("columnheader", { name: "Error rate" }).getAttribute("aria-sort")).toBe("descending");
    await page.getByRole("link", { name: "execution", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("3,000 events in range").waitFor();
    await waitForRows(page);
    expect(new URL(page.url()).searchParams.get("engine")).toBe("execution");
    expect(new URL(page.url()).searchParams.has("as")).toBe(false);
    await page.goBack();
    expect((await lines(page, "Statistics"))[0]).toMatch(/^execution 3,000 20 %/);
    await page.getByRole("link", { name: "20 %" }).click();
    await page.getByText("600 events in range").waitFor();
  });

  it("put what has no value, and all that are too many, into rows of their own", async () => {
    const page = await open(`${url}/explore?${BOTH}&as=statistics&group=error_type,attributes.region`);
    expect(await lines(page, "Statistics")).toEqual([expect.stringMatching(/^none eu 5,400 0 %/), expect.stringMatching(/^token_expired eu 600 100 %/)]);
    await page.getByRole("link", { name: "none" }).click();
    await page.getByText("5,400 events in range").waitFor();
    await page.goto(`${url}/explore?${BOTH}&as=statistics&group=message`);
    await page.getByText(/^5,407 groups in range$/).waitFor();
    expect((await lines(page, "Statistics")).at(-1)).toMatch(/^5,307 others/);
  });

  it("follow what is searched for, and say what is wrong with it, and what removed all events", async () => {
    const page = await open(`${url}/explore?${BOTH}&as=statistics&group=engine&q=posted`);
    expect(await lines(page, "Statistics")).toEqual([expect.stringMatching(/^vault 3,000/), expect.stringMatching(/^execution 2,400/)]);
    await page.goto(`${url}/explore?as=statistics&q=posted&status=error`);
    await page.getByRole("button", { name: /Drop the search posted 600 events/ }).waitFor();
    await page.goto(`${url}/explore?as=statistics&q=${encodeURIComponent("status:error AND )")}`);
    await page.getByRole("main").getByRole("button", { name: "Try again" }).waitFor();
  });
});

describe("Patterns", () => {
  it("say what messages have in common, and lead to those of each", async () => {
    const page = await open(`${url}/explore?${BOTH}`);
    await waitForRows(page);
    await page.getByRole("button", { name: "Patterns" }).click();
    await page.waitForURL(/as=patterns/);
    const found = await lines(page, "Patterns");
    expect(found[0]).toMatch(/^Message <num> posted 5,400 90 % Message \d+ posted$/);
    expect(found[1]).toMatch(/^Token expired for account <num> 600 10 % Token expired for account \d$/);
    await page.getByText("2 patterns of 6,000 messages in range").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: /^Token expired/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /^Token expired/ }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: /^Token expired/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 1, name: /^Token expired/ }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Token expired for account" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("600 events in range").waitFor();
    await waitForRows(page);
    expect(new URL(page.url()).searchParams.get("q")).toBe("message:/(?s)^Token expired for account .*$/");
  });

  it("keep what was searched for, and say where there is none", async () => {
    const page = await open(`${url}/explore?${BOTH}&as=patterns&q=${encodeURIComponent("expired OR platform:Slack")}`);
    await page.getByRole("link", { name: "Message <num> posted" }).click();
    await page.getByText("1,200 events in range").waitFor();
    await page.goto(`${url}/explore?as=patterns&q=nothing_like_this`);
    await page.getByText("No event that matches has a message").waitFor();
  });

  it("come behind a skeleton, as statistics do, and have no sideways scroll on a phone", async () => {
    const page = await open("about:blank", { viewport: { width: 390, height: 844 } });
    await page.route(/\/monitoring\/(stats|logs\/patterns)/, () => {});
    for (const as of ["statistics", "patterns"]) {
      await page.goto(`${url}/explore?as=${as}`);
      await page.getByRole("img", { name: "Loading" }).waitFor();
    }
    await page.unrouteAll({ behavior: "ignoreErrors" });
    for (const [as, table] of [
      ["statistics", "Statistics"],
      ["patterns", "Patterns"],
    ] as const) {
      await page.goto(`${url}/explore?as=${as}`);
      await lines(page, table);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });
});

describe("Explore", () => {
  it("says what is wrong with a search before it is sent, and where", async () => {
    const page = await open(`${url}/explore`);
    await page.getByLabel("Search", { exact: true }).fill("status:error AND )");
    await page.getByRole("alert").getByText("column 18").waitFor();
    expect(await page.locator(".wrong").innerText()).toBe(")");
    expect(await box(page).getAttribute("aria-invalid")).toBe("true");
    expect(await box(page).getAttribute("aria-description")).toContain("column 18");
    expect(new URL(page.url()).searchParams.has("q")).toBe(false);
    await box(page).fill("status:error");
    await page.locator(".wrong").waitFor({ state: "detached" });
    await page.getByRole("alert").waitFor({ state: "detached" });
  });

  it("colours an expression, and keeps one line of what is pasted", async () => {
    const page = await open(`${url}/explore`, { permissions: ["clipboard-read", "clipboard-write"] });
    await box(page).fill('status:error AND message:/to.*n/i "token expired" duration_ms:>5');
    for (const [kind, text] of [
      ["field", "status:"],
      ["keyword", "AND"],
      ["regex", "/to.*n/i"],
      ["string", '"token expired"'],
      ["operator", ">"],
    ] as const) {
      await page.locator(`.token-${kind}`, { hasText: text }).first().waitFor();
    }
    await page.evaluate(() => navigator.clipboard.writeText("status:error\n  platform:Slack\n"));
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+v");
    await page.waitForFunction(() => document.querySelector('[role="search"] div div')?.shadowRoot?.querySelector(".cm-content")?.textContent === "status:error platform:Slack");
    await page.keyboard.press("Enter");
    await page.getByText("300 events in range").waitFor();
  });

  it("completes fields and values with their counts, by keys alone", async () => {
    const page = await open(`${url}/explore?project_id=pf_1,pf_2`);
    await waitForRows(page);
    await editor(page);
    await page.keyboard.press("/");
    await page.keyboard.type("platf");
    await page.getByRole("option", { name: /^platform/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: /^platform/, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /^Slack\s*1,500$/ }).waitFor();
    await page.keyboard.type("sl");
    await page.getByRole("option", { name: /^Notion/ }).waitFor({ state: "detached" });
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: /^Slack/, selected: true }).waitFor();
    await page.keyboard.press("Tab");
    expect(await box(page).innerText()).toBe("platform:Slack");
    expect(new URL(page.url()).searchParams.has("q")).toBe(false);
    await page.keyboard.press("Enter");
    await page.getByText("1,500 events in range").waitFor();
    // Attributes are offered as fields are.
    await page.keyboard.type(" reg");
    await page.getByRole("option", { name: /^attributes\.region/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("option").first().waitFor({ state: "detached" });
    expect(await box(page).evaluate((element) => element.getRootNode() instanceof ShadowRoot && element.getRootNode() === element.closest(".cm-editor")?.getRootNode() && element.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");
    expect(await box(page).evaluate((element) => element.matches(":focus"))).toBe(false);
  });

  it("runs what is written with Enter, whatever is offered", async () => {
    const page = await open(`${url}/explore?project_id=pf_1,pf_2`);
    await editor(page);
    await page.keyboard.press("/");
    await page.keyboard.type("expired");
    await page.keyboard.type(" AND stat");
    await page.getByRole("option", { name: /^status/ }).waitFor();
    await page.keyboard.press("Control+Backspace");
    await page.keyboard.press("Control+Backspace");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=expired(&|$)/);
    await page.getByText("600 events in range").waitFor();
    expect(await page.getByRole("option").count()).toBe(0);
  });

  it("brings back what was asked before", async () => {
    const page = await open(`${url}/explore`);
    await editor(page);
    for (const q of ["status:error", "platform:Notion"]) {
      await box(page).fill(q);
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`q=${q}`));
    }
    await page.reload();
    await editor(page);
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowUp");
    expect(await box(page).innerText()).toBe("status:error");
    await page.keyboard.press("ArrowDown");
    expect(await box(page).innerText()).toBe("platform:Notion");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await box(page).click();
    await box(page).click();
    await page.getByRole("option", { name: /^platform:Notion/ }).waitFor();
    await page.getByRole("option", { name: /^status:error/ }).click();
    expect(await box(page).innerText()).toBe("status:error");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=status:error/);
  });

  it("keeps views by name, and leads back to them, from the commands as well", async () => {
    const page = await open(`${url}/explore?project_id=pf_1,pf_2&q=platform:Slack&columns=severity,platform,message&order=oldest&range=2d&zone=UTC`);
    await waitForRows(page);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Save what is shown as").fill("Slack, oldest first");
    await page.keyboard.press("Enter");
    await page.getByText("Slack, oldest first is saved").waitFor();
    const saved = new URL(page.url()).searchParams.toString();

    await page.goto(`${url}/audit`);
    await page.getByRole("heading", { level: 1, name: "Audit" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("slack old");
    await page.getByRole("option", { name: "View: Slack, oldest first", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("1,500 events in range").waitFor();
    expect(new URL(page.url()).searchParams.toString().split("&").toSorted()).toEqual(saved.split("&").toSorted());

    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("listitem").filter({ hasText: "Slack, oldest first" }).getByText("shown now").waitFor();
    expect(await violations(page)).toEqual([]);
    // A name that is taken is not taken twice.
    await page.getByLabel("Save what is shown as").fill("Slack, oldest first");
    await page.getByRole("button", { name: "Replace" }).click();
    await page.getByRole("button", { name: "Views" }).click();
    expect(await page.getByRole("button", { name: /^Drop the view/ }).count()).toBe(1);
    await page.getByRole("button", { name: "Drop the view Slack, oldest first" }).click();
    await page.getByText("None yet.").waitFor();
  });

  it("takes an expression before the editor is here, and where it never comes", async () => {
    const page = await open("about:blank");
    await page.route("**/QueryEditor-*.js", (route) => route.abort());
    await page.goto(`${url}/explore?project_id=pf_1,pf_2`);
    await waitForRows(page);
    await page.keyboard.press("/");
    await page.keyboard.type("token expired");
    await page.keyboard.press("Enter");
    await page.getByText("600 events in range").waitFor();
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
