import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { open, settled, violations, withBrowser } from "./browser";
import { record, start, stop } from "./server";

withBrowser();

let url: string;

/** A vault that was deployed ten minutes ago, and since then fails in a way of its own. */
function events(now: number): object[] {
  const all: object[] = [];
  for (let place = 0; place < 2400; place++) {
    const time = now - 2_400_000 + place * 1000;
    const after = place >= 1800;
    const fails = after && place % 4 === 0;
    all.push({
      project_id: "pf_1",
      timestamp: new Date(time).toISOString(),
      event_type: "execution",
      engine: "vault",
      action: "decrypt",
      version: after ? "2.0.0" : "1.0.0",
      status: fails ? "error" : "success",
      ...(fails ? { error_type: "key_rotated", message: "The key was rotated" } : { message: "Decrypted" }),
    });
  }
  all.push({ project_id: "pf_1", timestamp: new Date(now - 600_000).toISOString(), event_type: "deployment", engine: "vault", version: "2.0.0", action: "deploy", message: "Deployed vault 2.0.0" });
  return [...all, quota(now - 1_200_000)];
}

function quota(time: number): object {
  return { project_id: "pf_2", timestamp: new Date(time).toISOString(), event_type: "execution", engine: "execution", status: "error", error_type: "quota_exceeded", message: "The quota is used up" };
}

beforeAll(async () => {
  url = await start("serve", ["--errors-enabled=true"]);
  await record(url, events(Date.now()));
}, 180_000);
afterAll(stop);

describe("The overview", () => {
  it("shows which errors are new, since when, how many and what may be to blame", async () => {
    const page = await open(url);
    const fresh = page.getByRole("region", { name: "New and worse errors" });
    const line = fresh.getByRole("listitem").filter({ hasText: "key_rotated" });
    await line.getByRole("link", { name: "vault 2.0.0" }).waitFor({ timeout: 40_000 });
    expect(await line.innerText()).toMatch(/^new\s+key_rotated: The key was rotated\s+150 errors · since (?:9|1\d) min ago · suspect: vault 2\.0\.0$/);
    expect(await fresh.getByRole("listitem").first().innerText()).toContain("key_rotated");
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await line.getByRole("link", { name: "key_rotated" }).click();
    await page.getByRole("heading", { level: 1, name: "key_rotated" }).waitFor();
  });

  it("shows what has come back, and leads to all of a state", async () => {
    const { groups } = (await (await fetch(`${url}/monitoring/errors?type=quota_exceeded`)).json()) as { groups: { group_id: string }[] };
    const resolved = await fetch(`${url}/monitoring/errors/${groups[0]?.group_id}/changes`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ change: "resolve", actor: "ci" }) });
    expect(resolved.status).toBe(200);
    const page = await open(url);
    const fresh = page.getByRole("region", { name: "New and worse errors" });
    await fresh.getByRole("listitem").filter({ hasText: "key_rotated" }).waitFor();
    expect(await fresh.getByText("quota_exceeded").count()).toBe(0);
    await record(url, [quota(Date.now())]);
    await expect.poll(async () => {
      await page.reload();
      await settled(page);
      return fresh.getByRole("listitem").allInnerTexts();
    }, { timeout: 40_000 }).toContainEqual(expect.stringMatching(/^regressed\s+quota_exceeded/));
    await fresh.getByRole("link", { name: "All regressed" }).click();
    await page.waitForURL(/\/errors\?.*state=regressed/);
    await page.getByRole("link", { name: "quota_exceeded" }).first().waitFor();
  });

  it("says that there is none, and that groups are switched off", async () => {
    const page = await open(inject("empty"));
    await page.getByRole("region", { name: "New and worse errors" }).getByRole("link", { name: "What that is" }).click();
    await page.getByText("Errors are not put into groups").waitFor();
  });
});
