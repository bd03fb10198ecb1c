#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh MODEL [--large]
# Lets Spin search the model of the outbox: the true one must hold, and each mutant must be refuted, or the model sees
# nothing. --large gives every fault a larger budget. Needs spin and gcc; says so and is skipped without them.
set -euo pipefail
model=$(realpath "$1") size=${2:-}
for program in spin gcc; do
  command -v "$program" > /dev/null || { echo "1..0 # SKIP needs $program"; exit 0; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
count=0 failed=0
one=(-DN=1 -DKIOSK_CRASHES=2 -DHUB_CRASHES=2 -DREPEATS=2)
two=(-DN=2 -DHUB_CRASHES=0 -DRESTORES=0 -DBACKUPS=2 -DREPEATS=0 -DLOSSES=0)
if [ "$size" = --large ]; then two=(-DN=2 -DLOSSES=0); one+=(-DRESTORES=2 -DDAMAGES=2 -DLOSSES=3); fi

# search NAME EXPECTED KIND DEFINE…: EXPECTED is holds or refuted, KIND is safety or live.
search () {
  local name=$1 expected=$2 kind=$3 found states compile=(-DSAFETY) options=()
  shift 3
  if [ "$kind" = live ]; then compile=(); options=(-a); fi
  spin -a "$@" "$model" > spin.log || { cat spin.log; exit 1; }
  gcc "-O$([ "$expected" = holds ] && echo 1 || echo 0)" -w -DCOLLAPSE -DMEMLIM=4000 "${compile[@]}" -o pan pan.c
  ./pan -m200000 "${options[@]}" > pan.log 2>&1 || true
  states=$(grep -oE '[0-9.e+]+ states, stored' pan.log | cut -d' ' -f1)
  found=unknown
  if grep -q 'errors: 0' pan.log && ! grep -qE 'max search depth too small|out of memory|reached -DMEMLIM' pan.log; then found=holds; fi
  if grep -qE 'assertion violated|acceptance cycle' pan.log; then found=refuted; fi
  count=$((count + 1))
  if [ "$found" = "$expected" ]; then echo "ok $count $name $found # $states states"; else
    failed=$((failed + 1))
    echo "not ok $count $name $found, must be $expected"
    sed 's/^/# /' pan.log
  fi
}

search one-record holds safety "${one[@]}"
search two-records holds safety "${two[@]}"
search in-the-end holds live "${one[@]}" -DLIVE
for mutant in RECEIPT_EARLY ROW_BEFORE_FILE NO_LOG SCAN_FORGETS START_REFUSES ERASE_ON_COMMITTED UNVERIFIED_RECEIPT \
  SIGNED_EARLY NO_KEY SPLIT_TRANSACTION ARCHIVED_IN_NEWEST; do
  search "$mutant" refuted safety -DN=1 "-DMUTANT_$mutant"
done
search ANY_RECORDS_RECEIPT refuted safety "${two[@]}" -DMUTANT_ANY_RECORDS_RECEIPT
search LOG_AFTER_ROW refuted safety "${two[@]}" -DMUTANT_LOG_AFTER_ROW
search ANY_OFFSET_UNCHECKED_HASH refuted safety -DN=1 -DMUTANT_ANY_OFFSET -DMUTANT_UNCHECKED_HASH
search COMMITTED_IS_FORGOTTEN refuted live -DN=1 -DLIVE -DMUTANT_COMMITTED_IS_FORGOTTEN
echo "1..$count"
exit $((failed > 0))
