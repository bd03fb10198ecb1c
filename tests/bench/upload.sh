#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: upload.sh KOUAN-HUB KOUAN-SYNC KOUANCTL [RECORDS [ROUNDS]]
# kouan-sync to kouan-hub, which syncs every 256 KiB to the disk and answers with a signed receipt, against curl
# putting the same files to nginx, which does neither; and beside both what the disk alone takes to write the same
# bytes and sync them every 256 KiB. curl and nginx once more with what a hub cannot do without: both ends know the
# SHA-256 of each file, and it is on the disk. TLS 1.3 on loopback, in turns. One JSON line.
set -euo pipefail
hub=$(realpath "$1") sync=$(realpath "$2") kouanctl=$(realpath "$3") records=${4:-10} rounds=${5:-3}
nginx=$(command -v nginx || echo /usr/sbin/nginx)
for program in "$nginx" curl python3; do
  command -v "$program" >/dev/null || { echo "needs $program"; exit 77; }
done
folder=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
cd "$folder"
mkdir put tmp

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
now() { date +%s.%N; }

hub_port=$(free_port) nginx_port=$(free_port)
"$hub" init hub --port "$hub_port" >made 2>&1
"$kouanctl" station request station --kiosk 7 >>made
"$hub" enrol hub station/enrolment.request --hall 3 --hall-name Hall --hall-language en --out bundle >>made
"$kouanctl" station install station bundle >>made
"$hub" serve hub >serve 2>serve.log &
pids="$pids $!"
hub_pid=$!
cat >nginx.conf <<EOF
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log; worker_processes 2; user root;
events {}
http {
  access_log off; client_max_body_size 0; client_body_temp_path $folder/tmp;
  server {
    listen 127.0.0.1:$nginx_port ssl;
    ssl_certificate hub/tls/server.pem; ssl_certificate_key hub/tls/server.key; ssl_protocols TLSv1.3;
    ssl_client_certificate hub/tls/authority.pem; ssl_verify_client on;
    location / { root $folder/put; dav_methods PUT; }
  }
}
EOF
chmod 755 "$folder"; chmod 777 put tmp
"$nginx" -p "$folder" -c nginx.conf 2>/dev/null &
pids="$pids $!"
until [ -s serve ] && curl -s -o /dev/null --cacert hub/tls/authority.pem "https://127.0.0.1:$nginx_port/"; do sleep 0.05; done

head -c 9000000 /dev/urandom >01-passport.pdf
ours=() theirs=() same=() disk=() bytes=0 memory=0
for ((round = 0; round < rounds; round++)); do
  for ((i = 0; i < records; i++)); do
    "$kouanctl" record seal --station station 01-passport.pdf >>made
  done
  started=$(now)
  "$sync" --station station --once >synced 2>sync.log &
  sync_pid=$!
  while [ -d /proc/$sync_pid ]; do
    resident=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$sync_pid/status 2>/dev/null || true)
    [ -z "$resident" ] || memory=$resident
    sleep 0.02
  done
  wait $sync_pid || { cat synced sync.log; exit 1; }
  ours+=("$(python3 -c "print($(now) - $started)")")
  bytes=$(sed 's/.*"bytes":\([0-9]*\).*/\1/' synced)

  # The same files, and one connection, as a kiosk has.
  newest=$(ls -t station/records/*.age | head -n "$records")
  arguments=()
  for file in $newest; do
    arguments+=(-T "$file" "https://127.0.0.1:$nginx_port/$(basename "$file")")
  done
  started=$(now)
  curl -s -f -o /dev/null --cacert hub/tls/authority.pem --cert station/keys/kiosk-tls.crt \
    --key station/keys/kiosk-tls.pem --tlsv1.3 --http1.1 "${arguments[@]}" >curl.log
  theirs+=("$(python3 -c "print($(now) - $started)")")
  sha256sum $newest put/* >sums
  sync put/*
  same+=("$(python3 -c "print($(now) - $started)")")
  rm -f put/*

  started=$(now)
  dd if=/dev/zero of=floor bs=256k count=$((bytes / 262144)) oflag=dsync status=none
  disk+=("$(python3 -c "print($(now) - $started)")")
  rm -f floor
done
hub_memory=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$hub_pid/status)
python3 - "$bytes" "$records" "$memory" "$hub_memory" "${ours[*]}" "${theirs[*]}" "${same[*]}" "${disk[*]}" <<'EOF'
import json, statistics, sys
size, records, memory, hub_memory = map(int, sys.argv[1:5])
ours, theirs, same, disk = ([float(t) for t in words.split()] for words in sys.argv[5:9])
a, b, s, c = (statistics.median(times) for times in (ours, theirs, same, disk))
print(json.dumps({"metric": "upload over loopback TLS", "records": records, "bytes": size,
                  "median_s": round(a, 3), "anchor": "curl PUT to nginx", "anchor_s": round(b, 3),
                  "ratio": round(b / a, 2), "hashed_and_synced_s": round(s, 3), "ratio_of_the_same_work": round(s / a, 2),
                  "disk_alone_s": round(c, 3),
                  "times_disk": round(a / c, 1), "mb_s": round(size / a / 1e6), "n": len(ours),
                  "sync_peak_kib": memory, "hub_peak_kib": hub_memory}))
EOF
