#!/bin/sh
# Prints the folder of a JDK to build with, as find-jdk.sh does; installs one where there is none,
# Debian has one, and that is allowed.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
if ! "$scripts/find-jdk.sh" 2>/dev/null; then
  "$scripts/apt-install.sh" openjdk-25-jdk-headless || true
  exec "$scripts/find-jdk.sh"
fi
