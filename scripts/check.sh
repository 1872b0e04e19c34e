#!/bin/sh
# Everything that must pass before a change is done: format, warnings, tests, packaged server, pages
# in a browser, documents, scripts. Ends with the number of tests.
set -eu
cd "$(dirname "$0")/.."

command -v curl >/dev/null || scripts/apt-install.sh curl
if command -v shellcheck >/dev/null || scripts/apt-install.sh shellcheck; then
  shellcheck blackbox .ci/run scripts/*.sh
else
  echo "The scripts are not checked, because shellcheck is missing" >&2
fi

# The one without windows, which web/test/server.ts prefers, needs half the processor time.
browser() {
  command -v chromium-headless-shell || scripts/apt-install.sh chromium-headless-shell 2>/dev/null ||
    command -v chromium || scripts/apt-install.sh chromium
}

mkdir -p target
start=target/check.start
touch "$start"
pages=
trap '[ -z "$pages" ] || kill "$pages" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

status=0
scripts/maven.sh verify --projects '!e2e' </dev/null || status=$?
if [ "$status" -eq 0 ]; then
  # What was packaged is what ./blackbox and make demo would build.
  cp -p "$start" server/target/.built
  cp -p "$start" bench/target/.built
  # The packaged server and its pages are tried at the same time: both wait for much.
  if browser >/dev/null; then
    log=target/check.pages.log
    scripts/npm.sh run test:browser </dev/null >"$log" 2>&1 &
    pages=$!
  else
    echo "The pages are not tried in a browser, because chromium is missing" >&2
  fi
  scripts/maven.sh verify --projects e2e </dev/null || status=1
  scripts/npm.sh run check </dev/null || status=1
  if [ -n "$pages" ]; then
    wait "$pages" || status=1
    pages=
    cat "$log"
  fi
fi
scripts/test-counts.sh "$start" || status=1
exit "$status"
