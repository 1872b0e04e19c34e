import { describe, expect, inject, it } from "vitest";
import { open, withBrowser, violations, waitForRows } from "./browser";

withBrowser();
const url = inject("url");

async function firstGroup(): Promise<string> {
  const answer = (await (await fetch(`${url}/monitoring/errors?sort=errors`)).json()) as { groups: { group_id: string }[] };
  return answer.groups[0]?.group_id ?? "none";
}

describe("in light and in dark, axe finds nothing wrong with", () => {
  it("Overview", async () => {
    const page = await open(`${url}/`);
    await page.getByRole("link", { name: "token_expired" }).first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("Explore, its drawer and its menus", async () => {
    const page = await open(`${url}/explore?status=error`);
    await waitForRows(page);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Fields" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog", { name: "Columns" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByTitle("Time (t)").click();
    await page.getByLabel("Time as text").fill("yesterday");
    expect(await violations(page)).toEqual([]);
  });

  it("Errors and one group", async () => {
    const page = await open(`${url}/errors`);
    await page.getByRole("link", { name: /token_expired|IOException/ }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${url}/errors/${await firstGroup()}`);
    await page.getByText("What led up to it", { exact: false }).waitFor();
    await page.getByRole("region", { name: "Why in this group" }).locator("code").first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("Performance", async () => {
    const page = await open(`${url}/performance`);
    await page.getByRole("button", { name: "vault · Notion · send_message" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("Deployments and one of them", async () => {
    const page = await open(`${url}/deployments?range=2d`);
    await page.getByRole("link", { name: "vault 1.20.0" }).first().waitFor();
    await page.getByText(/^(faulty|no new errors|insufficient baseline)$/).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "vault 1.20.0" }).first().click();
    await page.getByRole("heading", { name: "Engines, before and after" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("Replay and a session", async () => {
    const page = await open(`${url}/replay?range=2d&q=status:error`);
    await page.getByRole("group", { name: "Sessions" }).getByRole("link").first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${url}/replay/s-0?project=pf_1`);
    await page.getByText("had the same error", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Go there" }).first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("Settings", async () => {
    const page = await open(`${url}/settings`);
    await page.getByRole("table").nth(2).waitFor();
    await page.getByRole("button", { name: "Send test to ui" }).click();
    await page.getByText("in the inbox").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("the keys, and pages without anything", async () => {
    const page = await open(`${inject("empty")}/errors`);
    await page.getByText("Errors are not put into groups").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${inject("empty")}/explore`);
    await page.getByText("Waiting for the first event").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe("axe", () => {
  it("finds what cannot be read in dark alone, and in light alone", async () => {
    const page = await open("about:blank");
    for (const [colours, where] of [
      ["light-dark(#000, #333)", /^in dark, color-contrast/],
      ["light-dark(#ddd, #fff)", /^color-contrast/],
    ] as const) {
      await page.setContent(`<html lang="en"><title>t</title><style>:root { color-scheme: light dark } p { color: ${colours}; background: light-dark(#fff, #222) }</style><main><h1>t</h1><p>text</p></main>`);
      expect(await violations(page)).toEqual([expect.stringMatching(where)]);
    }
  });
});

describe("pages", () => {
  it("are reached by keys, and take the time along", async () => {
    const page = await open(`${url}/?range=2d`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.waitForURL(/\/performance\?range=2d/);
    await page.getByRole("heading", { name: "Performance" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.waitForURL(/\/explore\?range=2d/);
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.waitForURL(/\/alerts\?range=2d/);
    await page.getByRole("heading", { name: "Alerts" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("u");
    await page.waitForURL(/\/audit\?range=2d/);
    await page.getByRole("heading", { name: "Audit" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.waitForURL(/\/settings\?range=2d/);
    await page.getByRole("heading", { name: "Settings", exact: true }).waitFor();
  });

  it("lead from the overview to the errors behind a number", async () => {
    const page = await open(`${url}/`);
    await page.getByRole("link", { name: "token_expired" }).first().click();
    await page.waitForURL(/\/explore\?.*error_type=token_expired/);
    await waitForRows(page);
  });

  it("take times as text", async () => {
    const page = await open(`${url}/performance`);
    await page.getByRole("heading", { name: "Performance" }).waitFor();
    await page.keyboard.press("t");
    await page.getByLabel("Time as text").fill("since 2026-01-01");
    await page.keyboard.press("Enter");
    await page.waitForURL(/range=2025-12-31T18:30:00Z\.\./);
  });

  it("play a session, by keys, and keep the moment in the address", async () => {
    const page = await open(`${url}/explore?range=2d&session_id=s-0&project_id=pf_1&status=error`);
    await waitForRows(page);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Replay", exact: true }).last().click();
    await page.waitForURL(/\/replay\/s-0\?.*event=e-/);
    const head = page.getByRole("slider");
    await head.waitFor();
    const opened = Number(await head.inputValue());
    await page.keyboard.press("e");
    await page.waitForURL(/at=\d+/);
    const error = Number(await head.inputValue());
    expect(error).toBeGreaterThan(opened);
    expect(await page.locator('[aria-label="Events around this moment"] [aria-current="true"]').innerText()).toContain("token_expired");
    await page.reload();
    await head.waitFor();
    expect(Math.abs(Number(await head.inputValue()) - error)).toBeLessThan(1);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.waitForTimeout(300);
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Play" }).waitFor();
    expect(Number(await head.inputValue())).toBeGreaterThan(error - 5_000);
  });

  it("lead from a part of the heatmap to the events behind it, by keys and by mouse", async () => {
    const page = await open(`${url}/performance`);
    const map = page.getByRole("group", { name: /^Calls by time and duration/ });
    await map.focus();
    for (const key of ["ArrowLeft", "ArrowUp", "ArrowUp", "ArrowUp", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp", "Enter"]) {
      await page.keyboard.press(key);
    }
    await page.getByRole("heading", { name: "What is different here?" }).waitFor();
    await page.waitForURL(/selected=.*durations=/);
    const events = page.getByRole("link", { name: /^[\d,]+ events$/ });
    await events.waitFor();
    await page.reload();
    const found = await events.innerText();
    await events.click();
    await page.waitForURL(/\/explore\?.*duration_ms/);
    await page.getByText(`${found} in range`).waitFor();

    await page.goBack();
    const box = await map.boundingBox();
    expect(box).not.toBeNull();
    const [left, top] = [box?.x ?? 0, box?.y ?? 0];
    const before = page.url();
    await page.mouse.move(left + (box?.width ?? 0) * 0.6, top + 10);
    await page.mouse.down();
    await page.mouse.move(left + (box?.width ?? 0) * 0.8, top + (box?.height ?? 0) / 2, { steps: 3 });
    await page.mouse.up();
    await page.waitForURL((now) => now.href !== before);
    await page.getByRole("region", { name: "Durations" }).getByRole("button", { name: "Table" }).click();
    await page.getByRole("region", { name: "Calls by time and duration, as a table" }).waitFor();
  });

  it("say what is different in a part of the durations", async () => {
    const page = await open(`${url}/performance`);
    const chart = page.getByRole("group", { name: /^Duration of calls/ });
    await chart.focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"]) {
      await page.keyboard.press(key);
    }
    await page.getByRole("heading", { name: "What is different here?" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "What is different here?" }).waitFor();
  });
});
