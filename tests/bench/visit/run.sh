#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A robot makes a whole visit at a station of its own, with a stopwatch in its hand; before and after it turns the
# pages of a bare window on the same screen. What the figures are held against says judge.c.
#
#   run.sh page-change|waiting BUILD BARE PEER JUDGE [FIGURES]
#
#   FIGURES   a folder where the turns stay, in visit.json, bare-before.json and bare-after.json
set -euo pipefail

source=$(cd "$(dirname "$0")/../../.." && pwd)
figure=$1
build=$(cd "$2" && pwd)
bare=$3
peer=$4
judge=$5
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
kept=${6:-$scratch}
mkdir -p "$kept"
kept=$(cd "$kept" && pwd)

# The second half, on a screen: the first one calls it.
cat > "$scratch/on-screen" << 'END'
turn_pages () {
  "$bare" &
  bare_pid=$!
  "$peer" "$kept/$1.json" > "$scratch/$1.log" || { tail -n 5 "$scratch/$1.log" >&2; exit 3; }
  kill "$bare_pid"
  wait "$bare_pid" || true
}
turn_pages bare-before
KOUAN_ROBOT_SCREEN=1 KOUAN_ROBOT_FIGURES=$kept/visit.json \
  "$source/tests/robot/run-visit" "$build" "$scratch/station" "$scratch/pictures" > "$scratch/visit.log" 2>&1 ||
  { tail -n 60 "$scratch/visit.log" >&2; exit 3; }
turn_pages bare-after
END
"$source/packaging/make-station" "$build" "$scratch/station" > "$scratch/station.log" 2>&1 ||
  { tail "$scratch/station.log" >&2; exit 3; }
export source build bare peer scratch kept
"$source/packaging/with-screen" --size 1080x1920 bash -euo pipefail "$scratch/on-screen"
"$judge" "$figure" "$kept/visit.json" "$kept/bare-before.json" "$kept/bare-after.json"
