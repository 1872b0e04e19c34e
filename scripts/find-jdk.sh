#!/bin/sh
# Finds a JDK that is new enough for Blackbox and prints its folder, the value for JAVA_HOME.
#
#   scripts/find-jdk.sh [javac|java]
#
# The argument names the tool that must be there: javac (the default) to build, java to run.
# Taken in this order: JAVA_HOME, the java on PATH, then the places where distributions and
# version managers put JDKs, of those the one with the lowest version that is new enough.
# Where there is none, says on standard error how to get one and ends with 2.
set -eu

least=25
tool=${1:-javac}
home=${HOME:-/nonexistent}
seen=

# The places, one a line, with spaces allowed in them. BLACKBOX_JDK_PLACES replaces them.
places() {
  if [ -n "${BLACKBOX_JDK_PLACES:-}" ]; then
    printf '%s\n' "$BLACKBOX_JDK_PLACES"
    return
  fi
  cat <<LIST
/usr/lib/jvm/*
/usr/lib64/jvm/*
/usr/java/*
/usr/local/openjdk*
/usr/local/jdk*
/usr/local/java*
/opt/*
/opt/java/*
/opt/jdk/*
/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec
/Library/Java/JavaVirtualMachines/*/Contents/Home
/snap/openjdk/current/jdk
$home/Library/Java/JavaVirtualMachines/*/Contents/Home
${SDKMAN_DIR:-$home/.sdkman}/candidates/java/*
${ASDF_DATA_DIR:-$home/.asdf}/installs/java/*
${MISE_DATA_DIR:-${XDG_DATA_HOME:-$home/.local/share}/mise}/installs/java/*
${JENV_ROOT:-$home/.jenv}/versions/*
${JABBA_HOME:-$home/.jabba}/jdk/*
$home/.jdks/*
$home/.gradle/jdks/*
LIST
}

# Sets version to the major version of the JDK in a folder: 25, or 1 for Java 8; to nothing where
# there is none. Its file "release" says it; a JVM is started only where that file does not.
look() {
  version=
  [ -x "$1/bin/$tool" ] && [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS='="' read -r key _ value; do
      [ "$key" != JAVA_VERSION ] || version=$value
    done <"$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 </dev/null | sed -n 's/.* version "\(.*\)".*/\1/p')
  fi
  version=${version%%[!0-9]*}
}

# Prints a folder and ends where the JDK in it is new enough; else remembers what was there.
take() {
  look "$1"
  if [ -z "$version" ]; then
    return 0
  fi
  if [ "$version" -ge "$least" ]; then
    printf '%s\n' "$1"
    exit 0
  fi
  line="  Java $version in $(cd "$1" && pwd -P)"
  case $seen in
    *"$line"*) ;;
    *) seen="$seen$line
" ;;
  esac
}

# Prints the folder of the java on PATH; nothing where there is none.
on_path() {
  java=$(command -v java) || return 0
  resolved=$(readlink -f "$java" 2>/dev/null) || resolved=$java
  folder=${resolved%/bin/java}
  if [ "$folder" != "$resolved" ] && [ -r "$folder/release" ]; then
    printf '%s\n' "$folder"
  else
    # A shim of a version manager, or macOS' stub: only the JVM itself knows where it is.
    "$java" -XshowSettings:properties -version 2>&1 </dev/null |
      sed -n 's/^ *java\.home = //p' | head -n 1
  fi
}

# Prints "version folder" for each JDK in the usual places.
installed() {
  places | while IFS= read -r pattern; do
    # Only the asterisk is to be expanded; a space in a home folder's name is none of two words.
    IFS=
    # shellcheck disable=SC2086
    for folder in $pattern; do
      look "$folder"
      [ -z "$version" ] || printf '%s %s\n' "$version" "$folder"
    done
  done
}

explain() {
  {
    echo "Blackbox needs a JDK $least or newer, and there is none on this machine that it can find."
    if [ -n "$seen" ]; then
      printf 'Too old:\n%s' "$seen"
    fi
    echo "To get one, do one of these:"
    package=openjdk-$least-jdk-headless
    if apt-cache show "$package" >/dev/null 2>&1; then
      echo "  sudo apt-get install $package"
    else
      echo "  Debian, Ubuntu: sudo apt-get install $package (Debian 13, Ubuntu 22.04 and newer),"
      echo "                  or temurin-$least-jdk, see https://adoptium.net/installation/linux"
    fi
    echo "  SDKMAN:         sdk install java $least-tem"
    echo "  mise:           mise install java@temurin-$least"
    echo "  Homebrew:       brew install openjdk@$least"
    echo "  by hand:        https://adoptium.net/temurin/releases/?version=$least, unpacked into /opt"
    echo "One that lies elsewhere is taken when JAVA_HOME names its folder."
  } >&2
  exit 2
}

if [ -n "${JAVA_HOME:-}" ]; then
  take "$JAVA_HOME"
fi
folder=$(on_path) || folder=
if [ -n "$folder" ]; then
  take "$folder"
fi
list=$(installed | sort -n)
while IFS=' ' read -r version folder; do
  [ -z "$folder" ] || take "$folder"
done <<LIST
$list
LIST
explain
