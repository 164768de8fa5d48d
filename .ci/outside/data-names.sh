#!/usr/bin/env bash
# Pictures whose names or folders a careless listing leaves out: without a locale, not UTF-8, unreadable, in a folder
# with a name that is not ASCII. Each is read, or refused by its name. Exits 0 (right), 1 (wrong), 77 (cannot be tried).
set -u
project=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "needs python3 to write pictures"; exit 77; }
"$project/submit/espalier" --version >/dev/null || exit 77

work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
failed=0

# FOLDER CLASS...: ten pictures of 8 x 8 pixels a class; names are bytes as the shell has them
pictures() {
  python3 - "$@" <<'PY'
import os, random, struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
numbers = random.Random(0)
root = os.fsencode(sys.argv[1])
for name in map(os.fsencode, sys.argv[2:]):
    os.makedirs(root + b'/' + name)
    for i in range(10):
        rows = b''.join(b'\0' + bytes(numbers.randrange(256) for _ in range(8)) for _ in range(8))
        with open(root + b'/' + name + b'/%d.png' % i, 'wb') as file:
            file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 0, 0, 0, 0))
                       + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
PY
}

# NAME CODE TEXT COMMAND...: the command, on the configuration beside it, ends with the code and says the text
expect() {
  local name=$1 code=$2 text=$3 got
  shift 3
  "$@" >"$work/said" 2>&1
  got=$?
  if [ $got -eq "$code" ] && grep -qaF -- "$text" "$work/said"; then
    echo "right: $name"
  else
    echo "WRONG: $name: exit $got, expected $code and '$text', but it said:"
    cat "$work/said"
    failed=1
  fi
}

config() { # PATH
  cat >"$work/c.yaml" <<YAML
seed: 1
data: {format: folder, path: '$1'}
network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
training: {epochs: 1, batchSize: 8}
YAML
}

train() { "$project/submit/espalier" train --config "$work/c.yaml" --output "$work/run" --dry-run; }
train_without_locale() { env -u LANG -u LC_CTYPE LC_ALL=POSIX "$project/submit/espalier" train --config "$work/c.yaml" --output "$work/run" --dry-run; }
as_nobody() {
  setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$work/home" ESPALIER_CACHE="$work/home" \
    ESPALIER_LOG="$work/home" "$project/submit/espalier" "$@"
}
train_as_nobody() { as_nobody train --config "$work/c.yaml" --output "$work/run" --dry-run; }

pictures "$work/flöwers" rose 'löwenzahn' '花'
config "$work/flöwers"
expect "names without a locale" 0 "30 images [8, 8, 3] of 3 classes" train_without_locale

config "flöwers"
cd "$work" || exit 77
expect "a relative path" 0 "30 images [8, 8, 3] of 3 classes" train
config "$(printf 'fl\303\266wers')"
expect "a relative path without a locale" 0 "30 images [8, 8, 3] of 3 classes" train_without_locale
cd "$work/flöwers" || exit 77
config "../flöwers"
expect "a working folder that is not ASCII" 0 "30 images [8, 8, 3] of 3 classes" train
cd "$work" || exit 77

if pictures "$work/latin" rose "$(printf 'n\344gel')" 2>/dev/null; then
  config "$work/latin"
  expect "a name that is not UTF-8" 2 'n\xE4gel' train
fi

pictures "$work/shut" rose tulip
chmod 000 "$work/shut/tulip"
config "$work/shut"
if [ "$(id -u)" -ne 0 ]; then
  expect "a folder that cannot be read" 2 "$work/shut/tulip: cannot be read" train
elif command -v setpriv >/dev/null; then
  mkdir "$work/home"
  chmod 777 "$work/home"
  chmod 755 "$work" "$work/shut" "$work/shut/rose"
  chmod 644 "$work/c.yaml"
  chown -R 65534 "$work/shut"
  chmod 000 "$work/shut/tulip"
  if as_nobody --version >/dev/null 2>&1; then
    expect "a folder that cannot be read" 2 "$work/shut/tulip: cannot be read" train_as_nobody
  else
    echo "not tried as root: a folder that cannot be read (others cannot read the project or its libraries)"
  fi
fi
exit $failed
