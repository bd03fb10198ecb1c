#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two hundred visits at a border's kiosk of its own, on a screen of its own: run.sh BUILD VISITS [COUNT]
set -euo pipefail

source=$(cd "$(dirname "$0")/../../.." && pwd)
build=$(cd "$1" && pwd)
visits=$2
count=${3:-200}
scratch=$(mktemp -d -p "$build")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp # nobody else leaves files there
. "$source/packaging/lib.sh"

"$source/packaging/make-station" "$build" "$scratch/station" border > "$scratch/log" 2>&1 ||
  fail_with "$scratch/log" "the station was not made"
rm -f "$scratch"/station/in-view/*
ln "$scratch/station/papers/hall.png" "$scratch/station/in-view/held.png"
cat > "$scratch/on-screen" << 'END'
cd "$scratch"
"$@" 2> "$scratch/kiosk.log" &
kiosk_pid=$!
status=0
"$visits" "$kiosk_pid" "$scratch/station/kiosk" "$scratch/station/papers" "$scratch/station/in-view" "$count" ||
  status=$?
[ "$status" -lt 3 ] || tail -n 20 "$scratch/kiosk.log" >&2
[ ! -f failed.png ] || [ -z "${KOUAN_FAILED:-}" ] || cp failed.png "$KOUAN_FAILED"
kill "$kiosk_pid" || true
exit "$status"
END
export scratch visits count
kouan_words "$build" "$scratch/station"
"$source/packaging/with-screen" --size 1080x1920 bash -eu "$scratch/on-screen" "${kouan_words[@]}" --size 1080x1920
