#!/usr/bin/env bash
# Kills a training and a search (kill -9) at random moments, twenty of each, one in each twentieth of the time that the whole
# takes, and once more on the way when a coin says so. The same command, once again, has to come to the same bits.
# kills.sh [SEED [COUNT]]; the seed chooses the moments. Exit 0: right, 1: wrong, 77: cannot be tried here.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
espalier=${ESPALIER:-$here/submit/espalier}
"$espalier" --version >/dev/null || exit 77
RANDOM=${1:-1}
count=${2:-20}
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-kills.XXXXXX") || exit 77
trap 'rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log

cat >"$work/train.yaml" <<'YAML'
seed: 1
checkpointSeconds: 1
data: {format: digits}
network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
training: {epochs: 200, batchSize: 32, optimiser: {type: sgd, learningRate: 0.05}}
YAML
{ cat "$here/conf/quickstart-small.yaml"; echo 'checkpointSeconds: 0'; } >"$work/search.yaml"
train=(train --config "$work/train.yaml")
search=(search --config "$work/search.yaml" --master 'local[2]')

bits() { # FOLDER: what must come out the same
  grep '"fingerprint"' "$1/result.json"
  (cd "$1/model" && sha256sum -- *)
}
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
# Whole milliseconds below a number.
draw() { echo $(((RANDOM * 32768 + RANDOM) % $1)); }
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
# Starts the command and kills it after some milliseconds; not if it was done before.
strike() { # FOLDER MILLISECONDS ARGUMENTS...
  local folder=$1 moment=$2 process
  shift 2
  "$espalier" "$@" --output "$folder" >"$work/out" 2>&1 &
  process=$!
  pause "$moment"
  kill -9 $process 2>/dev/null
  wait $process 2>/dev/null
}

tried=0 wrong=0 late=0
kills() { # KIND ARGUMENTS...
  local kind=$1 begin whole moment second reached i
  shift
  begin=$(milliseconds)
  "$espalier" "$@" --output "$work/$kind" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  whole=$(($(milliseconds) - begin))
  bits "$work/$kind" >"$work/$kind.bits"
  for ((i = 0; i < count; i++)); do
    rm -rf "$work/run"
    moment=$((whole * i / count + $(draw $((whole / count + 1)))))
    second=$(draw "$whole")
    strike "$work/run" $moment "$@"
    if [ -e "$work/run/_SUCCESS" ]; then
      late=$((late + 1))
    fi
    reached=$(find "$work/run/checkpoints" -name MANIFEST 2>/dev/null | wc -l)
    if [ $((RANDOM % 2)) -eq 0 ]; then
      second=none
    else
      strike "$work/run" "$second" "$@"
    fi
    tried=$((tried + 1))
    if ! "$espalier" "$@" --output "$work/run" >"$work/out" 2>&1; then
      echo "WRONG: $kind killed after $moment and $second of $whole ms does not go on: $(tail -n 3 "$work/out")"
    elif [ "$(bits "$work/run")" != "$(cat "$work/$kind.bits")" ]; then
      echo "WRONG: $kind killed after $moment and $second of $whole ms: $(bits "$work/run" | diff "$work/$kind.bits" -)"
    elif [ ! -s "$work/run/report.html" ] || [ ! -e "$work/run/_SUCCESS" ]; then
      echo "WRONG: $kind killed after $moment and $second of $whole ms: not all of a run is there"
    else
      echo "right: $kind killed after $moment and $second of $whole ms, with $reached checkpoints"
      continue
    fi
    wrong=$((wrong + 1))
  done
}
kills train "${train[@]}"
kills search "${search[@]}"
echo "$tried runs killed, $late of them when they were done, $wrong wrong"
[ $wrong -eq 0 ]
