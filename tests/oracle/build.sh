#!/usr/bin/env bash
# Builds the oracle into a cache folder outside the tree and prints the program's path.
# The folder is named after the pinned modules and the sources, so a build is used again until one changes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"

if ! command -v go >/dev/null; then
  echo "tests/oracle: Go is missing: install golang $(sed -n 's/^go //p' go.mod) or newer (https://go.dev/dl) to ask Kubernetes' own packages" >&2
  exit 1
fi

version=$(sed -n 's/.*k8s.io\/apiserver \(v[0-9.]*\)$/\1/p' go.mod)
sources=$(find . -name '*.go' -o -name 'go.mod' -o -name 'go.sum' | LC_ALL=C sort | xargs cat | sha256sum | cut -c1-16)
program="${XDG_CACHE_HOME:-$HOME/.cache}/kastell/oracle/$version-$sources/oracle"

if [ ! -x "$program" ]; then
  mkdir -p "$(dirname "$program")"
  start=$SECONDS
  GOFLAGS="-mod=readonly -trimpath -buildvcs=false" nice go build -o "$program.new" .
  mv "$program.new" "$program"
  echo "tests/oracle: built in $((SECONDS - start)) s" >&2
fi
echo "$program"
