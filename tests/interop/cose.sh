#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: cose.sh KOUANCTL COSE.RB
# An independent COSE implementation verifies codes that we issued, and we verify codes that it wrote.
set -eu
kouanctl=$(realpath "$1")
ruby=$(realpath "$2")
ruby -e 'require "cose"; require "cbor"' 2>/dev/null || { echo "needs the packages ruby and ruby-cose"; exit 77; }
command -v openssl >/dev/null || { echo "needs the package openssl"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

openssl genpkey -algorithm ed25519 -out ed25519.pem 2>/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem 2>/dev/null
openssl rand -hex 32 >hall.key

member() { # NAME < JSON object
  ruby -rjson -e 'puts JSON.parse($stdin.read).fetch(ARGV[0])' "$1"
}

for name in ed25519 p256; do
  openssl pkey -in $name.pem -pubout -out $name.pub

  # Ours, read there: every element, and the bind by OpenSSL's own HMAC.
  "$kouanctl" appointment issue --key $name.pem --hall 17 --service 301 --from 2026-05-03T09:00Z \
    --until 2026-05-03T10:00Z --document L898902C3 --birth 740812 --hall-key hall.key --text >issued.json
  member text <issued.json >code.txt
  ruby "$ruby" read $name.pub <code.txt >payload.json
  id=$(member id <issued.json | tr -d -)
  bind=$(printf 'L898902C3\000740812' |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(cat hall.key)" -r | cut -c1-20)
  case $(cat payload.json) in
    "[1,1,\"$id\",301,17,1777798800,1777802400,\"$bind\",\""????????????????????????????????"\"]") ;;
    *) echo "unexpected payload: $(cat payload.json)"; exit 1 ;;
  esac

  # Changed on the way: refused there.
  sed 's/.$/%/' code.txt >wrong.txt
  cmp -s code.txt wrong.txt && sed 's/.$/0/' code.txt >wrong.txt
  if ruby "$ruby" read $name.pub <wrong.txt >/dev/null 2>&1; then echo "a forged code verified"; exit 1; fi

  # Theirs, read here.
  printf '[1,1,"%s",5,17,1777798800,1777802400,"","%s"]' 0197f22e279b07cc98c4dc0c0c07398f \
    00112233445566778899aabbccddeeff | ruby "$ruby" write $name.pem >theirs.txt
  "$kouanctl" appointment verify --issuer $name.pub --hall 17 --at 2026-05-03T09:30Z - <theirs.txt >answer.json
  test "$(member verdict <answer.json)" = valid
  test "$(member service <answer.json)" = 5
  echo "$name: both read both"
done
