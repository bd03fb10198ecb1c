#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tus.sh KOUAN-HUB KOUANCTL TUS-TOOL FOLDER-OF-THIS-FILE
# A stock tus client uploads to our hub; our client uploads to a stock tus server.
set -eu
hub=$(realpath "$1") kouanctl=$(realpath "$2") tool=$(realpath "$3") here=$4
command -v node >/dev/null || { echo "needs node"; exit 77; }
for module in tus-js-client @tus/server @tus/file-store; do
  [ -d "$here/node_modules/$module" ] || { echo "needs $module; packaging/test installs it"; exit 77; }
done
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"

# The first line that a program in the background prints says where it is.
wait_line() {
  n=0
  while [ ! -s "$1" ]; do
    n=$((n + 1)); [ $n -lt 200 ] || { echo "$1: nothing was printed"; exit 1; }
    sleep 0.05
  done
  head -n 1 "$1"
}

"$hub" init hub 2>/dev/null >init.json
"$kouanctl" station request station --kiosk 7 >request.json
"$hub" enrol hub station/enrolment.request --hall 3 --hall-name Hall --hall-language en --out bundle >enrol.json
"$kouanctl" station install station bundle >install.json
for size in 300000 800000 900000; do
  head -c $size /dev/urandom >01-passport.pdf
  "$kouanctl" record seal --station station 01-passport.pdf >>sealed.json
done
"$tool" offers station >offers

"$hub" serve hub --port 0 >serve 2>serve.log &
server=$!
port=$(wait_line serve | sed 's/.*"port":\([0-9]*\).*/\1/')
node "$here/tus-client.mjs" "https://127.0.0.1:$port/records" station <offers
kill $server; wait $server; server=
"$hub" list hub >list
[ "$(wc -l <list)" = 3 ] || { echo "the hub has not three records"; cat list; exit 1; }
for file in station/records/*.age; do
  sum=$(sha256sum <"$file" | cut -d' ' -f1)
  grep -q "\"sha256\":\"$sum\"" list || { echo "$file: not at the hub"; exit 1; }
done
"$hub" open hub "$(sed -n '3s/.*"number":"\([^"]*\)".*/\1/p' list)" --out opened >opened.json
cmp opened/01-passport.pdf 01-passport.pdf
echo "a stock client sent three records to our hub"

mkdir store
node "$here/tus-server.mjs" "$folder/store" >address &
server=$!
url=$(wait_line address)
set -- station/records/*.age
"$tool" put "$url" "$1"
location=$("$tool" put "$url" "$3" 300000 | tee /dev/stderr | sed 's/.*"location":"\([^"]*\)".*/\1/')
"$tool" put "$url" "$3" 0 "$location" >resumed
cat resumed
if grep -q '"from":0,' resumed; then echo "it began again"; exit 1; fi
for file in "$1" "$3"; do
  found=
  for stored in store/*; do if cmp -s "$stored" "$file"; then found=1; fi; done
  [ -n "$found" ] || { echo "$file: not at the stock server"; exit 1; }
done
echo "our client sent two records to a stock server"
