#!/bin/sh
# Builds what can be run, unless nothing has changed since it did so last.
#
#   scripts/build.sh [server|bench]
#
# server (the default) is what ./blackbox runs, with its cache for a quick start; bench is what
# make bench runs, and needs the server. Prints its progress on standard error; all that Maven says
# is in target/build.log.
set -eu
cd "$(dirname "$0")/.."

module=${1:-server}
case $module in
  server)
    jar=server/target/blackbox.jar
    others=./bench
    ;;
  bench)
    jar=bench/target/bench.jar
    others=./bench/opensearch
    ;;
  *)
    echo "there is nothing called $module to build; say server or bench" >&2
    exit 2
    ;;
esac
stamp=$module/target/.built
log=target/build.log

# Prints a file that is newer than the last build, if there is one: sources, and folders of sources,
# which are newer when a file in them was deleted.
newer() {
  find . \( -name .git -o -name target -o -path ./data -o -name node_modules -o -path '*/src/test' \
    -o -path ./docs -o -path ./e2e -o -path ./scripts -o -path ./web/generated -o -path ./web/test \
    -o -path "$others" \) -prune \
    -o \( -name pom.xml -o -path './.mvn/*' -o -path './web/*' -o -path '*/src/*' \) \
    -newer "$stamp" -print |
    head -n 1
}

# Turns Maven's output into one line a module.
progress() {
  awk '/^\[INFO\] Building Blackbox [a-z].*\[[0-9]+\/[0-9]+\]$/ {
    print "  " $NF " " $4
    fflush()
  }' >&2
}

package() {
  # What is missing is installed, or asked for, before the output goes into the log.
  scripts/maven.sh --version </dev/null >/dev/null
  mkdir -p target "$module/target"
  echo "Building Blackbox; the first time Maven also fetches the libraries (log: $log)" >&2
  touch "$stamp.new"
  failed=target/build.failed
  rm -f "$failed"
  {
    scripts/maven.sh package --projects "$module" --also-make \
      -Dmaven.test.skip=true -Dspotless.check.skip=true 2>&1 </dev/null || touch "$failed"
  } | tee "$log" | progress
  if [ -e "$failed" ]; then
    rm -f "$failed"
    grep -v '^\[INFO\]' "$log" | tail -n 40 >&2
    echo "The build failed; $log has all of its output" >&2
    exit 1
  fi
  mv "$stamp.new" "$stamp"
  # Either way, the server was built.
  [ "$module" = server ] || cp -p "$stamp" server/target/.built
}

if [ ! -f "$jar" ] || [ ! -f "$stamp" ] || [ -n "$(newer)" ]; then
  package
fi
scripts/aot-cache.sh
