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

# Training of a whole epoch would take long on few cores: what reads the pixels is looked at by the plan, a stop, and the test part.
run() {
  local name=$1 begin end
  shift
  begin=$(date +%s)
  ESPALIER_HEAP=300m ESPALIER_MEMORY=${MEMORY:-4g} timeout 1800 "$espalier" "$@" >"$name.log" 2>&1
  code=$?
  end=$(date +%s)
  echo "$name: exit $code after $((end - begin)) s; $(grep -h '^data' "$name.log" | head -n 1)"
  [ "$code" = 0 ] || { tail -n 5 "$name.log"; exit 1; }
}
run plan train --config train.yaml --dry-run
run training train --config train.yaml --output run
[ -z "$(ls -A tmp | grep espalier-pixels)" ] || { echo "pixels were left in $TMPDIR"; exit 1; }
