#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: web.sh BUILD FOLDER-OF-THIS-FILE [PICTURES]
# The kiosk in a browser, as packaging/run --web shows it: Debian's Chromium gets its first page and presses Start.
# PICTURES keeps what it showed.
set -euo pipefail
build=$(realpath "$1") here=$2 pictures=${3:-}
chromium=$(command -v chromium || true)
[ -n "$chromium" ] && command -v node >/dev/null || { echo "needs chromium and node"; exit 77; }
command -v gtk4-broadwayd >/dev/null || { echo "needs gtk4-broadwayd"; exit 77; }
[ -d "$here/node_modules/playwright-core" ] || { echo "needs playwright-core; packaging/test installs it"; exit 77; }
. "$here/../../packaging/lib.sh"
folder=$(mktemp -d)
web_pid= kiosk_pid=
end () {
  local pid
  for pid in $kiosk_pid $web_pid; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$folder" "${XDG_RUNTIME_DIR:-$folder}"
}
trap end EXIT

"$here/../../packaging/make-station" "$build" "$folder/station" >"$folder/made"
kouan_words "$build" "$folder/station"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start_web "$port" "$folder/web.log" "${kouan_words[@]}" --size 1024x768 2>"$folder/kiosk.log" || {
  cat "$folder/web.log"
  exit 1
}
node "$here/web.mjs" "$chromium" "http://127.0.0.1:$port/" "${pictures:-$folder}" || {
  cat "$folder/kiosk.log"
  exit 1
}
