#!/bin/sh
# Builds the web UI into web/target/dist, unless nothing that it is made of has changed since.
set -eu
cd "$(dirname "$0")/.."

dist=web/target/dist
stamp=web/target/built

# What it is made of, as one line: the files' contents and not their times, which a checkout changes.
made_of() {
  find web/src web/public web/scripts web/index.html web/package.json web/package-lock.json \
    web/player.html web/tsconfig.json web/vite.config.ts server/src/main/resources/openapi.yaml \
    -type f ! -name '*.test.ts' | LC_ALL=C sort |
    while IFS= read -r file; do cksum "$file"; done | cksum
}

now=$(made_of)
if [ -f "$dist/index.html" ] && [ -f "$stamp" ] && [ "$now" = "$(cat "$stamp")" ]; then
  exit 0
fi
log=target/web-build.log
mkdir -p target web/target
rm -f "$stamp"
echo "Building the web UI (log: $log)" >&2
scripts/npm.sh run build >"$log" 2>&1 </dev/null || {
  cat "$log" >&2
  echo "The web UI could not be built" >&2
  exit 1
}
printf '%s\n' "$now" >"$stamp"
