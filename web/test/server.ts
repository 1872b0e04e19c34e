import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { events } from "./events";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the packaged server with the events of `events.ts` is. */
    url: string;
    /** Where one is that has no event, does not group errors and proves nothing. */
    empty: string;
    /** Where the one browser is that all test files share. */
    browser: string;
  }
}

/** The one without windows needs half the processor time. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

function executable(): string {
  for (const name of process.env.CHROMIUM === undefined ? NAMES : [process.env.CHROMIUM]) {
    try {
      return execFileSync("sh", ["-c", `command -v "${name}"`], { encoding: "utf8" }).trim();
    } catch {
      // The next one may be there.
    }
  }
  throw new Error("there is no Chromium on this machine; install Debian's, or name one with CHROMIUM=…");
}

/** How long a server may take to be ready, in milliseconds; the demo has sent a quarter of an hour of traffic by then. */
const START = { serve: 60_000, demo: 90_000 };

const running: ChildProcess[] = [];
const folders: string[] = [];

/** Starts two packaged servers on folders of their own, as a user would, and a browser. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const masking = ["--redaction-disabled=card_number", "--redaction-keys=employee_id", "--redaction-patterns=customer=C-[0-9]{4}"];
  const [url, empty] = await Promise.all([
    start("serve", ["--errors-enabled=true"]),
    start("serve", ["--errors-enabled=false", "--audit-enabled=false", ...masking]),
  ]);
  await record(url, events(Date.now()));
  project.provide("url", url);
  project.provide("empty", empty);
  const browser = await chromium.launchServer({ executablePath: executable(), args: ["--no-sandbox", "--disable-gpu"] });
  project.provide("browser", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await stop();
  };
}

/** Starts a packaged server on a folder and a port of its own, and answers its address once it is ready. */
export async function start(command: "serve" | "demo", flags: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "blackbox-web-"));
  folders.push(folder);
  const server = spawn("../blackbox", [command, "--http-port", "0", "--data-dir", join(folder, "data"), ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(server);
  let said = "";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server is not ready: ${said}`)), START[command]);
    server.stderr?.on("data", (chunk) => (said += String(chunk)));
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    server.stdout?.on("data", (chunk) => {
      const url = /(?:ready|runs) at (http:\S+)/.exec(String(chunk))?.[1];
      if (url !== undefined) {
        clearTimeout(timer);
        resolve(url);
      }
    });
  });
}

/** Records events and waits until they can be found. */
export async function record(url: string, all: readonly object[]): Promise<void> {
  const answer = await fetch(`${url}/monitoring/logs?wait=stored`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson" },
    body: all.map((event) => JSON.stringify(event)).join("\n"),
  });
  if (answer.status !== 202) {
    throw new Error(`the events were not taken: ${await answer.text()}`);
  }
}

/** Ends whatever {@link start} has started. */
export async function stop(): Promise<void> {
  await Promise.all(
    running.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.removeAllListeners("exit");
          server.on("exit", () => resolve());
          server.kill();
        }),
    ),
  );
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
}
