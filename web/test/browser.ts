import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

let browser: Browser;
const contexts: BrowserContext[] = [];

/** What the pages complained about. */
const complaints: string[] = [];

/** Gives each test file the browser; each test fails on whatever a page complains about. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject("browser"));
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());
}

/** A page of a fresh profile. */
export async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: "Asia/Kolkata",
    ...options,
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Refused requests are part of some tests, and shown by the page.
    if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  await page.goto(url);
  return page;
}

/** The texts of the rows that are on the page. */
export function rows(page: Page): Promise<string[]> {
  return page.locator('[role="row"][aria-selected]').allInnerTexts();
}

export async function waitForRows(page: Page): Promise<void> {
  await page.locator('[role="grid"][aria-busy="false"] [role="row"][aria-selected]').first().waitFor();
}

/** Waits until nothing is on its way any more, and what came is shown. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(document.querySelector('main [aria-busy="true"]') === null), 150);
      }),
  );
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of axe that depend on colours; everything else is the same in light and in dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong with a page as it is now, in light and in dark. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await violationsNow(page, OF_COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  return [...(await violationsNow(page)), ...dark.map((each) => `in dark, ${each}`)];
}

function violationsNow(page: Page, rules?: readonly string[]): Promise<string[]> {
  return page.evaluate(async (only) => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const found = await checker.run(only === undefined ? {} : { runOnly: { type: "rule", values: only } });
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
  }, rules);
}
