// Holds what a page loads to its budget, in bytes as gzip makes them. Run it behind a build.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = "target/dist";
const KILOBYTE = 1024;

/** What a first visit to Explore loads, what each other page adds, the editor of the query box, the player of recordings, and all styles. */
const BUDGETS = { shell: 210 * KILOBYTE, page: 40 * KILOBYTE, editor: 115 * KILOBYTE, player: 70 * KILOBYTE, styles: 20 * KILOBYTE };

const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, "utf8"));

function size(file) {
  return gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length;
}

/** A chunk with all that it imports at once. */
function loaded(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const imported of manifest[name].imports ?? []) {
      loaded(imported, seen);
    }
  }
  return seen;
}

const shell = loaded("index.html");
const rows = [["shell and Explore", total(shell), BUDGETS.shell]];
for (const [name, chunk] of Object.entries(manifest)) {
  if (chunk.isDynamicEntry) {
    const own = [...loaded(name)].filter((each) => !shell.has(each));
    rows.push([chunk.name, total(own), chunk.name === "QueryEditor" ? BUDGETS.editor : BUDGETS.page]);
  }
}
rows.push(["player of recordings", total(loaded("player.html")), BUDGETS.player]);
const styles = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
rows.push(["all styles", [...styles].reduce((sum, file) => sum + size(file), 0), BUDGETS.styles]);

function total(names) {
  return [...names].reduce((sum, name) => sum + size(manifest[name].file), 0);
}

let failed = false;
for (const [name, bytes, budget] of rows) {
  const over = bytes > budget;
  failed ||= over;
  process.stdout.write(
    `${over ? "TOO LARGE " : ""}${name}: ${(bytes / KILOBYTE).toFixed(1)} of ${(budget / KILOBYTE).toFixed(0)} KB\n`,
  );
}
process.exit(failed ? 1 : 0);
