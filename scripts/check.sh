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

mkdir -p target
start=target/check.start
touch "$start"
status=0
scripts/maven.sh verify </dev/null || status=$?
if [ "$status" -eq 0 ]; then
  # What was packaged is what ./blackbox and make demo would build.
  cp -p "$start" server/target/.built
  cp -p "$start" bench/target/.built
  scripts/npm.sh run check </dev/null || status=1
  if command -v chromium >/dev/null || scripts/apt-install.sh chromium; then
    scripts/npm.sh run test:browser </dev/null || status=1
  else
    echo "The pages are not tried in a browser, because chromium is missing" >&2
  fi
fi
scripts/test-counts.sh "$start" || status=1
exit "$status"
