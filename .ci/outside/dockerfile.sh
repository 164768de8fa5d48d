#!/usr/bin/env bash
# The recipe at the head of submit/Dockerfile on a fresh clone: runs its commands as they stand there, then looks whether
# every file that is copied into the image is there, and once. Docker itself runs only where its engine does.
# Exit 0: right, 1: wrong, 77: cannot be tried here.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v mvn >/dev/null && command -v git >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q . "$work/clone"
cd "$work/clone"
# From "#   mvn" to the docker line, joined where a line goes on.
recipe=$(sed -n 's/^#   //p' submit/Dockerfile | sed '/^docker /d')
[ -n "$recipe" ] || { echo "no recipe"; exit 1; }
echo "$recipe"
bash -euo pipefail -c "${recipe//mvn -B/mvn -B -q}" || { echo "the recipe fails"; exit 1; }
wrong=0
while read -r _ from _; do
  case $from in
    */) [ -n "$(ls -A "$from" 2>/dev/null)" ] || { echo "nothing in $from"; wrong=1; } ;;
    *) [ "$(compgen -G "$from" | wc -l)" -eq 1 ] || { echo "not one file: $from"; wrong=1; } ;;
  esac
done < <(grep '^COPY ' submit/Dockerfile)
for jar in dl4j-models multitask-meta nd4j-api javacpp onnxruntime picocli snakeyaml; do
  compgen -G "spark-jobs/target/dependency/$jar-[0-9]*.jar" >/dev/null || { echo "no $jar among the libraries"; wrong=1; }
done
for jar in slf4j-api spark-core hadoop-client jackson-databind; do
  compgen -G "spark-jobs/target/dependency/$jar*" >/dev/null && { echo "$jar would hide Spark's own"; wrong=1; }
done
if [ "$wrong" -eq 0 ] && command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  docker build -q -f submit/Dockerfile -t espalier-trial . || wrong=1
fi
exit "$wrong"
