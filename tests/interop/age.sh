#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: age.sh AGE-TOOL
# Debian's age and our own implementation open each other's files and refuse the same damage.
set -eu
tool=$(realpath "$1")
command -v age >/dev/null && command -v age-keygen >/dev/null || { echo "needs the package age"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

age-keygen -o theirs.txt 2>/dev/null
"$tool" keygen ours.txt
their_recipient=$(age-keygen -y theirs.txt)
our_recipient=$(age-keygen -y ours.txt)
grep -q "$our_recipient" ours.txt || { echo "age-keygen reads another recipient from our file"; exit 1; }

for size in 0 1 65535 65536 65537 131072 1000000; do
  head -c $size /dev/urandom >plain
  "$tool" encrypt "$their_recipient" "$our_recipient" <plain >ours.age
  age -r "$their_recipient" -r "$our_recipient" -o theirs.age plain
  for file in ours.age theirs.age; do
    for key in ours.txt theirs.txt; do
      age -d -i $key <$file >out
      cmp out plain
      "$tool" decrypt $key <$file >out
      cmp out plain
    done
  done
  rm theirs.age
done
echo "both open both"

# A stanza of a type that we do not have is read over.
if command -v ssh-keygen >/dev/null; then
  ssh-keygen -q -t ed25519 -N '' -f ssh
  age -r "$(cut -d' ' -f1,2 ssh.pub)" -r "$our_recipient" -o mixed.age plain
  "$tool" decrypt ours.txt <mixed.age >out
  cmp out plain
  echo "a foreign stanza is read over"
fi

# Every byte of a small file changed; things that are not age files.
printf 'abc' | age -r "$our_recipient" -o small.age
size=$(stat -c %s small.age)
refused=0
for at in $(seq 0 $((size - 1))); do
  cp small.age wrong.age
  byte=$(dd if=small.age bs=1 skip="$at" count=1 status=none | od -An -tu1)
  printf "\\$(printf %03o $((byte ^ 1)))" | dd of=wrong.age bs=1 seek="$at" conv=notrunc status=none
  if age -d -i ours.txt <wrong.age >/dev/null 2>&1; then echo "age took byte $at"; exit 1; fi
  if "$tool" decrypt ours.txt <wrong.age >/dev/null 2>&1; then echo "we took byte $at"; exit 1; fi
  refused=$((refused + 1))
done
age -a -r "$our_recipient" -o armored.age plain
for file in armored.age plain; do
  if "$tool" decrypt ours.txt <$file >/dev/null 2>&1; then echo "we took $file"; exit 1; fi
done
echo "$refused damaged files refused by both"
