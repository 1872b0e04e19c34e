// Compresses what was built, once for all who will ask for it: beside each text a .gz and a .br.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = "target/dist";
const TEXTS = /\.(?:html|js|css|svg|json)$/;

/** Less than this fits into one packet as it is. */
const SMALL = 1024;

for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !TEXTS.test(entry.name)) {
    continue;
  }
  const content = readFileSync(file);
  if (content.length < SMALL) {
    continue;
  }
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
