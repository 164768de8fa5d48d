#!/usr/bin/env bash
# Damages files of finished and unfinished runs, one at a time, by cutting them off, changing a byte, emptying and
# deleting them. The same command must come to the right bits, or refuse with words and touch nothing.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
espalier=${ESPALIER:-$here/submit/espalier}
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-damages.XXXXXX") || exit 77
trap 'rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log

cat >"$work/train.yaml" <<'YAML'
seed: 1
checkpointSeconds: 1
data: {format: digits}
network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
training: {epochs: 40, batchSize: 32, optimiser: {type: sgd, learningRate: 0.05}}
YAML
train=(train --config "$work/train.yaml")
search=(search --config "$here/conf/quickstart-small.yaml" --master 'local[2]')

run() { # FOLDER ARGUMENTS...
  local folder=$1
  shift
  "$espalier" "$@" --output "$folder" >"$work/out" 2>&1
}
bits() { # FOLDER: what must come out the same
  grep '"fingerprint"' "$1/result.json"
  sha256sum <"$1/model/weights.espalier"
}
killed() { # FOLDER CHECKPOINT ARGUMENTS...: a run that was killed when the checkpoint was there
  local folder=$1 checkpoint=$2 process
  shift 2
  "$espalier" "$@" --output "$folder" >"$work/out" 2>&1 &
  process=$!
  while ! [ -s "$folder/checkpoints/$checkpoint/MANIFEST" ]; do
    kill -0 $process 2>/dev/null || return 1
    sleep 0.05
  done
  kill -9 $process
  wait $process 2>/dev/null
  ! [ -e "$folder/_SUCCESS" ]
}
newest() { # FOLDER PATTERN
  (cd "$1" && ls -d $2 2>/dev/null | tail -n 1)
}
damage() { # FILE HOW
  local size
  size=$(stat -c %s "$1") || return 1
  case $2 in
    cut) truncate -s $((size / 2)) "$1" ;;
    empty) truncate -s 0 "$1" ;;
    delete) rm "$1" ;;
    change)
      local byte
      byte=$(od -An -tu1 -j $((size / 2)) -N 1 "$1" | tr -d ' ')
      printf "\\x$(printf %02x $((byte ^ 1)))" | dd of="$1" bs=1 seek=$((size / 2)) conv=notrunc status=none
      ;;
  esac
}
listing() { # FOLDER: all files but those by which a process holds the run
  (cd "$1" && find . -type f ! -path './lease/*' -exec sha256sum {} + | sort)
}

count=0 wrong=0
try() { # KIND PATTERN HOW ARGUMENTS...
  local kind=$1 pattern=$2 how=$3 file code before
  shift 3
  rm -rf "$work/run"
  cp -rp "$work/$kind" "$work/run"
  file=$(newest "$work/run" "$pattern")
  damage "$work/run/$file" "$how" || { echo "there is no $pattern in a run that is $kind"; exit 1; }
  before=$(listing "$work/run")
  run "$work/run" "$@"
  code=$?
  count=$((count + 1))
  local said
  said=$(grep -am 1 -E 'left out|complete, but|espalier:|wrote it again|kept it|going on' "$work/out" | cut -c 1-150)
  if grep -qaE 'unexpected|Exception|^\s+at ' "$work/out"; then
    echo "WRONG $kind, $how $file: exit $code, $(grep -am 1 -E 'unexpected|Exception' "$work/out")"
  elif [ $code -eq 0 ] && [ "$(bits "$work/run")" = "$(cat "$work/bits.${1}")" ]; then
    echo "right $kind, $how $file: the same bits; $said"
    return
  elif [ $code -eq 2 ] && [ "$(listing "$work/run")" = "$before" ]; then
    echo "right $kind, $how $file: refused; $said"
    return
  else
    echo "WRONG $kind, $how $file: exit $code; $(tail -n 2 "$work/out")"
  fi
  wrong=$((wrong + 1))
}

run "$work/finished" "${train[@]}" || { cat "$work/out"; exit 1; }
bits "$work/finished" >"$work/bits.train"
killed "$work/killed" 000003 "${train[@]}" || { echo "the training ended before it was killed"; exit 77; }

for how in cut change empty delete; do
  for file in result.json report.html _SUCCESS model/weights.espalier model/MANIFEST; do
    try finished "$file" $how "${train[@]}"
  done
  for file in config.yaml 'events/*' 'checkpoints/*/training.espalier' 'checkpoints/*/MANIFEST' 'written/*.json' \
    'written/ESPALIER'; do
    try killed "$file" $how "${train[@]}"
  done
done
for how in cut delete; do
  try killed 'lease/*' $how "${train[@]}"
  try finished config.yaml $how "${train[@]}"
done

# A search has packed data too.
run "$work/searched" "${search[@]}" || { cat "$work/out"; exit 1; }
bits "$work/searched" >"$work/bits.search"
killed "$work/searching" 000002 "${search[@]}" || { echo "the search ended before it was killed"; exit 77; }
try searching 'data/*' cut "${search[@]}"
try searching 'data/*' change "${search[@]}"
try searching 'events/*' change "${search[@]}"
try searching 'checkpoints/*/search.espalier' change "${search[@]}"

echo "$count damages, $wrong of them wrong"
[ $wrong -eq 0 ]
