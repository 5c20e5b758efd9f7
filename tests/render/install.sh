#!/usr/bin/env bash
# Builds the renderers that tests/render/ is run with: pinned versions, into a cache folder outside the tree, one
# build at a time. Says of each whether it is there, and why not. Needs Go and its module proxy.
#
#   tests/render/install.sh            all
#   tests/render/install.sh helm-3 kustomize
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kastell/render"

# name, version, module, package below the module, program
renderers="
helm-3    v3.22.0 helm.sh/helm/v3                   cmd/helm  helm
helm-4    v4.3.1  helm.sh/helm/v4                   cmd/helm  helm
kustomize v5.8.1  sigs.k8s.io/kustomize/kustomize/v5 .        kustomize
"

wanted() { # name, names asked for…
  local name=$1 asked
  shift
  if [ $# -eq 0 ]; then return 0; fi
  for asked in "$@"; do if [ "$asked" = "$name" ]; then return 0; fi; done
  return 1
}

# A copy of the module's own tree is built, where its replace directives hold and its go.sum is.
build() { # module, version, package, target
  local module=$1 version=$2 package=$3 target=$4 folder copy
  folder=$(cd / && go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$folder" ] || return 1
  copy=$(mktemp -d)
  cp -r "$folder/." "$copy"
  chmod -R u+w "$copy"
  local status=0
  (cd "$copy" && GOFLAGS="-mod=mod" CGO_ENABLED=0 nice -n 10 go build -p "${JOBS:-1}" -ldflags='-s -w' -o "$target" "./$package") || status=$?
  rm -rf "$copy"
  return $status
}

command -v go >/dev/null || { echo "tests/render: Go is missing, so no renderer can be built" >&2; exit 1; }
failed=0
while read -r name version module package program; do
  if [ -z "$name" ] || ! wanted "$name" "$@"; then continue; fi
  folder="$cache/$name-$version"
  start=$SECONDS
  if [ -x "$folder/$program" ]; then
    echo "$name $version: there already"
    continue
  fi
  mkdir -p "$folder"
  if build "$module" "$version" "$package" "$folder/$program" >"$folder/log" 2>&1; then
    echo "$name $version: built in $((SECONDS - start)) s"
  else
    echo "$name $version: MISSING: $(grep -v '^go: downloading' "$folder/log" | tail -1) (all of it: $folder/log)" >&2
    failed=1
  fi
done <<<"$renderers"
exit $failed
