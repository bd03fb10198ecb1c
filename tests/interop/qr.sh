#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: qr.sh KOUANCTL
# zbarimg and ZXing read the codes that we draw.
set -eu
kouanctl=$(realpath "$1")
command -v zbarimg >/dev/null && command -v ZXingReader >/dev/null || { echo "needs zbar-tools and zxing-cpp-tools"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

expect() { # WHO WHAT-IT-READ
  [ "$2" = "$text" ] || { echo "$1 reads '$2' instead of '$text' (level $level)"; exit 1; }
}

long=KA1:
while [ ${#long} -lt 180 ]; do long="${long}6BFOXN\$TS3DHC8OWQ 0C1TT%FN-VBU3*G+N8/L:J."; done
for text in 1 KW1:A "$long" 'https://example.org/a?b=c&d=e' '0123456789012345678901234567890'; do
  for level in L M Q H; do
    "$kouanctl" qr make "$text" --out code.png --level "$level" >/dev/null
    expect zbarimg "$(zbarimg -q --raw code.png 2>/dev/null)"
    expect ZXing "$(ZXingReader -format QRCode -bytes code.png)"
    if command -v rsvg-convert >/dev/null; then
      "$kouanctl" qr make "$text" --out code.svg --level "$level" >/dev/null
      rsvg-convert -w 600 code.svg -o svg.png
      expect "zbarimg (SVG)" "$(zbarimg -q --raw svg.png 2>/dev/null)"
    fi
  done
done
echo "every code was read by both"
