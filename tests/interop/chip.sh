#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: chip.sh KOUANCTL CHIPSIM
# kouanctl reads a chip through the real pcscd and the reader of vsmartcard, both in namespaces of their own so that
# nothing outside is touched: where those cannot be made, or a program is missing, this is skipped.
set -eu
kouanctl=$(realpath "$1")
chipsim=$(realpath "$2")

if [ "${3:-}" != inside ]; then
  for program in pcscd unshare ip; do
    command -v $program >/dev/null || { echo "needs $program"; exit 77; }
  done
  ls /usr/lib/pcsc/drivers/serial/libifdvpcd.so* >/dev/null 2>&1 || { echo "needs vsmartcard-vpcd"; exit 77; }
  unshare -m -n true 2>/dev/null || { echo "namespaces cannot be made here"; exit 77; }
  exec unshare -m -n --kill-child -f -p --mount-proc "$0" "$kouanctl" "$chipsim" inside
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"; kill $(jobs -p) 2>/dev/null || true' EXIT
cd "$folder"
mount -t tmpfs tmpfs /run
mkdir -p /run/pcscd
ip link set lo up

line1='P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
line2='L898902C36UTO7408122F3404159ZE184226B<<<<<16'

"$kouanctl" chip list >none.json 2>none.txt && { echo "a reader where there is no service"; exit 1; }
[ $? = 0 ] || true
grep -q "card service" none.txt || { echo "without pcscd it does not say so"; cat none.txt; exit 1; }

pcscd -f >pcscd.log 2>&1 &
for _ in $(seq 100); do [ -S /run/pcscd/pcscd.comm ] && break; sleep 0.05; done
[ -S /run/pcscd/pcscd.comm ] || { echo "pcscd does not start here"; exit 77; }
for _ in $(seq 100); do "$kouanctl" chip list >list.json 2>/dev/null && break; sleep 0.05; done
grep -q '"card":false' list.json || { echo "no virtual reader"; cat list.json; exit 77; }

# play ARGUMENT…: a chip in the reader until it is lifted or killed
play () {
  "$chipsim" --line="$line1" --line="$line2" "$@" >sim.log 2>&1 &
  sim=$!
  for _ in $(seq 100); do grep -q ready sim.log && break; sleep 0.05; done
  await true
}
stop () { kill $sim 2>/dev/null || true; wait $sim 2>/dev/null || true; await false; }
# await true|false: until the service has seen the card come, or go; a reading in between would see half of each
await () {
  for _ in $(seq 200); do
    "$kouanctl" chip list >cards.json 2>/dev/null || true
    if grep -q '"card":true' cards.json; then seen=true; else seen=false; fi
    [ $seen = "$1" ] && return
    sleep 0.05
  done
}
expect () { # TEXT FILE
  grep -qF -e "$1" "$2" || { echo "not in $2: $1"; cat "$2"; exit 1; }
}

play --access=both --chip-protocol=0.4.0.127.0.7.2.2.3.2.2 --extended
"$kouanctl" chip read --wait 30 --mrz "$line1" "$line2" --out read 2>progress.txt >pace.json
expect '"access":"pace"' pace.json
expect '"chip.authentication":"successful"' pace.json
expect '"chip.mrz":"successful"' pace.json
expect 'reading 100 %' progress.txt
[ -s read/EF.DG2 ] || { echo "no portrait was written"; exit 1; }
"$kouanctl" chip read --wait 30 --can 123456 >can.json 2>/dev/null
expect '"access":"pace"' can.json
stop

play --access=bac --active=1
"$kouanctl" chip read --wait 30 --mrz "$line1|$line2" >bac.json 2>/dev/null
expect '"access":"bac"' bac.json
expect '"chip.active-authentication":"successful"' bac.json
"$kouanctl" chip read --wait 30 --mrz "$line1" "${line2/7408122/7409129}" >wrong.json 2>/dev/null && exit 1
expect '"error":"access-denied"' wrong.json
stop

play --access=bac --fault=lifted --at=20
"$kouanctl" chip read --wait 30 --mrz "$line1" "$line2" >lifted.json 2>/dev/null && { echo "a lifted card was read"; exit 1; }
expect '"error":"removed"' lifted.json
stop

play --access=bac --fault=wrong-mac --at=12
"$kouanctl" chip read --wait 30 --mrz "$line1" "$line2" >mac.json 2>/dev/null && exit 1
expect '"error":"tampered"' mac.json
stop

"$kouanctl" chip read --wait 30 --chip "file:$folder/read" --mrz "$line1" "$line2" >played.json 2>/dev/null || true
expect '"access":"none"' played.json
echo "$(grep -o '"commands":[0-9]*' pace.json) with extended length, $(grep -o '"commands":[0-9]*' bac.json) without, through pcscd"
