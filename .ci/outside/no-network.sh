#!/usr/bin/env bash
# A machine without any network interface that is up: what needs Spark is refused in words, with exit code 4, and doctor finds
# it; a training needs none. With the loopback alone a search ends well. Needs root and unshare.
# Exit codes: 0 right, 1 wrong, 77 cannot be tried here.
set -u
home=$(cd "$(dirname "$0")/../.." && pwd)
unshare -n true 2>/dev/null && command -v ip >/dev/null || exit 77
"$home/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-network.XXXXXX") || exit 77
trap 'rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log
wrong() { echo "WRONG: $*"; exit 1; }
# try CODE TEXT SETUP ARGUMENTS...: runs it without a network but what SETUP makes
try() {
  local expected=$1 said=$2 setup=$3 code
  shift 3
  unshare -n sh -c "$setup"'; exec "$@"' sh "$home/submit/espalier" "$@" >"$work/said" 2>&1
  code=$?
  [ $code -eq "$expected" ] || wrong "$1: exit $code, not $expected: $(tail -n 3 "$work/said")"
  grep -qF -- "$said" "$work/said" || wrong "$1 does not say '$said': $(tail -n 3 "$work/said")"
  ! grep -E 'unexpected|^\s+at ' "$work/said" || wrong "$1 is no message"
}
search=(search --config "$home/conf/quickstart-small.yaml")
try 4 'no network interface that is up' true "${search[@]}" --output "$work/none"
try 4 'ip link set lo up' true doctor
try 4 "cannot listen on '127.0.0.1'" 'ip link add one type veth peer name two && ip link set one up && ip link set two up && ip addr add 192.0.2.1/24 dev one' "${search[@]}" --output "$work/other"
try 0 report true train --config "$home/conf/train-digits-small.yaml" --output "$work/train"
try 0 report 'ip link set lo up' "${search[@]}" --output "$work/loopback"
echo 'right: refused in words without a network, trained without one, searched with the loopback alone'
