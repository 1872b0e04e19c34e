import { describe, expect, inject, it } from "vitest";

const url = inject("url");

async function asset(): Promise<string> {
  const document = await (await fetch(url)).text();
  return `${url}${/src="(\/assets\/[^"]+)"/.exec(document)?.[1] ?? ""}`;
}

describe("the packaged server", () => {
  it("has its assets kept for ever, compressed, and its document asked for again", async () => {
    const script = await fetch(await asset(), { headers: { "Accept-Encoding": "gzip, br" } });
    expect(script.headers.get("Cache-Control")).toContain("immutable");
    expect(script.headers.get("Content-Encoding")).toBe("br");
    expect((await script.text()).length).toBeGreaterThan(Number(script.headers.get("Content-Length")));

    const first = await fetch(url);
    expect(first.headers.get("Cache-Control")).toBe("no-cache");
    expect(first.headers.get("Content-Security-Policy")).toContain("script-src 'self';");
    const again = await fetch(url, { headers: { "If-None-Match": first.headers.get("ETag") ?? "" } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("answers HEAD with the length and nothing else", async () => {
    const answer = await fetch(await asset(), { method: "HEAD", headers: { "Accept-Encoding": "identity" } });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get("Content-Length"))).toBeGreaterThan(100_000);
    expect(await answer.text()).toBe("");
  });

  it("leaves the API's addresses to the API", async () => {
    const browser = { headers: { Accept: "text/html,*/*" } };
    expect((await fetch(`${url}/explore`, browser)).headers.get("Content-Type")).toContain("text/html");
    for (const path of ["/monitoring/nothing", "/monitoring", "/health/nothing"]) {
      const answer = await fetch(url + path, browser);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
    }
    expect((await fetch(`${url}/exploer`)).status).toBe(404);
  });
});
