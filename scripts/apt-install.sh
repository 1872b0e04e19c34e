#!/bin/sh
# Installs Debian packages where that is allowed: as root, or with a sudo that asks for no password.
#
#   scripts/apt-install.sh PACKAGE…
#
# Ends with 2 where it is not allowed or there are no such packages, and says what to do instead.
set -eu

packages=$*

refuse() {
  echo "$packages cannot be installed: $1" >&2
  exit 2
}

command -v apt-get >/dev/null || refuse "there is no apt-get here; install it as your system does"
if [ "$(id -u)" -eq 0 ]; then
  sudo=
elif sudo -n true 2>/dev/null; then
  sudo=sudo
else
  refuse "only root may do that here; run  sudo apt-get install $packages"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# What it says matters when it fails.
apt() {
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    refuse "apt-get $1 has failed"
  }
}

known() {
  apt-cache show "$@" >/dev/null 2>&1
}

# A fresh machine has no lists of packages.
known "$@" || apt update
known "$@" || refuse "this release has no such packages"
echo "Installing $packages" >&2
apt install --no-install-recommends "$@"
