#!/bin/sh
# Installs Debian packages where that is allowed: as root, or with a sudo that asks for no password.
#
#   scripts/apt-install.sh PACKAGE…
#
# Ends with 2 where it is not allowed or there are no such packages, and says what to do instead.
set -eu

refuse() {
  echo "$1; install $packages, on Debian and Ubuntu with" >&2
  echo "  sudo apt-get install $packages" >&2
  exit 2
}

packages=$*
command -v apt-get >/dev/null || refuse "There is no apt-get on this machine"
if [ "$(id -u)" -eq 0 ]; then
  sudo=
elif sudo -n true 2>/dev/null; then
  sudo=sudo
else
  refuse "Only root may install packages here"
fi

# shellcheck disable=SC2086
apt() {
  # Standard output belongs to whoever calls.
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" </dev/null >&2
}

# A fresh machine has no lists of packages.
apt-cache show "$@" >/dev/null 2>&1 || apt update ||
  refuse "The lists of packages cannot be fetched"
apt-cache show "$@" >/dev/null 2>&1 || refuse "This release has no packages $packages"
echo "Installing $packages" >&2
apt install --no-install-recommends "$@" || refuse "apt-get could not install them"
