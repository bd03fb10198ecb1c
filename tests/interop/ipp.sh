#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: ipp.sh IPP-TOOL
# CUPS' own ippeveprinter takes a receipt, and an aborted job is not taken for a printed one. It insists on a system bus and on avahi,
# so it gets both, in namespaces of its own: where those cannot be made, this is skipped.
set -eu
tool=$(realpath "$1")

if [ "${2:-}" != inside ]; then
  for program in ippeveprinter avahi-daemon dbus-daemon unshare ip; do
    command -v $program >/dev/null || { echo "needs $program"; exit 77; }
  done
  unshare -m -n true 2>/dev/null || { echo "namespaces cannot be made here"; exit 77; }
  exec unshare -m -n --kill-child -f -p --mount-proc "$0" "$tool" inside
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"; kill $(jobs -p) 2>/dev/null || true' EXIT
cd "$folder"
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/avahi-daemon /run/cups /run/lock
chown avahi:avahi /run/avahi-daemon
ip link set lo up
dbus-daemon --system --nofork --nopidfile >/dev/null 2>&1 &
for _ in $(seq 100); do [ -S /run/dbus/system_bus_socket ] && break; sleep 0.05; done
avahi-daemon --no-drop-root --no-chroot --no-rlimits >avahi.log 2>&1 &
for _ in $(seq 100); do grep -q "startup complete" avahi.log && break; sleep 0.05; done
grep -q "startup complete" avahi.log || { echo "avahi does not start here"; exit 77; }

cat >roll.conf <<EOF
ATTR keyword media-supported custom_max_80x1000mm,custom_min_80x50mm,custom_80x200mm_80x200mm
ATTR keyword media-ready custom_80x200mm_80x200mm
ATTR keyword media-default custom_80x200mm_80x200mm
ATTR collection media-size-supported { MEMBER integer x-dimension 8000 MEMBER rangeOfInteger y-dimension 5000-100000 },{ MEMBER integer x-dimension 8000 MEMBER integer y-dimension 20000 }
ATTR keyword media-col-supported media-size
ATTR mimeMediaType document-format-supported application/octet-stream,application/pdf
ATTR mimeMediaType document-format-default application/octet-stream
ATTR keyword print-scaling-supported auto,fit,none
EOF
cat >good.sh <<EOF
#!/bin/sh
cp "\$1" "$folder/printed.pdf"
EOF
printf '#!/bin/sh\nexit 1\n' >aborts.sh
chmod +x good.sh aborts.sh
mkdir spool
printf '%%PDF-1.5\npretend\n' >receipt.pdf

start() { # COMMAND PORT
  ippeveprinter -r off -p "$2" -a roll.conf -d spool -c "./$1" "Kiosk receipt $2" >printer-"$2".log 2>&1 &
  for _ in $(seq 100); do
    (: >/dev/tcp/127.0.0.1/"$2") 2>/dev/null && return 0
    sleep 0.05
  done
  echo "ippeveprinter does not start here"
  exit 77
}

start good.sh 8631
[ "$("$tool" ipp://localhost:8631/ipp/print receipt.pdf)" = ready ] || { echo "it did not print"; exit 1; }
cmp printed.pdf receipt.pdf
start aborts.sh 8632
answer=$("$tool" ipp://localhost:8632/ipp/print receipt.pdf || true)
[ "$answer" = failed ] || { echo "an aborted job leaves it $answer"; exit 1; }
echo "it prints, and a job that was aborted is no printed one"
