#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: phone.sh KOUANCTL FOLDER-OF-THIS-FILE DEVICE [PICTURES]
# A phone as Chromium plays it sends papers to the kiosk's own server, and what arrives is what was sent, to the
# byte. PICTURES keeps what the phone showed.
set -eu
kouanctl=$(realpath "$1") here=$2 device=$3 pictures=${4:-}
chromium=$(command -v chromium || true)
[ -n "$chromium" ] && command -v node > /dev/null || { echo "needs chromium and node"; exit 77; }
[ -d "$here/node_modules/playwright-core" ] || { echo "needs playwright-core; packaging/test installs it"; exit 77; }
folder=$(mktemp -d)
server=
end () {
  if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; fi
  rm -rf "$folder"
}
trap end EXIT
mkdir "$folder/out" "$folder/sent" "$folder/pictures"

# What phones make: a photograph, a picture of the screen, a PDF, and the iPhone's own kind. What is inside is
# kouan-pixels' business; here only the way counts.
{ printf '\377\330\377\340'; head -c 3000000 /dev/urandom; } > "$folder/sent/1.jpg"
{ printf '\211PNG\r\n\032\n'; head -c 70000 /dev/urandom; } > "$folder/sent/2.png"
printf '%%PDF-1.5\n%%%%EOF\n' > "$folder/sent/3.pdf"
{ printf '\0\0\0\030ftypheic\0\0\0\0mif1heic'; head -c 1000001 /dev/urandom; } > "$folder/sent/4.heic"
mkfifo "$folder/said"
"$kouanctl" phone receive --listen http://127.0.0.1:0 --out "$folder/out" --count 5 --seconds 120 \
  > "$folder/said" 2> "$folder/log" &
server=$!
exec 3< "$folder/said"
read -r line <&3
address=$(sed -n 's/.*"address":"\([^"]*\)".*/\1/p' <<< "$line")
code=$(node "$here/phone.mjs" "$chromium" "$device" "$address" "$folder/pictures" "$folder"/sent/*) || {
  cat "$folder/log"
  if [ -n "$pictures" ]; then mkdir -p "$pictures"; cp "$folder"/pictures/*.png "$pictures"; fi
  exit 1
}
wait "$server" || { echo "the server ended with $?"; cat "$folder/log"; exit 1; }
server=
cat <&3 > "$folder/lines"
if [ -n "$pictures" ]; then mkdir -p "$pictures"; cp "$folder"/pictures/*.png "$pictures"; fi
cmp "$folder/sent/1.jpg" "$folder/out/phone-01.jpg"
cmp "$folder/sent/1.jpg" "$folder/out/phone-02.jpg"
cmp "$folder/sent/2.png" "$folder/out/phone-03.png"
cmp "$folder/sent/3.pdf" "$folder/out/phone-04.pdf"
cmp "$folder/sent/4.heic" "$folder/out/phone-05.heic"
[ "$(grep -c "\"code\":\"$code\"" "$folder/lines")" = 4 ] || { echo "not the number $code:"; cat "$folder/lines"; exit 1; }
echo "$device: five files arrived, under the number that it shows"
