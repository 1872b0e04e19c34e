// Takes pictures of every page in each of its states, to be looked at before a change of the pages is done.
//
//   npm run screenshots -- FOLDER [WORD…]
//
// Starts the packaged demo and a server without events, or asks the demo at URL=…. Pictures are named
// PAGE-STATE-WIDTH-THEME.png; with words, only those are taken whose name has all of one word's parts,
// such as `replay-error` or `1280-dark`.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [390, 844],
];

/** Pages that are taken at the same time; the browser is one. */
const AT_ONCE = 3;

/** How long a page may go on asking, in milliseconds; the live tail never ends. */
const PATIENCE = 10_000;

/** How long it is looked at with answers still to come, longer than a skeleton waits. */
const LOADING = 700;

/** How old the demo has to be, in milliseconds, so that it has alerts and suspects. */
const DEMO_AGE = 90_000;

const [folder, ...words] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("say which folder the pictures are for: npm run screenshots -- FOLDER\n");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const ends = [];
process.on("exit", () => ends.forEach((end) => end()));
process.on("SIGINT", () => process.exit(130));

const asked = process.env.URL;
const url = asked ?? (await started("demo"));
if (asked === undefined) {
  await new Promise((resolve) => setTimeout(resolve, DEMO_AGE));
}
const api = process.env.API ?? url;
const empty = await started("serve");

function started(command) {
  const data = mkdtempSync(join(tmpdir(), "blackbox-pictures-"));
  const server = spawn("../blackbox", [command, "--http-port", "0", "--data-dir", join(data, "data")], { stdio: ["ignore", "pipe", "inherit"] });
  ends.push(() => {
    server.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  });
  let said = "";
  return new Promise((resolve, reject) => {
    server.on("exit", (code) => reject(new Error(`blackbox ${command} ended with ${code}`)));
    server.stdout.on("data", (chunk) => {
      said += chunk;
      const at = /(?:ready|runs) at (http:\S+)/.exec(said);
      if (at !== null) {
        resolve(at[1]);
      }
    });
  });
}

async function ask(path) {
  const answer = await fetch(`${api}/monitoring/${path}`);
  if (!answer.ok) {
    throw new Error(`${path}: ${await answer.text()}`);
  }
  return answer.json();
}

/** Each page with an address that shows something of the demo. */
async function pages() {
  const { groups } = await ask("errors?sort=errors");
  const group = groups.find((each) => each.type === "token_expired") ?? groups[0];
  const { alerts } = await ask("alerts?state=firing");
  const { deployments } = await ask("deployments?kind=deployment&since=1d");
  const { logs } = await ask(`logs?error_type=token_expired&project_id=${group.project_id}&since=1d&limit=200`);
  const error = logs.find((each) => each.session_id !== undefined && each.stack_trace !== undefined) ?? logs[0];
  // The first of them is the one that the incident began with.
  const bad = deployments.at(-1);
  const moment = Date.parse(bad?.timestamp ?? new Date().toISOString());
  const part = `${new Date(moment - 60_000).toISOString()}..${new Date(moment + 120_000).toISOString()}`;
  const event = `error_type=token_expired&range=1h&event=${error.event_id}`;
  return {
    overview: "/",
    explore: "/explore",
    "explore-drawer": `/explore?${event}`,
    "explore-stack": `/explore?${event}&tab=stack`,
    "explore-json": `/explore?${event}&tab=json`,
    "explore-context": `/explore?${event}&tab=context`,
    "explore-statistics": "/explore?as=statistics&sort=error_rate",
    "explore-patterns": "/explore?as=patterns",
    "explore-live": "/explore?live=on",
    "explore-refused": "/explore?q=status:error%20AND%20)",
    "explore-nothing": "/explore?q=posted&status=error&platform=Slack",
    errors: "/errors",
    "errors-group": `/errors/${group.group_id}`,
    performance: "/performance",
    "performance-part": `/performance?selected=${part}`,
    alerts: "/alerts",
    "alerts-notifications": "/alerts?tab=notifications",
    "alerts-policies": "/alerts?tab=policies",
    "alerts-policy": "/alerts?tab=policies&edit=error_burst&tried=1d",
    "alerts-silences": "/alerts?tab=silences",
    "alerts-channels": "/alerts?tab=channels",
    "alerts-alert": `/alerts/${alerts[0]?.alert_id}`,
    audit: "/audit?range=1h",
    "audit-checkpoints": "/audit?tab=checkpoints",
    replay: "/replay?q=status:error",
    "replay-session": `/replay/${error.session_id}?project=${error.project_id}&event=${error.event_id}`,
    deployments: "/deployments?range=1h",
    "deployments-report": `/deployments/${bad?.id}`,
    settings: "/settings",
  };
}

