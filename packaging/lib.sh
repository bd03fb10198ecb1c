# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share. Sourced by bash, with -e and -u on.

started=$SECONDS

# say WORDS…: one line of progress, with the seconds since the script began.
say () {
  printf '[%4d s] %s\n' "$((SECONDS - started))" "$*"
}

# fail WORDS…: says why on stderr and ends.
fail () {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# fail_with LOG WORDS…: the same, after the end of the log.
fail_with () {
  local log=$1
  shift
  tail -n 20 "$log" >&2
  fail "$@"
}

as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# missing_packages FILE…: the packages that the lists name and this machine lacks.
missing_packages () {
  local name unless command
  sed 's/#.*//' "$@" | while read -r name unless command; do
    [ -n "$name" ] || continue
    if [ "$unless" = unless ] && command -v "$command" > /dev/null; then
      continue
    fi
    dpkg-query -W -f='${Status}' "$name" 2> /dev/null | grep -q '^install ok installed$' || echo "$name"
  done
}

# show_apt_progress: apt's machine-readable status on stdin, a line each tenth on stdout. The name of a package may
# have a colon in it, and where apt has no terminal of its own, what packages say stands in between: whoever reads
# must not end, or they cannot go on.
show_apt_progress () {
  local line kind percent tenth=-1
  while IFS= read -r line; do
    [[ $line =~ ^(dlstatus|pmstatus):[^\ ]*:([0-9]+)(\.[0-9]+)?: ]] || continue
    kind=${BASH_REMATCH[1]}
    percent=${BASH_REMATCH[2]}
    if [ "$((percent / 10))" -ne "$tenth" ]; then
      tenth=$((percent / 10))
      say "  $([ "$kind" = dlstatus ] && echo fetching || echo installing): $percent %"
    fi
  done
}

# install_missing FILE…: installs what the lists name and is not there. Says what; touches nothing else.
install_missing () {
  local missing log
  command -v apt-get > /dev/null || 
    fail "this machine has no apt-get; packaging/packages-*.txt name what is needed"
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then
    say "All packages are here"
    return
  fi
  say "Installing $(wc -w <<< "$missing") packages: ${missing//$'\n'/ }"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || fail "installing needs root: run as root, or install sudo"
    say "sudo asks for your password"
    sudo -v
  fi
  log=$(mktemp)
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update > "$log" 2>&1 ||
    fail_with "$log" "apt-get update did not work"
  # shellcheck disable=SC2086 # one word a package
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends -o APT::Status-Fd=1 \
    install $missing 2> "$log" | show_apt_progress || true
  missing=$(missing_packages "$@")
  [ -z "$missing" ] || fail_with "$log" "apt-get could not install: $missing"
  rm -f "$log"
}

# fetch_face_model: the weights that faces are compared with, at the version and digest that are written down beside
# it. Where they are not to be had, everything else works.
fetch_face_model () {
  local folder=packaging/face-model model=node_modules/@vladmandic/face-api/model log
  if [ ! -f "$folder/$model/face_recognition_model.bin" ]; then
    log=$(mktemp)
    say "Fetching the weights that faces are compared with: 13 MB"
    if ! npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error > "$log" 2>&1; then
      say "They are not to be had now ($(grep -m 1 . "$log")): faces will not be compared"
      rm -f "$log"
      return 0
    fi
    rm -f "$log"
    touch app/face/meson.build # so that folders that were set up without them look again
  fi
  (cd "$folder/$model" && sha256sum --quiet --check ../../../../sha256sums) ||
    fail "the weights in $folder are not those that were tested: remove $folder/node_modules"
}

# build FOLDER MESON-OPTION…: sets the folder up once and compiles, with a line of progress every few seconds.
build () {
  begin_build "$@"
  end_build "$1"
}

# begin_build FOLDER MESON-OPTION…: the same, but returns while it compiles, with as much niceness as there is in
# build_nice, and only what the suites in build_suites need, where there are any; end_build FOLDER waits for it. One at a
# time.
begin_build () {
  local folder=$1 log needed targets=()
  shift
  log=$folder/build.log
  mkdir -p "$folder"
  if [ ! -f "$folder/build.ninja" ]; then
    say "Setting up $folder"
    # Over two hundred programs: binutils' other linker takes a third of the time for each.
    if [ -z "${CC_LD:-}" ] && command -v ld.gold > /dev/null; then export CC_LD=gold; fi
    meson setup "$folder" "$@" > "$log" 2>&1 ||
      fail_with "$log" "meson setup did not work; all of it is in $log"
  fi
  say "Building in $folder"
  if [ -n "${build_suites:-}" ]; then
    # shellcheck disable=SC2086 # suites are words
    needed=$(packaging/targets.py "$folder" $build_suites)
    mapfile -t targets <<< "$needed"
  fi
  NINJA_STATUS='[%f/%t] ' nice -n "${build_nice:-0}" ninja -C "$folder" "${targets[@]}" > "$log" 2>&1 &
  build_pid=$!
}

end_build () {
  local log=$1/build.log
  wait_with_progress "$build_pid" "$log" || fail_with "$log" "the build did not work; all of it is in $log"
  build_pid=
}

# wait_with_progress PID LOG: waits, and every 10 s says how far ninja is. Answers with the status of PID.
wait_with_progress () {
  local pid=$1 log=$2 next=$((SECONDS + 10))
  while kill -0 "$pid" 2> /dev/null; do
    sleep 0.2
    if [ "$SECONDS" -ge "$next" ]; then
      say "  $(grep -oE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 1)"
      next=$((SECONDS + 10))
    fi
  done
  wait "$pid"
}

# start_hub BUILD FOLDER: serves FOLDER/hub on a port that is free, tells FOLDER/kiosk which, and leaves the
# process in hub_pid for the caller to end.
start_hub () {
  local build=$1 folder=$2 line port
  rm -f "$folder/hub.said"
  mkfifo "$folder/hub.said"
  "$build/app/hub/kouan-hub" serve "$folder/hub" --port 0 > "$folder/hub.said" 2> "$folder/hub.log" &
  hub_pid=$!
  read -r line < "$folder/hub.said" || fail_with "$folder/hub.log" "the hub did not start"
  rm "$folder/hub.said"
  port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' <<< "$line")
  sed -i "s|^url=.*|url=https://127.0.0.1:$port|" "$folder/kiosk/kouan.conf"
  say "The hub listens on 127.0.0.1:$port"
}

# kouan_words BUILD FOLDER: how the kiosk is called out of a build folder, in the array kouan_words.
kouan_words () {
  # shellcheck disable=SC2034 # for the caller
  kouan_words=("$1/ui/kouan" --station "$2/kiosk" --pixels "$1/app/pixels/kouan-pixels"
    --codes "$1/app/codes/kouan-codes" --scan "$1/app/devices/kouan-scan"
    --sync "$1/app/sync/kouan-sync" --phone "$1/app/phone/kouan-phone" --voice "$1/app/speech/kouan-voice" --messages "$1/assets/po")
}

# start_web PORT LOG COMMAND…: a program of GTK's in a page on the loopback alone, drawn by Broadway; leaves the
# processes in web_pid and kiosk_pid for the caller to end, and answers no where the port is taken. A window is no
# larger there than Broadway's first screen, 1024x768, whatever the browser has room for; and what the cairo renderer
# sends, it cannot show.
start_web () {
  local port=$1 log=$2 display=9
  shift 2
  XDG_RUNTIME_DIR=$(mktemp -d)
  export XDG_RUNTIME_DIR
  gtk4-broadwayd --address 127.0.0.1 --port "$port" ":$display" > "$log" 2>&1 &
  web_pid=$!
  until [ -S "$XDG_RUNTIME_DIR/broadway$((display + 1)).socket" ]; do
    kill -0 "$web_pid" 2> /dev/null || return 1
    sleep 0.05
  done
  GDK_BACKEND=broadway GSK_RENDERER=broadway BROADWAY_DISPLAY=":$display" "$@" &
  # shellcheck disable=SC2034 # for the caller
  kiosk_pid=$!
}

# field NAME: of one JSON object on one line of stdin, text or number.
field () {
  sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

# send_and_open BUILD FOLDER: sends what waits, and shows that the hub has it and that the officer's key opens it,
# with kouan-hub and then without any program of ours.
send_and_open () {
  local build=$1 folder=$2 record number id opened
  say "kouan-sync sends what waits"
  "$build/app/sync/kouan-sync" --station "$folder/kiosk" --once | sed 's/^/    /'
  say "kouan-hub list says what the hub has"
  "$build/app/hub/kouan-hub" list "$folder/hub" | sed 's/^/    /'
  record=$("$build/app/hub/kouan-hub" list "$folder/hub" | tail -n 1)
  [ -n "$record" ] || fail "the hub has no record"
  number=$(field number <<< "$record")
  id=$(field record <<< "$record")
  opened=$folder/opened/$number
  rm -rf "$opened"
  mkdir -p "$folder/opened"
  say "kouan-hub open opens record $number into $opened"
  "$build/app/hub/kouan-hub" open "$folder/hub" "$number" --out "$opened" > /dev/null
  find "$opened" -type f -printf '    %P  %s bytes\n' | sort
  say "age and tar, which are not ours, read the same record"
  # tar ends where the archive does; what pads it has to be taken too, or age is cut off.
  age -d -i "$folder/hub/age/hub.key" "$(find "$folder/hub/blobs" -name "$id.age")" |
    { tar t && cat > /dev/null; } | sed 's/^/    /'
  say "The hub has record $number, and the officer's key opens it."
}
