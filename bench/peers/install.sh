#!/usr/bin/env bash
# Installs the peers that bench/peers/run.py compares with: pinned versions, into a cache folder outside
# the tree, one build at a time. Says of each whether it is there, and why not.
#
#   bench/peers/install.sh            all
#   bench/peers/install.sh kube-score checkov
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kastell/peers"

# name, version, module, package below the module
go_peers="
kube-score       v1.20.0  github.com/zegl/kube-score                   cmd/kube-score
kubeconform      v0.8.0   github.com/yannh/kubeconform                 cmd/kubeconform
kubectl-validate v0.0.4   sigs.k8s.io/kubectl-validate                 .
gator            v3.23.1  github.com/open-policy-agent/gatekeeper/v3   cmd/gator
kyverno          v1.19.1  github.com/kyverno/kyverno                   cmd/cli/kubectl-kyverno
kube-linter      v0.8.3   golang.stackrox.io/kube-linter               cmd/kube-linter
"
checkov_version=3.3.30

wanted() { # name, names asked for…
  local name=$1 asked
  shift
  if [ $# -eq 0 ]; then return 0; fi
  for asked in "$@"; do if [ "$asked" = "$name" ]; then return 0; fi; done
  return 1
}

report() { printf '%-18s %-9s %s\n' "$@"; }

# go install refuses modules with replace directives; those are built in a copy of their own tree, where
# the directives hold.
build_go() { # module, version, package, target
  local module=$1 version=$2 package=$3 target=$4 folder copy
  if GOFLAGS="-mod=mod" GOBIN="$(dirname "$target")/bin" nice -n 19 go install -p 1 "$module/$package@$version"; then
    mv "$(dirname "$target")"/bin/* "$target"
    return
  fi
  folder=$(cd / && GOFLAGS="-mod=mod" go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$folder" ] || return 1
  copy=$(mktemp -d)
  cp -r "$folder/." "$copy"
  chmod -R u+w "$copy"
  (cd "$copy" && GOFLAGS="-mod=mod" nice -n 19 go build -p 1 -o "$target" "./$package")
  rm -rf "$copy"
}

install_go() { # name, version, module, package
  local name=$1 version=$2 module=$3 package=$4
  local folder="$cache/$name-$version" start=$SECONDS
  if [ -x "$folder/$name" ]; then report "$name" "$version" "there already"; return; fi
  mkdir -p "$folder"
  if build_go "$module" "$version" "$package" "$folder/$name" >"$folder/log" 2>&1; then
    report "$name" "$version" "built in $((SECONDS - start)) s"
  else
    report "$name" "$version" "MISSING: $(grep -v '^go: downloading' "$folder/log" | tail -1) (all of it: $folder/log)"
  fi
}

install_checkov() {
  local folder="$cache/checkov-$checkov_version" start=$SECONDS
  if [ -x "$folder/bin/checkov" ]; then report checkov "$checkov_version" "there already"; return; fi
  mkdir -p "$folder"
  if { python3 -m venv "$folder" && nice -n 19 "$folder/bin/pip" install -q "checkov==$checkov_version"; } >"$folder/log" 2>&1; then
    report checkov "$checkov_version" "installed in $((SECONDS - start)) s"
  else
    report checkov "$checkov_version" "MISSING: $(tail -1 "$folder/log") (all of it: $folder/log)"
  fi
}

if command -v go >/dev/null; then
  while read -r name version module package; do
    if [ -n "$name" ] && wanted "$name" "$@"; then install_go "$name" "$version" "$module" "$package"; fi
  done <<<"$go_peers"
else
  echo "bench/peers: Go is missing, so only Checkov can be had" >&2
fi
if wanted checkov "$@"; then install_checkov; fi
