#!/bin/sh
# Runs npm in web/ with the packages that its lock file names. Installs Node.js where it is missing,
# if that is allowed, and the packages where others are there than the lock file says.
#
#   scripts/npm.sh ARGUMENT…
set -eu
cd "$(dirname "$0")/.."

least=20.19
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  scripts/apt-install.sh nodejs npm >&2 || {
    echo "The web UI is built with Node.js $least or newer and its npm: https://nodejs.org" >&2
    exit 2
  }
fi
version=$(node --version)
oldest=$(printf '%s\n' "$least" "${version#v}" | sort -V | head -n 1)
if [ "$oldest" != "$least" ]; then
  echo "The web UI is built with Node.js $least or newer, and $(command -v node) is $version." >&2
  echo "Put a newer one on PATH: Debian 13 has one (nodejs), others are at https://nodejs.org" >&2
  exit 2
fi

cd web
installed=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$installed"; then
  # Its log says more than what it prints when it fails.
  npm ci --no-audit --no-fund --loglevel=error </dev/null >&2
  cp package-lock.json "$installed"
fi
exec npm --silent "$@"
