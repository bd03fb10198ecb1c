#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: link.sh KOUAN-HUB KOUAN-SYNC KOUANCTL BENCH-LINK [RECORDS]
# What kouan-sync makes of a line of 20 Mbit/s and 40 ms, from its start to its end, with TLS, receipts and lists: the
# share of the line for records of 9 MB, as a hall's are, and of 3 MB; the connections that it took, and the memory, for
# those and then for a hundred small ones; and how much of a limit of 4 Mbit/s it keeps. Ends with 1 below 0.90 of the
# line at 9 MB, above 4 connections or above the limit.
set -euo pipefail
hub=$(realpath "$1") sync=$(realpath "$2") kouanctl=$(realpath "$3") link=$(realpath "$4")
records=${5:-5}
command -v python3 > /dev/null || { echo "needs python3"; exit 77; }
folder=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
cd "$folder"
now() { date +%s.%N; }

"$hub" init hub --port 8443 > made 2>&1
"$kouanctl" station request station --kiosk 7 >> made
"$hub" enrol hub station/enrolment.request --hall 3 --hall-name Hall --hall-language en --out bundle >> made
"$kouanctl" station install station bundle >> made
mkfifo said
"$hub" serve hub --port 0 > said 2> serve.log &
pids="$pids $!"
read -r line < said
port=$(sed 's/.*"port":\([0-9]*\).*/\1/' <<< "$line")
"$link" "$port" 20000 20 > link.log &
pids="$pids $!"
until [ -s link.log ]; do sleep 0.05; done
sed -i "s|^url=.*|url=https://127.0.0.1:$(head -n 1 link.log)|" station/kouan.conf

# send COUNT BYTES: hands in and syncs; leaves seconds, bytes and the peak of memory in spent, sent and peak
send () {
  local i started
  head -c "$2" /dev/urandom > 01-passport.pdf
  for ((i = 0; i < $1; i++)); do "$kouanctl" record seal --station station 01-passport.pdf >> made; done
  started=$(now)
  "$sync" --station station --once > synced 2> sync.log &
  local pid=$!
  peak=0
  while [ -d "/proc/$pid" ]; do
    i=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2> /dev/null || true)
    [ -z "$i" ] || peak=$i
    sleep 0.05
  done
  wait "$pid" || { cat synced sync.log; exit 1; }
  spent=$(python3 -c "print($(now) - $started)")
  sent=$(sed 's/.*"bytes":\([0-9]*\).*/\1/' synced)
}

# What is committed would be offered again, each for a round trip.
archive () {
  "$hub" archive hub --all >> made
  "$sync" --station station --once > synced 2> sync.log
}

send "$records" 9000000
large="$spent $sent $peak"
archive
send "$records" 3000000
medium="$spent $sent"
archive
before=$(tail -n 1 link.log)
send 100 2000
small="$spent $sent $peak $before $(tail -n 1 link.log)"
archive
sed -i 's|^\[sync\]$|[sync]\nbandwidth-kbit=4000|' station/kouan.conf
grep -q '^bandwidth-kbit=4000$' station/kouan.conf || printf '\n[sync]\nbandwidth-kbit=4000\n' >> station/kouan.conf
send 2 1000000
limited="$spent $sent"
python3 - "$records" $large $medium $small $limited << 'END'
import json, sys
(records, spent, sent, peak, medium_s, medium, small_s, _, small_peak, before, after, limited_s, limited) = map(
    float, sys.argv[1:])
kept = limited / limited_s / 0.5e6
share = sent / spent / 2.5e6
connections = int(after - before)
print(json.dumps({"metric": "upload over 20 Mbit/s and 40 ms", "records": int(records), "bytes": int(sent),
                  "seconds": round(spent, 2), "share_of_line": round(share, 3), "target": 0.9,
                  "share_of_line_3_mb": round(medium / medium_s / 2.5e6, 3),
                  "connections_of_100_records": connections, "seconds_of_100_records": round(small_s, 2),
                  "sync_peak_kib": int(peak), "sync_peak_kib_small": int(small_peak),
                  "share_of_a_limit_of_4_mbit": round(kept, 3)}))
sys.exit(0 if share >= 0.9 and connections <= 4 and kept <= 1.05 else 1)
END
