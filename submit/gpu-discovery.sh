#!/bin/sh
# Tells Spark which NVIDIA GPUs this machine has, for spark.worker.resource.gpu.discoveryScript (standalone) or
# spark.executor.resource.gpu.discoveryScript (YARN, Kubernetes): {"name": "gpu", "addresses": ["0", "1"]}
set -eu

if ! command -v nvidia-smi >/dev/null 2>&1; then
  echo "gpu-discovery.sh: there is no 'nvidia-smi' on $(uname -n); install NVIDIA's driver, or ask for no GPUs here" >&2
  exit 1
fi
if ! found=$(nvidia-smi --query-gpu=index --format=csv,noheader); then
  echo "gpu-discovery.sh: nvidia-smi failed on $(uname -n): $found" >&2
  exit 1
fi
addresses=$(printf '%s\n' "$found" | sed -n 's/^ *\([0-9][0-9]*\) *$/"\1"/p' | paste -s -d , -)
if [ -z "$addresses" ]; then
  echo "gpu-discovery.sh: nvidia-smi lists no GPU on $(uname -n): $found" >&2
  exit 1
fi
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
