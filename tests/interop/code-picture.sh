#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: code-picture.sh KOUANCTL
# zbarimg reads from the pictures of a code exactly what was issued.
set -eu
kouanctl=$(realpath "$1")
for program in zbarimg openssl; do
  command -v $program >/dev/null || { echo "needs $program"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

openssl genpkey -algorithm ed25519 -out key.pem 2>/dev/null
for round in 1 2 3 4 5; do
  "$kouanctl" appointment issue --key key.pem --hall $((round * 1000)) --service $round --from 2026-05-03T09:00Z \
    --until 2026-05-03T10:00Z --out code.png --text >issued.json
  text=$(sed 's/.*"text":"\([^"]*\)".*/\1/; s/\\\//\//g' issued.json)
  test "$(zbarimg --raw -q code.png)" = "$text" || { echo "zbarimg reads something else"; exit 1; }
done
echo "zbarimg read all of them"

if command -v rsvg-convert >/dev/null; then
  "$kouanctl" appointment issue --key key.pem --hall 1 --service 1 --from 2026-05-03T09:00Z \
    --until 2026-05-03T10:00Z --out code.svg --text >issued.json
  rsvg-convert -w 600 -o drawn.png code.svg
  text=$(sed 's/.*"text":"\([^"]*\)".*/\1/; s/\\\//\//g' issued.json)
  test "$(zbarimg --raw -q drawn.png)" = "$text" || { echo "zbarimg reads something else from the SVG"; exit 1; }
  echo "zbarimg read the SVG"
fi
