import type { Locator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { open, rows, waitForRows, withBrowser } from "./browser";
import { record } from "./server";

withBrowser();
const url = inject("url");

/** How far away by Tab anything is at most. */
const MOST_TABS = 200;

/** Tabs that are pressed before it is asked where they have led. */
const AT_ONCE = 10;

/** For what a busy machine shows late. */
const IN_TIME = { timeout: 15_000 };

/** Moves the focus to something as somebody does who has no mouse. */
async function reach(what: Locator): Promise<void> {
  const { keyboard } = what.page();
  // Where the focus was since: whether it was there.
  await what.evaluate((element) => {
    const been = [element === document.activeElement];
    document.addEventListener("focusin", (event) => been.push(event.target === element));
    Object.assign(globalThis, { been });
  });
  for (let tabs = 0; tabs < MOST_TABS; tabs += AT_ONCE) {
    const past = await what.evaluate(() => {
      const { been } = globalThis as unknown as { been: boolean[] };
      return been.includes(true) ? been.length - 1 - been.lastIndexOf(true) : -1;
    });
    if (past >= 0) {
      // Behind the last element the focus is nowhere for once, of which nothing is told.
      for (let back = 0; back <= past + 1; back++) {
        if (await what.evaluate((element) => element === document.activeElement)) {
          return;
        }
        await keyboard.press("Shift+Tab");
      }
      throw new Error(`the focus was at ${what}, and does not come back`);
    }
    // As one who holds the key down.
    await Promise.all(Array.from({ length: AT_ONCE }, () => keyboard.press("Tab")));
  }
  throw new Error(`after ${MOST_TABS} tabs, the focus is not at ${what}`);
}

/** How somebody uses a page. */
interface Hand {
  readonly name: "keyboard" | "mouse";
  /** Presses a button, follows a link, or goes into a field. */
  press(what: Locator): Promise<void>;
  tick(box: Locator): Promise<void>;
  /** Chooses one of several tabs. */
  turn(tabs: Locator, name: string): Promise<void>;
}

const HANDS: readonly Hand[] = [
  {
    name: "keyboard",
    press: async (what) => {
      await reach(what);
      await what.page().keyboard.press("Enter");
    },
    tick: async (box) => {
      await reach(box);
      await box.page().keyboard.press("Space");
    },
    turn: async (tabs, name) => {
      await reach(tabs.getByRole("tab", { selected: true }));
      const wanted = tabs.getByRole("tab", { name, selected: true });
      for (let moves = 0; moves < 8 && (await wanted.count()) === 0; moves++) {
        await tabs.page().keyboard.press("ArrowRight");
        await tabs.page().waitForTimeout(50);
      }
      await wanted.waitFor();
    },
  },
  {
    name: "mouse",
    press: (what) => what.click(),
    tick: (box) => box.click(),
    turn: (tabs, name) => tabs.getByRole("tab", { name }).click(),
  },
];

/** Whether a page shows the same at the same address after a reload, and after Back and Forward. */
async function keeps(page: Page, shown: () => Promise<unknown>): Promise<void> {
  const view = async () => ({ shown: await shown(), address: page.url() });
  const before = await view();
  await page.reload();
  await expect.poll(view, IN_TIME).toEqual(before);
  await page.goBack();
  await page.goForward();
  await expect.poll(view, IN_TIME).toEqual(before);
}

function critical(project: string): object {
  const timestamp = new Date(Date.now() - 3 * 3_600_000).toISOString();
  return { project_id: project, timestamp, severity: "critical", engine: "execution", status: "error", error_type: "disk_full", message: "no space" };
}

/** The alert of a project, which comes a moment after the event. */
async function alertOf(project: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${url}/monitoring/alerts?policy=critical_severity&project_id=${project}`);
    const { alerts } = (await answer.json()) as { alerts: { alert_id: string }[] };
    if (alerts[0] !== undefined) {
      return alerts[0].alert_id;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`there is no alert of ${project}`);
}

/** Explore with its rows, and what of it is to stay. */
async function explore(query = ""): Promise<{ page: Page; shown: () => Promise<unknown> }> {
  const page = await open(`${url}/explore${query}`, { permissions: ["clipboard-read", "clipboard-write"] });
  await waitForRows(page);
  const shown = async () => {
    await waitForRows(page);
    return { rows: await rows(page), found: await page.getByText(/^[\d,]+ events? in range$/).innerText() };
  };
  return { page, shown };
}

describe.each(HANDS)("with $name alone, somebody", (hand) => {
  const byKeys = hand.name === "keyboard";

  it("searches", async () => {
    const { page, shown } = await explore("?project_id=pf_1,pf_2");
    await (byKeys ? page.keyboard.press("/") : page.getByLabel("Search", { exact: true }).click());
    await page.keyboard.type('"token expired" platform:Slack');
    await page.keyboard.press("Enter");
    await page.getByText("300 events in range").waitFor();
    await waitForRows(page);
    expect((await rows(page)).every((row) => row.includes("Token expired") && row.includes("Slack"))).toBe(true);
    await keeps(page, shown);
    await page.goBack();
    // What others do to groups of errors are events, too.
    await page.getByText(/^6,0\d\d events in range$/).waitFor();
  });

  it("narrows by facets: one value alone, one more, and without another", async () => {
    const { page, shown } = await explore("?project_id=pf_1,pf_2");
    await hand.press(page.getByTitle(/^Only Slack/));
    await page.getByText("1,500 events in range").waitFor();
    await keeps(page, shown);
    await hand.tick(page.getByLabel("platform may be Notion"));
    await page.getByText("3,000 events in range").waitFor();
    expect(new URL(page.url()).searchParams.get("platform")).toBe("Slack,Notion");
    await keeps(page, shown);
    const errors = page.getByTitle(/^Only error/);
    if (byKeys) {
      await reach(errors);
      await page.keyboard.press("x");
    } else {
      await errors.hover();
      await page.getByLabel("Exclude error", { exact: true }).click();
    }
    await page.getByLabel("Drop status is not error").waitFor();
    await page.getByText("2,700 events in range").waitFor();
    await keeps(page, shown);
  });

  it("looks closer at a part of the histogram", async () => {
    const { page, shown } = await explore();
    const chart = page.getByRole("group", { name: /over time/ });
    if (byKeys) {
      await reach(chart);
      for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"]) {
        await page.keyboard.press(key);
      }
    } else {
      const plot = page.locator(".u-over").first();
      await plot.waitFor();
      const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.75, box.y + 30, { steps: 5 });
      await page.mouse.up();
    }
    await page.waitForURL(/range=.*\.\./);
    const [from = 0, to = 0] = (new URL(page.url()).searchParams.get("range") ?? "").split("..").map((each) => Date.parse(each));
    if (!byKeys) {
      // A quarter of an hour.
      expect(to - from).toBeGreaterThan(800_000);
      expect(to - from).toBeLessThan(1_000_000);
    }
    const asked = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const { total } = (await (await fetch(`${url}/monitoring/logs/histogram?${asked}`)).json()) as { total: number };
    await page.getByText(`${total.toLocaleString("en-US")} events in range`).waitFor();
    await keeps(page, shown);
    await page.goBack();
    await page.waitForURL((at) => !at.search.includes(".."));
  });

  it("opens an event, and sees what was around it", async () => {
    const { page, shown } = await explore("?status=error");
    if (byKeys) {
      for (const key of ["j", "j", "Enter"]) {
        await page.keyboard.press(key);
      }
    } else {
      await page.locator('[role="row"][aria-selected]').nth(1).click();
    }
    const drawer = page.getByRole("complementary", { name: "Event" });
    const fields = async () => {
      await drawer.getByRole("heading", { name: /Token expired/ }).waitFor();
      return drawer.innerText();
    };
    await keeps(page, fields);
    await hand.turn(drawer, "Stack trace");
    const trace = async () => {
      await drawer.getByText("io.puraify.Client.read").waitFor();
      return drawer.innerText();
    };
    await keeps(page, trace);
    await hand.turn(drawer, "Context");
    const around = async () => {
      await drawer.locator('li[aria-current="true"]').waitFor();
      return drawer.innerText();
    };
    await keeps(page, around);
    expect(await drawer.locator("li").count()).toBeGreaterThan(5);
    await (byKeys ? page.keyboard.press("Escape") : drawer.getByRole("button", { name: "Close (Esc)" }).click());
    await drawer.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.has("event")).toBe(false);
    await keeps(page, shown);
  });

  it("sends a link to others, who see the same", async () => {
    const { page, shown } = await explore("?project_id=pf_1&status=error&columns=time,platform,message");
    const before = await shown();
    if (byKeys) {
      await page.keyboard.press("c");
    } else {
      await page.getByRole("button", { name: "Commands" }).click();
      await page.getByRole("option", { name: /^Copy a link/ }).click();
    }
    await page.getByText("Link copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/range=.*\.\..*zone=Asia/);
    const fresh = await open(link, { timezoneId: "America/New_York" });
    await waitForRows(fresh);
    expect(await rows(fresh)).toEqual((before as { rows: string[] }).rows);
    await keeps(fresh, async () => {
      await waitForRows(fresh);
      return rows(fresh);
    });
  });

  it("resolves a group of errors, and takes it back", async () => {
    const page = await open(`${url}/errors`);
    await hand.press(page.getByRole("link", { name: /token_expired|IOException/ }).first());
    await page.waitForURL(/\/errors\/.+/);
    const title = page.getByRole("heading", { level: 1 }).filter({ hasNotText: /^Errors$/ });
    await keeps(page, () => title.innerText());
    const comment = page.getByLabel("Comment");
    await (byKeys ? reach(comment) : comment.click());
    await page.keyboard.type("mended in <b>4.12.4</b>");
    await hand.press(page.getByRole("button", { name: "Resolve", exact: true }));
    const undo = page.getByRole("button", { name: "Undo resolve" });
    await undo.waitFor();
    await keeps(page, async () => {
      await undo.waitFor();
      return page.getByText("mended in <b>4.12.4</b>").first().innerText();
    });
    await hand.press(undo);
    await keeps(page, () => page.getByRole("button", { name: "Resolve", exact: true }).innerText());
  });

  it("writes a policy, sees what it would have done, and puts it to work", async () => {
    const name = `journey_${hand.name}`;
    const page = await open(`${url}/alerts?tab=policies`);
    await hand.press(page.getByRole("button", { name: "New policy" }));
    const text = page.getByLabel("Policy as JSON");
    await keeps(page, () => text.inputValue());
    await (byKeys ? reach(text) : text.click());
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      JSON.stringify({
        policy: name,
        match: "platform:Slack status:error",
        condition: { kind: "count", window: "5m", by: ["project_id"] },
        thresholds: [{ severity: "low", value: 5 }],
      }),
    );
    await hand.press(page.getByRole("button", { name: "1 day" }));
    await page.getByText(/^Would have fired \d+ times?/).waitFor();
    const who = page.getByLabel("Who you are");
    await (byKeys ? reach(who) : who.click());
    await page.keyboard.type("Ada");
    await hand.press(page.getByRole("button", { name: "Put it to work" }));
    await page.waitForURL(new RegExp(`edit=${name}`));
    await keeps(page, async () => {
      await page.getByRole("button", { name: /^Version 1 .*by Ada/ }).waitFor();
      return text.inputValue();
    });
  });

  it("silences an alert", async () => {
    const project = `silenced_${hand.name}`;
    await record(url, [critical(project)]);
    const page = await open(`${url}/alerts/${await alertOf(project)}`);
    const silence = page.getByRole("region", { name: "Silence" });
    await silence.getByText("Means 1 alert now").waitFor();
    for (const [label, typed] of [
      ["Reason", "known"],
      ["Who you are", "Ada"],
    ] as const) {
      const field = silence.getByLabel(label);
      await (byKeys ? reach(field) : field.click());
      await page.keyboard.type(typed);
    }
    await hand.press(silence.getByRole("button", { name: "Silence for 1 h" }));
    await page.getByText(/^Silent: 1 alert now$/).waitFor();
    await keeps(page, () => page.getByRole("heading", { level: 1 }).innerText());
    await page.goto(`${url}/alerts`);
    await page.getByRole("tab", { name: "Alerts" }).waitFor();
    await hand.turn(page.getByRole("tablist", { name: "Alerts" }), "Silences");
    await page.waitForURL(/tab=silences/);
    await keeps(page, () => page.getByRole("row", { name: new RegExp(project) }).getByText("active").innerText());
  });

  it("verifies the audit trail", async () => {
    const page = await open(`${url}/audit?range=2d`);
    await hand.press(page.getByRole("button", { name: "Verify" }));
    await page.getByText(/^Verified [\d,]+ events, .* – .*, root [0-9a-zA-Z+/=]{16}…$/).waitFor();
    await hand.turn(page.getByRole("tablist", { name: "Audit" }), "Checkpoints");
    await keeps(page, async () => {
      await page.getByRole("button", { name: /^Copy checkpoint/ }).first().waitFor();
      return page.getByRole("tab", { selected: true }).innerText();
    });
  });

  it("seeks in a replay", async () => {
    const page = await open(`${url}/replay/s-0?project=pf_1`);
    const head = page.getByRole("slider");
    await head.waitFor();
    const moment = async () => Number(await head.inputValue());
    const opened = await moment();
    await keeps(page, moment);
    if (byKeys) {
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("e");
    } else {
      const { width, height } = (await head.boundingBox()) ?? { width: 0, height: 0 };
      await head.click({ position: { x: width * 0.25, y: height / 2 } });
    }
    await expect.poll(moment, IN_TIME).not.toBe(opened);
    await page.waitForURL(/at=\d+/);
    if (!byKeys) {
      const part = (await moment()) / Number(await head.getAttribute("max"));
      expect(part).toBeGreaterThan(0.2);
      expect(part).toBeLessThan(0.3);
    }
    await keeps(page, async () => {
      await head.waitFor();
      return Math.round(Number(await head.inputValue()) / 10);
    });
    await hand.press(page.getByRole("button", { name: "Play", exact: true }));
    await page.getByRole("button", { name: "Pause" }).waitFor();
  });

  it("watches what comes in, stops to read, and goes on", async () => {
    const project = `tail_${hand.name}`;
    const page = await open(`${url}/explore?project_id=${project}`);
    await page.getByRole("heading", { name: "Explore" }).waitFor({ state: "attached" });
    if (byKeys) {
      await page.keyboard.press("l");
    } else {
      await page.getByRole("button", { name: "Live tail" }).click();
    }
    await page.waitForURL(/live=on/);
    await keeps(page, () => page.getByText("Waiting for an event that matches").innerText());
    const send = (from: number, many: number) =>
      record(
        url,
        Array.from({ length: many }, (_, place) => ({ project_id: project, message: `live ${from + place}` })),
      );
    await send(0, 60);
    await page.getByText("live 59").waitFor();
    const grid = page.getByRole("grid");
    if (byKeys) {
      await reach(grid);
      await page.keyboard.press("PageDown");
    } else {
      await grid.hover();
      await page.mouse.wheel(0, 500);
    }
    await page.getByText("Paused").waitFor();
    await send(60, 5);
    await hand.press(page.getByRole("button", { name: "5 new" }));
    await page.getByText("live 64").waitFor();
    expect(await page.getByText("Paused").count()).toBe(0);
  });
});
