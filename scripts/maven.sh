#!/bin/sh
# Runs Maven with a JDK that is new enough. Installs both where they are missing, if that is allowed.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
JAVA_HOME=$("$scripts/jdk.sh")
export JAVA_HOME
command -v mvn >/dev/null || "$scripts/apt-install.sh" maven
exec mvn --batch-mode "$@"
