#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: escl.sh SCAN-TOOL KOUAN-SCAN KOUAN-PIXELS FOLDER-OF-THIS-FILE KOUAN-SPECIMENS
# A network scanner through sane-airscan, which is not ours, against an emulated one on loopback: a page, and each of
# its troubles as a sentence that says what to do.
set -eu
tool=$(realpath "$1") scan=$(realpath "$2") pixels=$(realpath "$3") here=$4 specimens=$(realpath "$5")
ls /usr/lib/*/sane/libsane-airscan.so.1 > /dev/null 2>&1 || { echo "needs sane-airscan"; exit 77; }
folder=$(mktemp -d)
server=
end () {
  if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; fi
  rm -rf "$folder"
}
trap end EXIT
cd "$folder"
"$specimens" papers > specimens.log 2>&1 || { cat specimens.log; exit 77; }

mkfifo port
"$here/escl.py" papers/employer-consent.jpg none jam no-paper cover-open cut none > port 2> escl.log &
server=$!
read -r port < port
echo airscan > dll.conf
cat > airscan.conf <<CONF
[devices]
"Emulated scanner" = http://127.0.0.1:$port/eSCL/, eSCL
[options]
discovery = disable
CONF
export SANE_CONFIG_DIR=$folder
scan_times () { "$tool" "sane:airscan:e0:Emulated scanner$1" "$scan" "$pixels" "$2"; }
scan_times '' 1 > said
scan_times '#source=ADF' 3 >> said
scan_times '' 2 >> said
cat said
expect () { sed -n "$1p" said | grep -q "$2" || { echo "scan $1 does not say: $2"; cat escl.log; exit 1; }; }
expect 1 '^page 16[0-9][0-9]x23[0-9][0-9] at 200 dpi, progress to 100'
expect 2 '^The page is stuck in the scanner | Do not pull'
expect 3 '^There is no page in the scanner | Put the page in'
expect 4 "^The scanner's cover is open | Close the cover"
expect 5 '^The page was not scanned | Try once more'
expect 6 '^page 16'
echo "a page by eSCL, and four troubles by their names"
