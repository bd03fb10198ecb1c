#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: face.sh FACE-TOOL PACKAGE
# The three networks against the program whose weights they are: face-api on TensorFlow.js, number by number.
set -eu
tool=$(realpath "$1")
package=$(realpath -m "$2")
here=$(dirname "$(realpath "$0")")
command -v node >/dev/null || { echo "needs node"; exit 77; }
[ -f "$package/dist/face-api.esm.js" ] || { echo "needs face-api; packaging/test fetches it"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$tool" "$folder" >"$folder/ours"
node "$here/face.mjs" "$package" "$folder"
