import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { open, rows, waitForRows, withBrowser } from "./browser";
import { record } from "./server";

withBrowser();
const url = inject("url");

const HALF_HOUR = 1_800_000;

/** An event each half hour of the days around the last Sunday of October 2026, whose clocks Berlin puts back. */
const FIRST = Date.parse("2026-10-24T00:00:00Z");
const COUNT = 3 * 48;

beforeAll(() =>
  record(
    url,
    Array.from({ length: COUNT }, (_, index) => ({
      project_id: "zones",
      engine: "execution",
      status: "success",
      message: `half hour ${index}`,
      timestamp: new Date(FIRST + index * HALF_HOUR).toISOString(),
    })),
  ),
);

/** Chooses the time as somebody writes it. */
async function write(page: Page, time: string): Promise<void> {
  await page.getByTitle("Time (t)").click();
  await page.getByLabel("Time as text").fill(time);
  await page.keyboard.press("Enter");
}

describe.each([
  { zone: "UTC", events: 48, from: "2026-10-25T00:00:00Z", to: "2026-10-26T00:00:00Z" },
  { zone: "Asia/Kolkata", events: 48, from: "2026-10-24T18:30:00Z", to: "2026-10-25T18:30:00Z" },
  { zone: "Europe/Berlin", events: 50, from: "2026-10-24T22:00:00Z", to: "2026-10-25T23:00:00Z" },
])("In $zone", ({ zone, events, from, to }) => {
  it("a day that is written has its own hours, events and bars, also when the page is loaded again", async () => {
    const page = await open(`${url}/explore?project_id=zones`, { timezoneId: zone });
    await write(page, "Oct 25 2026");
    for (const again of [false, true]) {
      if (again) {
        await page.reload();
      }
      await page.getByText(`${events} events in range`).waitFor();
      await waitForRows(page);
      expect(new URL(page.url()).searchParams.get("range")).toBe(`${from}..${to}`);
      const shown = await rows(page);
      expect(shown[0]).toContain("23:30:00");
      expect(shown[0]).toContain(`half hour ${(Date.parse(to) - FIRST) / HALF_HOUR - 1}`);
    }
    await page.getByRole("button", { name: "Table" }).first().click();
    const bars = await page.getByRole("region", { name: /as a table$/ }).first().locator("tbody tr").allInnerTexts();
    expect(bars[0]).toMatch(/^Oct 25 00:00:00/);
    const numbers = bars.flatMap((bar) => bar.split("\t").slice(1)).filter((cell) => /^\d/.test(cell));
    expect(numbers.reduce((sum, cell) => sum + Number(cell), 0)).toBe(events);
  });
});

describe("Where clocks are put back", () => {
  it("both hours of the same name are there, each with its own events", async () => {
    const page = await open(`${url}/explore?project_id=zones`, { timezoneId: "Europe/Berlin" });
    await write(page, "2026-10-25 01:30 - 2026-10-25 03:00");
    await page.getByText("5 events in range").waitFor();
    await waitForRows(page);
    const times = (await rows(page)).map((row) => /\d\d:\d\d:\d\d/.exec(row)?.[0]);
    expect(times).toEqual(["02:30:00", "02:00:00", "02:30:00", "02:00:00", "01:30:00"]);
  });
});
