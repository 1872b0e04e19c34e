#!/bin/sh
# Measures Blackbox (run), or Blackbox and its peers in turn (peers), and records the results; or
# measures message templates (patterns) and prints the results.
#
#   scripts/bench.sh run|peers|patterns [ARGUMENT…]
set -eu
cd "$(dirname "$0")/.."

what=$1
if [ "$what" = peers ]; then
  command -v npm >/dev/null || scripts/apt-install.sh nodejs npm
  echo "Fetching the peers: OpenSearch from Maven Central, ClickHouse (chdb) from npm" >&2
  scripts/maven.sh -q -f bench/opensearch/pom.xml package </dev/null >&2
  npm ci --silent --prefix bench/peers </dev/null >&2
fi
jdk=$(scripts/jdk.sh)
exec "$jdk/bin/java" -jar bench/target/bench.jar "$@"
