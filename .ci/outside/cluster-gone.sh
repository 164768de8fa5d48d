#!/usr/bin/env bash
# A cluster that is stopped in the middle of a search: said at once; after a while the search ends with 4, and can be gone
# on with on another. Takes minutes.
# Exit 0: right, 1: wrong, 77: cannot be tried here.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
export ESPALIER_CLUSTER=$work/cluster ESPALIER_LOG=$work/log
cluster=submit/cluster/cluster
pid=
cleanup() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  "$cluster" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT
wrong() {
  cat "$work/out"
  echo "WRONG: $*"
  exit 1
}
start() { "$cluster" start --workers 1 --cores 1 --memory 1g --port 17377 --web-port 18381 >"$work/start" 2>&1; }
start || { cat "$work/start"; exit 77; }
{ cat conf/quickstart-small.yaml; echo "startSeconds: 30"; } >"$work/search.yaml"
submit/espalier search --config "$work/search.yaml" --master spark://127.0.0.1:17377 --output "$work/run" >"$work/out" 2>&1 &
pid=$!
for _ in $(seq 3000); do
  [ ! -f "$work/run/checkpoints/000001/MANIFEST" ] || break
  kill -0 $pid 2>/dev/null || wrong "the search ended early"
  sleep 0.1
done
"$cluster" stop >/dev/null
for _ in $(seq 300); do
  ! grep -q "all executors are gone; waiting up to 150 s" "$work/out" || break
  sleep 0.1
done
grep -q "all executors are gone; waiting up to 150 s" "$work/out" || wrong "nothing was said in 30 s"
code=0
wait $pid || code=$?
pid=
[ "$code" -eq 4 ] || wrong "exit $code"
grep -q "no other came in 150 s" "$work/out" || wrong "the reason is not said"
start || wrong "no second start"
submit/espalier search --config "$work/search.yaml" --master spark://127.0.0.1:17377 --output "$work/run" >"$work/out" 2>&1 ||
  wrong "it does not go on"
