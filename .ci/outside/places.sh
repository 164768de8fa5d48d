#!/usr/bin/env bash
# The same training in clones on odd paths, moved and copied, under odd locales and every installed Java: it has to come
# to the same fingerprint, which covers weights and figures. 'places.sh quickstart' does it with the small quick start,
# which takes longer. Exits with 0 if it does, 1 if not, 77 if it cannot be tried.
set -u
home=$(cd "$(dirname "$0")/../.." && pwd -P)
work=$(mktemp -d) || exit 77
trap 'rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log LC_ALL=C.UTF-8
"$home/submit/espalier" --version >"$work/out" 2>&1 || { cat "$work/out"; exit 77; }

# Class folders with names in several scripts, of which a locale without UTF-8 would lose some.
python3 - "$work/pictures" <<'PY' || exit 77
import os, random, struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
draw = random.Random(0)
for number, name in enumerate(['plain', 'f\u00fcnf', '\u0642\u0637\u0629', '\u732b']):
    folder = os.path.join(os.fsencode(sys.argv[1]), name.encode())
    os.makedirs(folder)
    for i in range(20):
        rows = b''.join(b'\0' + bytes((60 * number + draw.randrange(60)) % 256 for _ in range(8)) for _ in range(8))
        with open(folder + b'/\xc3\xbc%03d.png' % i, 'wb') as file:
            file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 0, 0, 0, 0))
                       + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
PY
cat >"$work/tiny.yaml" <<YAML
seed: 1
data: {format: folder, path: $work/pictures}
network: {type: readyMade, family: plain, widths: [4, 4, 4, 4, 4, 4]}
training: {epochs: 2, batchSize: 8, optimiser: {type: sgd, learningRate: 0.05}}
YAML

# What is run in a clone, which has the quick start's configuration itself.
case ${1:-train} in
  train) command_of() { printf '%s\0' train --config "$work/tiny.yaml"; } ;;
  quickstart) command_of() { printf '%s\0' quickstart --config "$1/conf/quickstart-small.yaml"; } ;;
  *) echo "usage: $0 [quickstart]"; exit 2 ;;
esac

failed=0 runs=0 expected=
# try NAME CLONE [VARIABLE=VALUE...]: runs it, and compares the fingerprint with that of the first time
try() {
  name=$1 clone=$2
  shift 2
  runs=$((runs + 1))
  run=$work/run-$runs
  mapfile -d '' arguments < <(command_of "$clone")
  if ! env "$@" "$clone/submit/espalier" "${arguments[@]}" --output "$run" >"$work/out" 2>&1; then
    echo "wrong: $name: $(tail -n 2 "$work/out")"
    failed=1
    return
  fi
  fingerprint=$(sed -n 's/.*"fingerprint" : "\([0-9a-f]*\)".*/\1/p' "$run/result.json")
  expected=${expected:-$fingerprint}
  if [ -z "$fingerprint" ] || [ "$fingerprint" != "$expected" ]; then
    echo "wrong: $name: another fingerprint, $fingerprint"
    failed=1
  elif grep -E '^WARNING|^[[:space:]]+at |building' "$work/out"; then
    echo "wrong: $name: warned, or built again"
    failed=1
  else
    echo "right: $name"
  fi
}

# What a clone has after its build, with times as they are.
clone() {
  mkdir -p "$1"
  (cd "$home" && tar cf - pom.xml conf submit */pom.xml */src/main */target/*.jar spark-jobs/target/classpath) | (cd "$1" && tar xf -)
}

try 'as it lies' "$home"
clone "$work/first place"
for place in 'with space' 'a#b' 'a%20b' 'fünf قطة'; do
  clone "$work/$place"
  try "copied to '$place'" "$work/$place"
done
mv "$work/first place" "$work/second place"
touch "$work/second place/spark-jobs/target/spark-jobs-0.0.9.jar"
try 'moved, with an older jar' "$work/second place"

# A copy runs its own code: without that it asks for a build.
clone "$work/emptied"
rm "$work/emptied/dl4j-models/target/"*.jar
mkdir "$work/bin"
printf '#!/bin/sh\nexit 9\n' >"$work/bin/mvn"
chmod +x "$work/bin/mvn"
if env "PATH=$work/bin:$PATH" "$work/emptied/submit/espalier" --version >"$work/out" 2>&1; then
  echo "wrong: a copy runs the code of another folder"
  failed=1
else
  echo "right: a copy does not run the code of another folder"
fi

try 'no locale' "$work/fünf قطة" -u LC_ALL -u LANG -u LC_CTYPE
try 'LC_ALL=C' "$work/fünf قطة" LC_ALL=C
if localedef -i ar_EG -f UTF-8 "$work/ar_EG.UTF-8" 2>/dev/null; then
  try 'LC_ALL=ar_EG.UTF-8' "$home" "LOCPATH=$work" LC_ALL=ar_EG.UTF-8
fi
for language in ar_EG fa_IR tr_TR my_MM; do
  try "user.language of $language" "$home" \
    "JDK_JAVA_OPTIONS=-Duser.language=${language%_*} -Duser.country=${language#*_}"
done
for java in /usr/lib/jvm/*/bin/java; do
  [ -x "$java" ] && [ ! -h "$(dirname "$(dirname "$java")")" ] || continue
  try "$(basename "$(dirname "$(dirname "$java")")")" "$home" "JAVA_HOME=$(dirname "$(dirname "$java")")"
done
exit "$failed"
