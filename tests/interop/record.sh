#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: record.sh KOUANCTL
# A station made with stock tools, a record that it seals, and stock tools that open it: age, tar, sha256sum.
set -eu
kouanctl=$(realpath "$1")
for program in age age-keygen tar openssl sha256sum; do
  command -v $program >/dev/null || { echo "needs $program"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mkdir -p station/keys/trusted station/records station/drafts
printf '[station]\nkiosk=12\nhall=3\nname=Hall\n' >station/kouan.conf
openssl genpkey -algorithm ed25519 -out station/keys/kiosk-sign.pem 2>/dev/null
openssl rand -hex 32 >station/keys/hall.key
for name in hub escrow; do
  age-keygen -o $name.key 2>/dev/null
  age-keygen -y $name.key >station/keys/$name-recipient.txt
done

printf '{"a":1}' >application.json
head -c 300000 /dev/urandom >01-passport.pdf
"$kouanctl" record seal --station station application.json 01-passport.pdf >sealed.json
set -- station/records/*.age
[ $# = 1 ] && [ -f "$1" ] || { echo "not one sealed file"; exit 1; }

for name in hub escrow; do
  mkdir $name
  age -d -i $name.key "$1" | tar -x -C $name
  cmp $name/application.json application.json
  cmp $name/01-passport.pdf 01-passport.pdf
  for member in application.json 01-passport.pdf; do
    sum=$(sha256sum <$member | cut -d' ' -f1)
    grep -q "\"name\":\"$member\",\"sha256\":\"$sum\"" $name/manifest.json || { echo "$member: another digest"; exit 1; }
  done
done
echo "age and tar open it with either key"

sum=$(sha256sum <"$1" | cut -d' ' -f1)
number=$(sed 's/.*"number":"\([^"]*\)".*/\1/' sealed.json)
"$kouanctl" record show --station station "$number" | grep -q "\"sha256\":\"$sum\"" || { echo "the row has another digest"; exit 1; }

# The other way round: what age and GNU tar make, we refuse unless it is exactly a record.
tar -cf made.tar --format=ustar application.json
age -r "$(cat station/keys/hub-recipient.txt)" -o made.age made.tar
if "$kouanctl" record open made.age --identity hub.key --out out 2>/dev/null; then echo "opened what is no record"; exit 1; fi
[ ! -e out ] || { echo "left a folder behind"; exit 1; }
tar -cf made.tar --format=ustar -C hub application.json 01-passport.pdf manifest.json --owner=0 --group=0 --numeric-owner
age -r "$(cat station/keys/hub-recipient.txt)" -o made.age made.tar
"$kouanctl" record open made.age --identity hub.key --out out
cmp out/01-passport.pdf 01-passport.pdf
echo "a record made by tar and age opens"
