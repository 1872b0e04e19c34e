#!/bin/sh
# Prints how many tests Surefire has reported since a file was touched: "128 passed, 0 failed".
#
#   scripts/test-counts.sh FILE
#
# Ends with 1 where there was none.
set -eu
cd "$(dirname "$0")/.."

find . -path '*/target/surefire-reports/TEST-*.xml' -newer "$1" -exec cat {} + | awk '
  /<testsuite / { inside = 1 }
  inside {
    for (i = 1; i <= NF; i++) {
      if (split($i, part, "\"") >= 2) {
        sub(/=$/, "", part[1])
        count[part[1]] += part[2]
      }
    }
    if (/>/) {
      inside = 0
    }
  }
  END {
    failed = count["failures"] + count["errors"]
    skipped = count["skipped"] + 0
    passed = count["tests"] - failed - skipped
    print passed " passed, " failed " failed, " skipped " skipped"
    exit count["tests"] == 0
  }'
