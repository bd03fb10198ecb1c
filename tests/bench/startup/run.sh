#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The start-up benchmark at a station of its own, on a screen of its own: run.sh STARTUP BARE BUILD
set -euo pipefail

source=$(cd "$(dirname "$0")/../../.." && pwd)
startup=$1
bare=$2
build=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
. "$source/packaging/lib.sh"
"$source/packaging/make-station" "$build" "$folder/station"
kouan_words "$build" "$folder/station"
"$source/packaging/with-screen" "$startup" "$bare" "${kouan_words[@]}" --size 1080x1920 --once
