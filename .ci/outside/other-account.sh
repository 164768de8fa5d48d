#!/usr/bin/env bash
# Folders of known names in a temporary folder for everybody, which another account made before: no log is written through
# them, and no native library is unpacked into or loaded from them. Needs root, which can give files away.
# Exit 0: right, 1: wrong, 77: cannot be tried here.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -m 1777 "$work/tmp"
export TMPDIR=$work/tmp JDK_JAVA_OPTIONS="-Duser.home=/proc/nohome -Djava.io.tmpdir=$work/tmp"
unset ESPALIER_LOG ESPALIER_CACHE
logs=$work/tmp/espalier-0
libraries="$work/tmp/espalier-javacpp-$(id -un) $work/tmp/.javacpp-$(id -un)"
victim=$work/victim
: >"$victim"
# shellcheck disable=SC2086
mkdir "$logs" $libraries
ln -s "$victim" "$logs/espalier.log"
# shellcheck disable=SC2086
chown -hR 65534 "$logs" $libraries
# shellcheck disable=SC2086
chmod 777 "$logs" $libraries
cat >"$work/tiny.yaml" <<'YAML'
seed: 1
data: {format: digits}
network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
training: {epochs: 1, batchSize: 128, optimiser: {type: sgd, learningRate: 0.05}}
YAML
submit/espalier train --config "$work/tiny.yaml" --output "$work/run" >"$work/out" 2>&1 ||
  { cat "$work/out"; echo "WRONG: the training failed"; exit 1; }
grep -q "is not yours alone, so logs go to" "$work/out" || { echo "WRONG: nothing is said of the log folder"; exit 1; }
[ ! -s "$victim" ] || { echo "WRONG: a file of somebody else was written through a link"; exit 1; }
# shellcheck disable=SC2086
[ -z "$(find $libraries -name '*.so*')" ] || { echo "WRONG: libraries were unpacked where others can write"; exit 1; }
# What was made for that one process, and ONNX Runtime's own folder, are gone with it.
left=$(find "$work/tmp" -maxdepth 1 \( -name 'espalier-javacpp-*-*' -o -name 'onnxruntime-java*' \))
[ -z "$left" ] || { echo "WRONG: left behind: $left"; exit 1; }
if ESPALIER_CACHE=$logs submit/espalier train --config "$work/tiny.yaml" --output "$work/other" >"$work/out" 2>&1; then
  echo "WRONG: code of another account's folder was taken"
  exit 1
fi
grep -q "belongs to" "$work/out" || { cat "$work/out"; echo "WRONG: the owner is not named"; exit 1; }
