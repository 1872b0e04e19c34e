import { describe, expect, inject, it } from "vitest";
import { open, withBrowser } from "./browser";
import { record } from "./server";

withBrowser();
const url = inject("url");

describe("the list of sessions", () => {
  it("loads further pages", async () => {
    const now = Date.now();
    await record(
      url,
      Array.from({ length: 120 }, (_, place) => ({ project_id: "pf_many", session_id: `many-${place}`, engine: "vault", timestamp: new Date(now - 60_000 - place * 100).toISOString() })),
    );
    const page = await open(`${url}/replay?range=2d&q=project_id:pf_many`);
    await page.getByText("The newest 100 of 120 in range").waitFor();
    const links = page.getByRole("group", { name: "Sessions" }).getByRole("link");
    expect(await links.count()).toBe(100);
    await page.getByRole("button", { name: "More sessions" }).click();
    await page.getByText("120 in range", { exact: true }).waitFor();
    expect(new Set(await links.allInnerTexts()).size).toBe(120);
    expect(await page.getByRole("button", { name: "More sessions" }).count()).toBe(0);
  });
});
