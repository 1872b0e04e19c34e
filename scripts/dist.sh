#!/bin/sh
# Packs what runs without the sources: target/blackbox-VERSION.tar.gz with one folder in it.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)
name=blackbox-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/lib" target
cp -p blackbox LICENSE README.md CHANGELOG.md "$work/$name"
cp -pR docs "$work/$name"
cp -p server/target/blackbox.jar server/src/main/dist/jvm.options scripts/find-jdk.sh "$work/$name/lib"
cp -pR server/target/lib "$work/$name/lib"
tar -C "$work" -czf "target/$name.tar.gz" "$name"
echo "target/$name.tar.gz"
