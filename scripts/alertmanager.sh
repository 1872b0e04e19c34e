#!/bin/sh
# Prints where Prometheus Alertmanager is, which the alerts are compared with. Where it is not
# installed, Debian's package is unpacked into target: to install it would start a service.
#
# Ends with 2 where it cannot be had, and says why.
set -eu
cd "$(dirname "$0")/.."

package=prometheus-alertmanager

if command -v "$package"; then
  exit 0
fi
folder=$PWD/target/alertmanager
program=$folder/$package
if [ ! -x "$program" ]; then
  command -v apt-get >/dev/null || {
    echo "$package is missing, and there is no apt-get here; install it as your system does" >&2
    exit 2
  }
  download=$(mktemp -d)
  trap 'rm -rf "$download"' EXIT
  # As root, apt-get hands the download over to a user of its own.
  chmod 755 "$download"
  fetch() {
    (cd "$download" && apt-get download "$package") </dev/null >"$download/log" 2>&1
  }
  refresh() {
    if [ "$(id -u)" -eq 0 ]; then
      apt-get update
    else
      sudo -n apt-get update
    fi </dev/null >"$download/log" 2>&1
  }
  # A fresh machine has no lists of packages.
  fetch || { refresh && fetch; } || {
    cat "$download/log" >&2
    echo "$package is missing and cannot be fetched; run  sudo apt-get install $package" >&2
    exit 2
  }
  mkdir -p "$folder"
  dpkg -x "$download"/*.deb "$folder"
  # It reads its templates from where the package would be installed. A name of the same length has
  # it read them from the folder in which it runs.
  LC_ALL=C sed -i "s|/usr/share/prometheus/alertmanager|./////////////////////////////////|g" \
    "$folder/usr/bin/$package"
  cat >"$program" <<END
#!/bin/sh
cd '$folder/usr/share/prometheus/alertmanager'
exec '$folder/usr/bin/$package' "\$@"
END
  chmod 755 "$program"
fi
echo "$program"
