#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: fleet.sh KOUAN-HUB KOUAN-SYNC KOUANCTL FOLDER-OF-THIS-FILE [PICTURES]
# The fleet page in Chromium, with three kiosks: one that lacks paper and has sent two records of one appointment's
# kiosk, one that is well, one that was revoked; a fourth machine asks to be enrolled. PICTURES keeps what it showed.
set -euo pipefail
hub=$(realpath "$1") sync=$(realpath "$2") kouanctl=$(realpath "$3") here=$4 pictures=${5:-}
chromium=$(command -v chromium || true)
[ -n "$chromium" ] && command -v node >/dev/null || { echo "needs chromium and node"; exit 77; }
[ -d "$here/node_modules/playwright-core" ] || { echo "needs playwright-core; packaging/test installs it"; exit 77; }
folder=$(mktemp -d)
server=
end () {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap end EXIT
cd "$folder"
mkdir pictures

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$hub" init hub --name "Hub <of> tests" --port "$port" >made 2>&1
for kiosk in 7 8 9; do
  "$kouanctl" station request "station-$kiosk" --kiosk "$kiosk" >>made
  "$hub" enrol hub "station-$kiosk/enrolment.request" --hall 3 --hall-name Hall --hall-language en --out bundle >>made
  "$kouanctl" station install "station-$kiosk" bundle >>made
done
"$hub" revoke hub 9 >>made
mkfifo said
"$hub" serve hub --fleet 0 --enrolment 0 >said 2>serve.log &
server=$!
exec 3<said
read -r line <&3
fleet=$(sed -n 's/.*"fleet_port":\([0-9]*\).*/\1/p' <<<"$line")
door=$(sed -n 's/.*"enrolment_port":\([0-9]*\).*/\1/p' <<<"$line")
"$kouanctl" setup request --station station-13 --kiosk 13 --url "https://127.0.0.1:$door" >>made

head -c 70000 /dev/urandom >01-passport.pdf
"$kouanctl" record seal --station station-7 01-passport.pdf >>made
"$kouanctl" record seal --station station-7 01-passport.pdf >>made
echo "printer needs-paper" >station-7/troubles
for kiosk in 7 8; do
  "$sync" --station "station-$kiosk" --once >>made 2>sync.log || { cat sync.log; exit 1; }
done
"$hub" fleet hub >lines
grep -q '"kiosk":7,.*"captured":2,"waiting":0,.*"received":2,.*"troubles":\["printer needs-paper"\]' lines || { cat lines; exit 1; }
node "$here/fleet.mjs" "$chromium" "http://127.0.0.1:$fleet/" "$folder/pictures" || {
  cat serve.log
  if [ -n "$pictures" ]; then mkdir -p "$pictures"; cp pictures/*.png "$pictures" || true; fi
  exit 1
}
if [ -n "$pictures" ]; then mkdir -p "$pictures"; cp pictures/*.png "$pictures"; fi
echo "the fleet page shows three kiosks, fits, and asks nobody else"