const PROBLEM = {
  type: "about:blank",
  title: "The event store does not answer",
  status: 503,
  detail: "Queries wait for the event store at data/events; it is tried again every 5 s.",
};

/** What makes a text too long to be believed, and a number too. */
const LONG = new Set(["title", "message", "pattern", "project_id", "platform", "action", "error_type", "user_id", "by", "version", "name", "environment", "flow_id", "comment"]);
const LARGE = /^(?:count|counts|events|errors|calls|total|users|sessions|timeouts|notifications)$/;

function grown(value, key = "") {
  if (Array.isArray(value)) {
    return value.map((each) => grown(each, key));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, grown(each, name)]));
  }
  if (typeof value === "string" && LONG.has(key)) {
    return `${value} of_a_name_that_goes_on_and_on_without_any_blank_to_break_it_at and then on, with blanks, for as long as anybody would want to read`;
  }
  return typeof value === "number" && LARGE.test(key) ? value * 1_000_003 : value;
}

/** How a page comes into each of its states. */
const STATES = {
  normal: undefined,
  loading: () => new Promise(() => {}),
  empty: async (route) => {
    const { pathname, search } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: empty + pathname + search }) });
  },
  error: (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(PROBLEM) }),
  extreme: async (route) => {
    const response = await route.fetch();
    const isJson = (response.headers()["content-type"] ?? "").startsWith("application/json");
    await route.fulfill(isJson ? { response, json: grown(await response.json()) } : { response });
  },
};

/** The one without windows needs half the processor time. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

function executable() {
  for (const name of process.env.CHROMIUM === undefined ? NAMES : [process.env.CHROMIUM]) {
    try {
      return execFileSync("sh", ["-c", `command -v "${name}"`], { encoding: "utf8" }).trim();
    } catch {
      // The next one may be there.
    }
  }
  throw new Error("there is no Chromium on this machine; install Debian's, or name one with CHROMIUM=…");
}

const browser = await chromium.launch({ executablePath: executable(), args: ["--no-sandbox", "--disable-gpu"] });

/** Takes one picture, and says what the page complains about or where it is wider than its window. */
async function take({ name, path, state, width, height, theme }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const said = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => said.push(error.message));
    // Streams never end, and are no part of what is looked at.
    if (STATES[state] !== undefined) {
      await page.route(/\/monitoring\/(?!.*\/stream)/, (route) => STATES[state](route).catch(() => {}));
    }
    await page.goto(url + path);
    if (state === "loading") {
      await page.waitForTimeout(LOADING);
    } else {
      await page.waitForSelector("main h1, main h2", { state: "attached", timeout: PATIENCE }).catch(() => {});
      await page.waitForLoadState("networkidle", { timeout: PATIENCE }).catch(() => {});
      await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null, undefined, { timeout: PATIENCE }).catch(() => said.push("something is still loading"));
      await page.waitForTimeout(300);
    }
    const wide = await page.evaluate(() => [document.documentElement, document.querySelector("main")].some((each) => (each?.scrollWidth ?? 0) > innerWidth));
    if (wide) {
      said.push("it scrolls sideways");
    }
    await page.screenshot({ path: join(folder, `${name}.png`) });
    // What is below the fold.
    const whole = await page.evaluate(() => document.querySelector("main")?.scrollHeight ?? 0);
    if (whole > height && process.env.WHOLE !== undefined) {
      await page.setViewportSize({ width, height: Math.min(whole + 60, 5000) });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${name}-whole.png`) });
    }
  } catch (error) {
    said.push(String(error).split("\n")[0]);
  } finally {
    await context.close();
  }
  process.stdout.write(`${name}${said.length === 0 ? "" : `: ${said.join("; ")}`}\n`);
}

const wanted = Object.entries(await pages()).flatMap(([page, path]) =>
  Object.keys(STATES).flatMap((state) =>
    SIZES.flatMap(([width, height]) =>
      (state === "normal" ? ["light", "dark"] : ["light"]).map((theme) => ({ name: `${page}-${state}-${width}-${theme}`, path, state, width, height, theme })),
    ),
  ),
);
const left = wanted.filter(({ name }) => words.length === 0 || words.some((word) => word.split(",").every((part) => name.includes(part))));
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      // One after the other: that is what one of them is.
      // oxlint-disable-next-line no-await-in-loop
      await take(next);
    }
  }),
);
await browser.close();
process.exit(0);
