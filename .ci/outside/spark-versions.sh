#!/usr/bin/env bash
# The versions of Spark that the program says it was tried with, and others: the small quick start on installations of each, in
# local mode and on clusters of the same and of other versions. What goes on comes to the same weights; what cannot is said
# before the work, by doctor too, with exit code 4. Takes about twenty minutes and 3 GB.
# SPARKS names a folder of installations, by version; what it lacks is fetched by pip. Exit 0: right, 1: wrong, 77: cannot be
# tried here.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
"$here/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-sparks.XXXXXX") || exit 77
cluster=$here/submit/cluster/cluster
trap '"$cluster" stop >/dev/null 2>&1; rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log ESPALIER_CLUSTER=$work/cluster
sparks=${SPARKS:-$work}
table=$here/spark-jobs/src/main/java/org/espalier/spark/SparkVersions.java

installation() { # VERSION: the folder of it
  local home=$sparks/$1/pyspark
  if ! [ -x "$home/bin/spark-submit" ]; then
    python3 -m pip install -q --no-deps --no-cache-dir --no-compile --target "$sparks/$1" "pyspark==$1" >"$work/pip" 2>&1 || return 1
  fi
  echo "$home"
}
wrong=0
# right or wrong: NAME, the code that came and the one expected, what must be said
judge() {
  local name=$1 code=$2 expected=$3 said=$4 weights
  weights=$(cat "$work/run/model/weights.espalier" 2>/dev/null | sha256sum)
  if [ "$code" -ne "$expected" ] || ! grep -qF -- "$said" "$work/out"; then
    echo "WRONG: $name: exit $code, not $expected with '$said': $(tail -n 2 "$work/out")"
    wrong=1
  elif [ "$code" -eq 0 ] && [ -d "$work/run" ] && [ "$weights" != "${first:=$weights}" ]; then
    echo "WRONG: $name: other weights"
    wrong=1
  else
    echo "right: $name: exit $code $(grep -am 1 '^espalier' "$work/out")"
  fi
  rm -rf "$work/run"
}
search() { # SPARK_HOME ARGUMENTS...
  local home=$1
  shift
  SPARK_HOME=$home timeout 900 "$here/submit/espalier" search --config "$here/conf/quickstart-small.yaml" \
    --output "$work/run" "$@" >"$work/out" 2>&1
}

constant() { tr -d '\n ' <"$table" | grep -oE "$1=[^;]*;"; } # NAME: its line
tried=$(constant TRIED | grep -oE '[0-9]+\.[0-9]+\.[0-9]+')
pairs=$(constant TRIED_TOGETHER | grep -oE '[0-9.]+","[0-9.]+' | tr -d '"' | tr ',' ' ')
[ -n "$tried" ] && [ -n "$pairs" ] || { echo "no table in $table"; exit 1; }

for version in 3.5.9 4.1.3 $tried; do
  home=$(installation "$version") || { echo "Spark $version is not to be had"; exit 77; }
  expected=0 said=
  echo "$tried" | grep -qxF "$version" || { expected=4 said="Spark $version is another version"; }
  SPARK_HOME=$home "$here/submit/espalier" doctor >"$work/out" 2>&1
  judge "doctor with $version" $? $expected "$said"
  search "$home"
  judge "local mode of $version" $? $expected "$said"
done

on_cluster() { # DRIVER CLUSTER EXPECTED SAID
  local home
  home=$(installation "$2") || exit 77
  SPARK_HOME=$home "$cluster" start --workers 1 --cores 2 --memory 2g --port 17477 --web-port 18481 >"$work/out" 2>&1 ||
    { cat "$work/out"; exit 77; }
  search "$(installation "$1")" --master spark://127.0.0.1:17477 --conf spark.master.ui.port=18481
  judge "driver $1, cluster $2" $? "$3" "$4"
  "$cluster" stop >/dev/null 2>&1
}
while read -r driver there; do
  on_cluster "$driver" "$there" 0 ''
done <<<"$pairs"
on_cluster 4.1.4 4.2.0 4 '4.2.0 there, 4.1.4 here'
on_cluster 4.2.0 4.3.0 4 '4.3.0 there, 4.2.0 here'
exit $wrong
