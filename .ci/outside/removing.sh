#!/usr/bin/env bash
# The commands of docs/removing.md remove what trained, searched and killed processes left, down to the last file.
# Exit codes: 0 right, 1 wrong, 77 cannot be tried here.
set -u
home=$(cd "$(dirname "$0")/../.." && pwd)
"$home/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong() { echo "WRONG: $*"; exit 1; }
mkdir "$work/home" "$work/tmp" "$work/here"
cd "$work/here" || exit 77
unset ESPALIER_CACHE ESPALIER_LOG
export HOME=$work/home TMPDIR=$work/tmp JAVA_TOOL_OPTIONS="-Duser.home=$work/home"

"$home/submit/espalier" train --config "$home/conf/train-digits-small.yaml" >"$work/said" 2>&1 || wrong "$(tail -n 3 "$work/said")"
"$home/submit/espalier" search --config "$home/conf/quickstart.yaml" >"$work/said" 2>&1 &
search=$!
for _ in $(seq 300); do
  [ -f runs/quickstart/checkpoints/000001/MANIFEST ] && break
  sleep 0.2
done
kill -9 "$search" && wait "$search" 2>/dev/null
for left in "$HOME/.javacpp/cache" "$TMPDIR"/blockmgr-* "$TMPDIR"/spark-* runs/quickstart/data; do
  [ -d "$left" ] || wrong "there is no $left, so this proves nothing: $(tail -n 3 "$work/said")"
done
du -sh "$HOME/.javacpp" runs/*

sed -n '/^```sh$/,/^```$/p' "$home/docs/removing.md" | grep -v '^```' >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 4 ] || wrong "the page has no commands"
sh -eu "$work/commands" || wrong "the commands failed"
left=$(find "$HOME" "$TMPDIR" "$work/here" -mindepth 1)
[ -z "$left" ] || wrong "left behind: $left"
echo "right: nothing is left"
