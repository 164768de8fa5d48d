#!/usr/bin/env bash
# An account that the password file does not know (docker -u, OpenShift) trains and searches. Needs root and setpriv.
# Exit codes: 0 right, 1 wrong, 77 cannot be tried here.
set -u
home=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null || exit 77
number=54321
id -un "$number" >/dev/null 2>&1 && exit 77
"$home/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work" "${TMPDIR:-/tmp}/espalier-javacpp-uid$number"' EXIT
chmod 777 "$work"
wrong() { echo "WRONG: $*"; exit 1; }
# It may read what root may, as the libraries are in root's home; it is not root.
run() {
  (cd "$work" && env -i PATH="$PATH" JAVA_HOME="${JAVA_HOME:-}" ESPALIER_LOG="$work/log" \
    setpriv --reuid "$number" --regid "$number" --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search \
    "$home/submit/espalier" "$@") >"$work/said" 2>&1
}
setpriv --reuid "$number" --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search true 2>/dev/null || exit 77
run train --config "$home/conf/train-digits-small.yaml" --output "$work/train" || wrong "train: $(tail -n 3 "$work/said")"
run search --config "$home/conf/quickstart-small.yaml" --output "$work/search" || wrong "search: $(tail -n 3 "$work/said")"
[ -e "$work/?" ] && wrong "made a folder called ?"
echo "right: trained and searched as number $number"
