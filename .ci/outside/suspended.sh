#!/usr/bin/env bash
# A search in local mode that is suspended for longer than Spark's limits goes on by itself, and comes to the same bits.
# Exit codes: 0 right, 1 wrong, 77 cannot be tried here.
set -u
home=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'kill -KILL "${pid:-}" 2>/dev/null; rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log
wrong() { echo "WRONG: $*"; exit 1; }

"$home/submit/espalier" search --config "$home/conf/quickstart-small.yaml" --output "$work/whole" >"$work/first" 2>&1 ||
  { tail -n 3 "$work/first"; exit 77; }
# Limits of seconds, and an executor that gives signs of life more seldom than the driver looks.
"$home/submit/espalier" search --config "$home/conf/quickstart-small.yaml" --output "$work/suspended" \
  --conf spark.network.timeout=5s --conf spark.network.timeoutInterval=100ms --conf spark.rpc.askTimeout=5s \
  --conf spark.storage.blockManagerHeartbeatTimeoutMs=5s --conf spark.executor.heartbeatInterval=4s >"$work/second" 2>&1 &
pid=$!
until grep -q '^ *[1-9][0-9]* %' "$work/second"; do
  kill -0 "$pid" 2>/dev/null || wrong "ended early: $(tail -n 3 "$work/second")"
  sleep 0.1
done
for _ in 1 2 3; do
  sleep 2
  kill -STOP "$pid" 2>/dev/null && sleep 8 && kill -CONT "$pid"
done
wait "$pid" || wrong "exit $?: $(tail -n 3 "$work/second")"
pid=
if grep -qE 'Heartbeat|ExecutorLost|RpcEndpointNotFound|RpcTimeout' "$work/second" "$work"/log/*; then
  wrong "Spark lost its own process: $(grep -hE 'Heartbeat|ExecutorLost|RpcEndpointNotFound|RpcTimeout' "$work"/log/* | head -n 1)"
fi
fingerprint() { grep -o '"fingerprint" *: *"[^"]*"' "$1/result.json"; }
[ "$(fingerprint "$work/whole")" = "$(fingerprint "$work/suspended")" ] || wrong "other bits"
echo "right: went on, $(fingerprint "$work/suspended")"
