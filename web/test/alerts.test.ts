import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { open, settled, violations, withBrowser } from "./browser";
import { ATTEMPT } from "./events";
import { record } from "./server";

withBrowser();
const url = inject("url");
const ids: string[] = [];

/** Before what other tests look at; alerts are of the time of receipt. */
const LONG_AGO = Date.now() - 3 * 3_600_000;

interface Alert {
  readonly alert_id: string;
  readonly title: string;
}

async function alertsOf(project: string, many: number): Promise<Alert[]> {
  const until = Date.now() + 15_000;
  for (;;) {
    const answer = await fetch(`${url}/monitoring/alerts?policy=critical_severity&project_id=${project}`);
    const { alerts } = (await answer.json()) as { alerts: Alert[] };
    if (alerts.length >= many) {
      return alerts;
    }
    if (Date.now() > until) {
      throw new Error(`there are ${alerts.length} of ${many} alerts of ${project}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function critical(project: string, errorType: string, message: string): object {
  return {
    project_id: project,
    timestamp: new Date(LONG_AGO).toISOString(),
    severity: "critical",
    engine: "execution",
    platform: "Slack",
    action: "send_message",
    status: "error",
    error_type: errorType,
    message,
  };
}

beforeAll(async () => {
  await record(url, [critical("alerting", "disk_full", "no space on <b>/data</b>"), critical("alerting", "out_of_memory", "heap"), critical("alerting2", ATTEMPT, ATTEMPT)]);
  const found = [...(await alertsOf("alerting", 2)), ...(await alertsOf("alerting2", 1))];
  ids.push(...["disk_full", "out_of_memory", "<img"].map((name) => found.find((each) => each.title.includes(name))?.alert_id ?? "none"));
});

async function named(page: Page): Promise<void> {
  await page.getByLabel("Who you are").first().fill("Ada");
}

describe("alerts", () => {
  it("are listed with those that fire first, narrowed by what the address says, and lead to why", async () => {
    const page = await open(`${url}/alerts`);
    await page.getByLabel("Project", { exact: true }).fill("alerting");
    await page.keyboard.press("Enter");
    await page.waitForURL(/project=alerting/);
    await page.getByLabel("Severity").selectOption("critical");
    await page.waitForURL(/severity=critical/);
    const row = page.getByRole("link", { name: "alerting: critical disk_full in execution" });
    await row.waitFor();
    expect(await page.getByRole("link", { name: /token_expired/ }).count()).toBe(0);
    await page.reload();
    await row.click();
    await page.waitForURL(new RegExp(`/alerts/${ids[0]}`));
    await page.getByRole("heading", { level: 1, name: /disk_full/ }).waitFor();
    await page.getByText("no space on <b>/data</b>").first().waitFor();
    const why = page.getByRole("region", { name: "Why" });
    await why.getByText(/^fired by policy critical_severity, version 0/).waitFor();
    const stages = await why.getByRole("listitem").allInnerTexts();
    expect(stages[0]).toContain("evaluate");
    await page.getByRole("region", { name: "Notifications" }).getByText("in the inbox").waitFor();
    await page.getByRole("link", { name: "Show them in Explore" }).click();
    await page.waitForURL(/\/explore\?.*event_id=/);
    await page.getByText("1 event in range").waitFor();
  });

  it("are acknowledged and resolved in somebody's name, which is remembered", async () => {
    const page = await open(`${url}/alerts/${ids[0]}`);
    const handled = page.getByRole("region", { name: "Looked after" });
    expect(await page.getByRole("button", { name: "Acknowledge" }).isDisabled()).toBe(true);
    await named(page);
    await page.getByLabel("Comment").fill("looking <i>into</i> it");
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await handled.getByText("acknowledged by Ada").waitFor();
    await handled.getByText("looking <i>into</i> it").waitFor();
    await page.reload();
    await handled.getByText("acknowledged by Ada").waitFor();
    expect(await page.getByLabel("Who you are").first().inputValue()).toBe("Ada");
    await page.getByRole("button", { name: "Resolve" }).click();
    await handled.getByText("resolved by Ada").waitFor();
    expect(await page.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
  });

  it("are silenced with a preview of what that means, and told again when the silence is ended", async () => {
    const page = await open(`${url}/alerts/${ids[1]}`);
    const silence = page.getByRole("region", { name: "Silence" });
    await silence.getByText("Means 1 alert now").waitFor();
    for (const label of ["error_type", "policy"]) {
      await silence.getByRole("button", { name: `Drop ${label}` }).click();
    }
    await silence.getByText("Means 3 alerts now").waitFor();
    await silence.getByRole("link", { name: /critical out_of_memory/ }).waitFor();
    expect(await silence.getByRole("button", { name: "4 h" }).isDisabled()).toBe(true);
    await silence.getByLabel("Reason").fill("known, <b>mended</b> tonight");
    await silence.getByLabel("Who you are").fill("Ada");
    await silence.getByRole("button", { name: "4 h" }).click();
    await page.getByText(/^Silent: \d alerts? now$/).waitFor();
    await page.getByRole("link", { name: "Alerts", exact: true }).first().click();
    await page.getByRole("tab", { name: "Silences" }).click();
    await page.waitForURL(/tab=silences/);
    const row = page.getByRole("row", { name: /known, <b>mended<\/b> tonight/ });
    await row.getByText("active").waitFor();
    await row.getByRole("button", { name: "End now" }).click();
    await row.getByText("over", { exact: true }).waitFor();
  });

  it("come from policies, which are written, tried and kept as versions", async () => {
    const page = await open(`${url}/alerts?tab=policies`);
    await page.getByText("At least 100 (high) or 1,000 (critical) events within 5m, for each project_id and engine").waitFor();
    await page.getByRole("button", { name: "New policy" }).click();
    const text = page.getByLabel("Policy as JSON");
    await text.fill('{\n  "policy": "slack_errors",\n  "match": "platform:Slack status:error AND )",\n  "condition": {"kind": "count", "by": ["project_id"]},\n  "thresholds": [{"severity": "high", "value": 5}]\n}');
    await page.getByRole("button", { name: "1 day" }).click();
    await page.getByText("/condition/window").waitFor();
    await page.getByRole("button", { name: "line 4" }).waitFor();
    await page.getByRole("button", { name: "line 3" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await text.fill((await text.inputValue()).replace(" AND )", "").replace('"count"', '"count", "window": "5m"'));
    await page.getByRole("button", { name: "1 day" }).click();
    await page.getByText(/^Would have fired \d+ times?, \d.* in all, \d+ groups?, \d+ notifications? after grouping and silences$/).waitFor();
    expect(await violations(page)).toEqual([]);
    // The match has the box of Explore, with what it offers and what is wrong; both are one text.
    const match = page.getByLabel("Events it is about", { exact: true });
    await page.locator(".cm-content").first().waitFor();
    expect(await match.innerText()).toBe("platform:Slack status:error");
    await match.fill("platform:Slack status:error AND )");
    await page.getByRole("alert").getByText(/^column 33/).waitFor();
    expect(await text.inputValue()).toContain('"match": "platform:Slack status:error AND )",\n  "condition"');
    await match.fill("");
    await match.pressSequentially("platform:Slack status:error engi", { delay: 5 });
    await page.getByRole("option", { name: /engine/ }).first().waitFor();
    await match.press("Escape");
    await match.fill("platform:Slack status:error");
    await text.fill((await text.inputValue()).replace("platform:Slack", "platform:(Slack OR Notion)"));
    await page.waitForFunction(() => document.querySelector('[role="search"] div div')?.shadowRoot?.querySelector(".cm-content")?.textContent === "platform:(Slack OR Notion) status:error");
    await page.getByLabel("Who you are").fill("Ada");
    await page.getByRole("button", { name: "Put it to work" }).click();
    await page.waitForURL(/edit=slack_errors/);
    await page.getByRole("button", { name: /^Version 1 .*by Ada/ }).waitFor();
    await page.getByRole("button", { name: "Switch off" }).click();
    await page.getByText("changed, not saved").waitFor();
    await page.getByRole("button", { name: "Save as a new version" }).click();
    await page.getByRole("button", { name: /^Version 2 .*by Ada/ }).waitFor();
    await page.getByRole("button", { name: /^Version 1 / }).click();
    await page.waitForURL(/version=1/);
    expect(await text.inputValue()).not.toContain("enabled");
    await page.getByRole("group", { name: "When it would have fired" }).getByRole("link").first().click();
    await page.waitForURL(/\/explore\?/);
  });

  it("reach the inbox as they come, and are marked as read", async () => {
    const page = await open(`${url}/explore?range=5m`);
    const bell = page.getByRole("button", { name: /^Inbox/ });
    await page.getByRole("button", { name: /^Inbox: \d+ unread/ }).waitFor();
    await bell.click();
    const menu = page.getByRole("dialog", { name: "Inbox" });
    await menu.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("button", { name: "Inbox: all read" }).waitFor({ state: "attached" });
    await record(url, [critical("alerting3", "late", "came later")]);
    await menu.getByRole("link", { name: "alerting3: critical late in execution" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await menu.getByRole("link", { name: "alerting3: critical late in execution" }).click();
    await page.getByRole("heading", { level: 1, name: /alerting3/ }).waitFor();
    await menu.waitFor({ state: "detached" });
  });

  it("are told on channels, which can be tried", async () => {
    const page = await open(`${url}/alerts?tab=channels`);
    await page.getByRole("button", { name: "Send test to ui" }).click();
    await page.getByText("in the inbox").waitFor();
    await page.getByRole("link", { name: "What it was told" }).click();
    await page.waitForURL(/tab=notifications&channel=ui/);
    await page.getByText("delivered").first().waitFor();
  });

  it("that fire are on the overview", async () => {
    const page = await open(`${url}/`);
    const firing = page.getByRole("region", { name: "Firing alerts" });
    await firing.getByRole("link", { name: /critical/ }).first().click();
    await page.waitForURL(/\/alerts\/.+/);
  });

  it("whose every text is an attempted script are text", async () => {
    for (const path of [`/alerts/${ids[2]}`, "/alerts?project=alerting2", "/alerts?tab=notifications", "/alerts?tab=silences", "/"]) {
      const page = await open(url + path);
      await page.getByText(/<script>window.ran=1<\/script>|mended/).first().waitFor();
      await page.getByRole("button", { name: /^Inbox/ }).click();
      await settled(page);
      expect(await page.evaluate(() => (globalThis as unknown as { ran?: number }).ran)).toBeUndefined();
      expect(await page.locator("body img[src='x'], #root script, body iframe").count()).toBe(0);
    }
  });
});

describe("in light and in dark, axe finds nothing wrong with", () => {
  it.each([
    ["/alerts", "More alerts|Counts are since"],
    ["/alerts?tab=notifications", "in the inbox"],
    ["/alerts?tab=policies", "Every event"],
    ["/alerts?tab=policies&edit=error_burst&tried=1d", "events matched"],
    ["/alerts?tab=silences", "End now|over"],
    ["/alerts?tab=channels", "is the inbox here"],
  ])("%s", async (path, shown) => {
    const page = await open(url + path);
    await page.getByText(new RegExp(shown)).first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("one alert", async () => {
    const page = await open(`${url}/alerts/${ids[1]}`);
    await page.getByText(/^fired by policy/).first().waitFor();
    await page.getByText(/^Means/).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe("a phone", () => {
  it("has no sideways scroll", async () => {
    const page = await open(`${url}/alerts`, { viewport: { width: 390, height: 844 } });
    for (const rest of ["", "?tab=notifications", "?tab=policies", "?tab=policies&edit=error_burst&tried=1d", "?tab=silences", "?tab=channels", `/${ids[1]}`]) {
      await page.goto(`${url}/alerts${rest}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await settled(page);
      expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth), rest).toBe(390);
    }
  });
});
