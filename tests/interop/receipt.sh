#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: receipt.sh RECEIPT-TOOL
# Poppler opens the receipt, finds its words and embedded fonts; zbarimg reads the code as a printer of 203 dots an
# inch would print it.
set -eu
tool=$(realpath "$1")
for program in pdfinfo pdftotext pdffonts pdftoppm zbarimg; do
  command -v $program >/dev/null || { echo "needs $program"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

code='KR1:6BFOXN%TS3DHC8OWQ0C1TTFN-VBU3GN8LJQS54DPS3WZE:FVLK6GA7F0%5/L:TB*0NCFOXN%TS3DHC8OWQ0C1TTFN-VBU3GN8LJQS54DPS3W'
for language in en zh-Hant ar ja ru; do
  height=$("$tool" $language "$code" receipt.pdf)
  pdfinfo receipt.pdf >info
  grep -q '^Pages: *1$' info || { echo "$language: not one page"; exit 1; }
  pdfinfo receipt.pdf | awk -v mm="$height" '/^Page size/ { w = $3 / 72 * 25.4; h = $5 / 72 * 25.4;
    exit !(w > 79.9 && w < 80.1 && h > mm - 0.2 && h < mm + 0.2) }' || { echo "$language: not 80 × $height mm"; exit 1; }
  pdffonts receipt.pdf | awk 'NR > 2 && $(NF - 4) != "yes" { exit 1 }' || { echo "$language: a font is not embedded"; exit 1; }
  pdftotext receipt.pdf words
  for word in K07-000123-4 滨江办证大厅 健康证明 到保健中心体检; do
    grep -q "$word" words || { echo "$language: no $word"; exit 1; }
  done
  pdftoppm -r 203 -gray receipt.pdf page
  [ "$(zbarimg -q --raw page-1.pgm 2>/dev/null)" = "$code" ] || { echo "$language: the code is not read"; exit 1; }
done
echo "five receipts are what they should be"
