#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: upload.sh KOUAN-HUB KOUAN-SYNC KOUANCTL [RECORDS [ROUNDS [BYTES]]]
# kouan-sync to kouan-hub, which has each record on the disk before it answers with a signed receipt, against curl
# putting the same files to nginx, which does neither; then once more with what a hub cannot do without: the files are
# on the disk, and then, both ends know their SHA-256 besides. Beside it what the disk alone takes to write the same
# bytes and sync them every 256 KiB, and what kouan-sync takes when there is nothing to send. A disk that is slower than
# nginx is the limit then, not the line: ratio_of_the_slower is against whichever of the two takes longer. TLS 1.3 on
# loopback, in turns, in TMPDIR. One JSON line.
set -euo pipefail
hub=$(realpath "$1") sync=$(realpath "$2") kouanctl=$(realpath "$3") records=${4:-10} rounds=${5:-3} size=${6:-9000000}
nginx=$(command -v nginx || echo /usr/sbin/nginx)
for program in "$nginx" curl python3; do
  command -v "$program" >/dev/null || { echo "needs $program"; exit 77; }
done
folder=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$folder" "${touched:-}"' EXIT
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

# Memory that a virtual machine has never touched costs whoever writes to it first, and the hub keeps what it gets while
# nginx's files are removed: so as much as all of it takes is touched before.
touched=$(mktemp -p /dev/shm)
head -c $((size * records * rounds * 3)) /dev/zero >"$touched" || echo "not all memory was touched: /dev/shm is too small" >&2
rm "$touched"

head -c "$size" /dev/urandom >01-passport.pdf
ours=() theirs=() synced=() same=() disk=() start=() bytes=0 memory=0
for ((round = 0; round < rounds; round++)); do
  "$sync" --station station --once >synced 2>sync.log # what is archived is erased
  started=$(now)
  "$sync" --station station --once >synced 2>sync.log
  start+=("$(python3 -c "print($(now) - $started)")")
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
  "$hub" archive hub --all >>made # or they would be offered again

  # The same files, one after the other.
  newest=$(ls -t station/records/*.age | head -n "$records")
  arguments=()
  for file in $newest; do
    arguments+=(-T "$file" "https://127.0.0.1:$nginx_port/$(basename "$file")")
  done
  started=$(now)
  curl -s -f -o /dev/null --cacert hub/tls/authority.pem --cert station/keys/kiosk-tls.crt \
    --key station/keys/kiosk-tls.pem --tlsv1.3 --http1.1 "${arguments[@]}" >curl.log
  theirs+=("$(python3 -c "print($(now) - $started)")")
  sync put/*
  synced+=("$(python3 -c "print($(now) - $started)")")
  sha256sum $newest put/* >sums
  same+=("$(python3 -c "print($(now) - $started)")")
  rm -f put/*

  started=$(now)
  dd if=/dev/zero of=floor bs=256k count=$((bytes / 262144)) oflag=dsync status=none
  disk+=("$(python3 -c "print($(now) - $started)")")
  rm -f floor
done
hub_memory=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$hub_pid/status)
python3 - "$bytes" "$records" "$memory" "$hub_memory" \
  "${ours[*]}" "${theirs[*]}" "${synced[*]}" "${same[*]}" "${disk[*]}" "${start[*]}" <<'EOF'
import json, statistics, sys
size, records, memory, hub_memory = map(int, sys.argv[1:5])
columns = [[float(t) for t in words.split()] for words in sys.argv[5:]]
ours, put, synced, same, disk, start = map(statistics.median, columns)
print(json.dumps({"metric": "upload over loopback TLS", "records": records, "bytes": size,
                  "median_s": round(ours, 3), "anchor": "curl PUT to nginx", "anchor_s": round(put, 3),
                  "ratio": round(put / ours, 2), "synced_s": round(synced, 3), "ratio_synced": round(synced / ours, 2),
                  "synced_and_hashed_s": round(same, 3), "ratio_of_the_same_work": round(same / ours, 2),
                  "start_s": round(start, 3), "ratio_without_start": round(put / (ours - start), 2),
                  "disk_alone_s": round(disk, 3), "times_disk": round(ours / disk, 1),
                  "ratio_of_the_slower": round(max(put, disk) / ours, 2), "mb_s": round(size / ours / 1e6),
                  "n": len(columns[0]), "sync_peak_kib": memory, "hub_peak_kib": hub_memory}))
EOF
