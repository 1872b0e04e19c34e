#!/bin/sh
# Makes the cache with which the server starts in a moment: what a training run has loaded, linked
# and compiled (JEP 483, 514 and 515). Does nothing where the cache is newer than the jars.
#
# A server without the cache only starts more slowly, so a failure is told and ends with 0.
set -eu
cd "$(dirname "$0")/.."

lib=server/target
cache=$lib/blackbox.aot
log=target/aot-cache.log
[ -f "$cache" ] && [ -z "$(find $lib/blackbox.jar $lib/lib -newer "$cache")" ] && exit 0

mkdir -p target
rm -f "$cache"
echo "Training the cache for a quick start (log: $log)" >&2
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
  rm -f "$cache"
  echo "There is no cache, and the server starts more slowly: $1" >&2
  exit 0
}

# Waits, at most 30 s, for the line that says where the server listens, and prints the address.
address() {
  tries=300
  until sed -n 's/^Blackbox is ready at //p' "$work/out" | grep .; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] && kill -0 "$server" 2>/dev/null || return 1
    sleep 0.1
  done
}

{
  for i in 1 2 3 4 5 6 7 8; do
    echo '{"project_id":"pf_1","engine":"execution","platform":"Slack","action":"send_message",' \
      '"status":"error","message":"attempt '$i' failed: token expired","duration_ms":842,' \
      '"timestamp":"2025-07-25T14:01:0'$i'Z","region":"eu"}'
  done
} >"$work/events.ndjson"

BLACKBOX_JAVA_OPTS=-XX:AOTCacheOutput=$cache \
  ./blackbox serve --http-port 0 --data-dir "$work/data" >"$work/out" 2>"$log" </dev/null &
server=$!
url=$(address) || fail "the server did not become ready"
./blackbox ingest --server "$url" "$work/events.ndjson" >>"$log" 2>&1 </dev/null ||
  fail "the server did not take the training's events"
./blackbox query --server "$url" status=error >>"$log" 2>&1 </dev/null ||
  fail "the server did not find the training's events"
kill "$server"
wait "$server" || true
server=
[ -f "$cache" ] || fail "the JVM wrote none"
