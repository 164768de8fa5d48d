#!/bin/bash
# Trains on 5 GB of pixels with a heap of 300 MB, and searches on them with an executor in the driver: the heap does not depend on the
# number of pictures. Needs 12 GB in TMPDIR, which go at the end, and some minutes. Prints seconds and memory.
# Exit code 0: right, 1: wrong, 77: cannot be tried here.
espalier=$(cd "$(dirname "$0")/../.." && pwd)/submit/espalier
work=$(mktemp -d) || exit 77
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 77
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
[ "$(df -Pk . | awk 'NR == 2 {print $4}')" -gt 12000000 ] || { echo "less than 12 GB in $work"; exit 77; }
mkdir tmp && export TMPDIR=$work/tmp

# 6,400 pictures [512, 512, 3], 5.03 GB of pixels; 64 different ones, linked.
python3 - <<'PY' || exit 77
import os, random, struct, zlib

SIDE = 512

def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

for i in range(64):
    r = random.Random(i)
    label = 'ab'[i % 2]
    colours = [bytes(r.randrange(256) for _ in range(3)) for _ in range(2)]
    row = b'\0' + b''.join(colours[(x >> (3 if label == 'a' else 6)) & 1] for x in range(SIDE))
    png = (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', SIDE, SIDE, 8, 2, 0, 0, 0))
           + chunk(b'IDAT', zlib.compress(row * SIDE)) + chunk(b'IEND', b''))
    os.makedirs('data/' + label, exist_ok=True)
    with open('data/%s/%03d-000.png' % (label, i), 'wb') as file:
        file.write(png)
    for copy in range(1, 100):
        os.link('data/%s/%03d-000.png' % (label, i), 'data/%s/%03d-%03d.png' % (label, i, copy))
PY

cat >train.yaml <<'YAML'
seed: 1
data: {format: folder, path: data}
split: {validationShare: 0.01, testShare: 0.01}
network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
training: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
YAML
# Few pictures to learn from, as a search trains several networks; all are packed, and most are read to judge them.
cat >search.yaml <<'YAML'
seed: 1
data: {format: folder, path: data}
randomWidths:
  family: plain
  choices: {widths: [2, 4]}
  budget: {macs: 100000000}
  candidates: 2
  candidatesPerRound: 2
  split: {validationShare: 0.01, testShare: 0.95}
  trial: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
  retrain: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
YAML

# NAME HEAP ARGUMENTS...: says seconds, and the most memory of the process, without what it has mapped of files
run() {
  local name=$1 heap=$2 begin end
  shift 2
  begin=$(date +%s)
  ESPALIER_HEAP=$heap ESPALIER_MEMORY=${MEMORY:-4g} timeout 3600 python3 - "$espalier" "$@" >"$name.log" 2>&1 <<'PY'
import subprocess, sys, time
process = subprocess.Popen(sys.argv[1:])
most = 0
while process.poll() is None:
    try:
        with open('/proc/%d/status' % process.pid) as status:
            most = max([most] + [int(line.split()[1]) for line in status if line.startswith('RssAnon:')])
    except OSError:
        pass
    time.sleep(0.2)
print('memory %d MB' % (most // 1024))
sys.exit(process.returncode)
PY
  code=$?
  end=$(date +%s)
  echo "$name: exit $code after $((end - begin)) s with a heap of $heap, $(tail -n 1 "$name.log"); $(grep -h '^data' "$name.log" | head -n 1)"
  [ "$code" = 0 ] || { tail -n 5 "$name.log"; exit 1; }
}
run plan 300m train --config train.yaml --dry-run
run training 300m train --config train.yaml --output run
# Spark takes no heap below 450 MB; the collector leaves so much of 520 MB.
run search 520m search --config search.yaml --master 'local[2]' --output found
left=$(find tmp -name '*espalier-pixels*')
[ -z "$left" ] || { echo "pixels were left in $TMPDIR: $left"; exit 1; }
