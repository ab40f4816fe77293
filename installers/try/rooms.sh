# The clean Debian in a folder, the virtual display, and what is done in them. Sourced by installers/try/linux.
# `room` is the folder, `out` where pictures and logs go.

display="" # a free one
container="" # the systemd of the room, as the outside counts processes; empty: there is none
pids=()

clean_room() {
  clean_base
  fresh_room "$room"
  ss -ltn 2>/dev/null | grep -q ':7450 ' && die "Something listens on port 7450 here, which the relay in the room needs."
  enter
  inside apt-get update -q
}

# A container with a systemd of its own, in the network of this machine; where that cannot be, a plain root.
enter() {
  if command -v systemd-nspawn >/dev/null || need systemd-nspawn "the room has a systemd of its own" systemd-container systemd-container systemd; then
    systemd-nspawn --quiet --directory="$room" --register=no --keep-unit --boot --console=passive \
      --bind-ro=/etc/resolv.conf >"$out/logs/boot.log" 2>&1 &
    pids+=($!)
    local nspawn=$!
    if wait_for 40 room_is_up "$nspawn"; then
      note "in a container with a systemd of its own"
      return
    fi
    kill "$nspawn" 2>/dev/null || true
    wait "$nspawn" 2>/dev/null || true
  fi
  mount -t proc proc "$room/proc"
  mount -t sysfs -o ro sysfs "$room/sys"
  note "without a systemd: the relay is started by hand, as the service's user"
}

room_is_up() {
  container=$(pgrep -P "$1" 2>/dev/null | head -n 1)
  [ -n "$container" ] && inside systemctl is-system-running 2>/dev/null | grep -q -e running -e degraded && return
  kill -0 "$1" 2>/dev/null || return 0 # it failed at once; said below
  container=""
  return 1
}

# inside COMMAND...: in the room, as its root.
inside() {
  local clean=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
  if [ -n "$container" ]; then
    nsenter -t "$container" -m -u -i -p -- "${clean[@]}" "$@"
  else
    chroot "$room" "${clean[@]}" "$@"
  fi
}

as_mara() { inside setpriv --reuid=mara --regid=mara --init-groups env HOME=/home/mara DISPLAY=$display "$@"; }

leave() {
  local pid
  logs_kept || true
  for pid in $(relay_pids) "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  if [ -n "$container" ]; then kill -s RTMIN+4 "$container" 2>/dev/null || true; fi # a systemd's "power off"
  wait 2>/dev/null || true
  umount "$room/proc" "$room/sys" 2>/dev/null || true
}

# install_debs FOLDER: both packages, with what they need.
install_debs() {
  local editor relay
  editor=$(only "$1" 'coscribe_*.deb') relay=$(only "$1" 'coscribe-relay_*.deb')
  cp "$editor" "$relay" "$room/root/"
  inside apt-get install -y -q --no-install-recommends "/root/$(basename "$editor")" "/root/$(basename "$relay")"
}

# --- the relay

# As this machine counts processes.
relay_pids() {
  local exe
  for exe in /proc/[0-9]*/exe; do
    case $(readlink "$exe" 2>/dev/null || true) in
      */usr/lib/coscribe-relay/runtime/bin/java) echo "$exe" | cut -d/ -f3 ;;
    esac
  done
}

healthy() { [ "$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' http://127.0.0.1:7450/healthz)" = 200 ]; }

relay_by_hand() {
  inside sh -c 'cd /var/lib/coscribe && exec coscribe-relay serve' >>"$out/logs/relay.log" 2>&1 &
  pids+=($!)
}

relay_start() {
  if [ -n "$container" ]; then
    must "the service is started and enabled by the package" inside systemctl is-active coscribe-relay.service
    must "also after a start of the machine" inside systemctl is-enabled coscribe-relay.service
  else
    relay_by_hand
  fi
}

# Without a systemd nobody can stop it but who started it; the package says so, and does not begin.
relay_before_upgrade() {
  if [ -z "$container" ]; then
    must "an upgrade does not begin while a relay runs that is not the service" not install_debs "$new"
    must "and the old version is still in order" inside sh -c "dpkg -s coscribe-relay | grep -qx 'Version: $old_version'"
    relay_stop_by_hand
  fi
}
not() { ! "$@"; }
relay_stop_by_hand() {
  local pid
  for pid in $(relay_pids); do kill -TERM "$pid"; done
  wait_for 40 no_relay || die "The relay does not end."
}
no_relay() { [ -z "$(relay_pids)" ]; }
relay_start_again_by_hand() {
  if [ -z "$container" ]; then relay_by_hand; fi
}

# What the relay and the editor told themselves, of the whole try: relay.txt, editor.txt. Codes of invites are left out.
logs_kept() {
  if [ -n "$container" ]; then
    inside journalctl --no-pager --no-hostname -o short-iso -u coscribe-relay.service >"$out/logs/relay.log"
  fi
  without_codes "$out/logs/relay.log" >"$out/logs/relay.txt"
  find "$room/home/mara/.local/state/coscribe/logs" -name 'coscribe*.log' -print0 | sort -rz | xargs -0r cat >"$out/logs/editor-own.log"
  without_codes "$out/logs/editor-own.log" >"$out/logs/editor.txt"
}
without_codes() { sed -E 's#(coscribe://join/[^/ ]+/|https?://[^ ]+/j/)[^/ ]+#\1...#g' "$1"; }

# What it holds when idle, and how the service is locked up.
relay_facts() {
  local pid
  pid=$(relay_pids | head -n 1)
  must "it runs as coscribe" test "$(stat -c %u "/proc/$pid")" = "$(inside id -u coscribe)"
  note "relay, idle: $(memory "$pid")"
  if [ -n "$container" ]; then
    inside systemd-analyze security --no-pager coscribe-relay.service >"$out/logs/security.log" || true
    note "systemd-analyze security: $(tail -n 1 "$out/logs/security.log" | sed 's/^[^a-zA-Z]*//')"
  fi
}

memory() {
  awk '/^Rss:/ { r = $2 } /^Pss:/ { p = $2 } END { printf "%d MiB resident, %d MiB its own share", r / 1024, p / 1024 }' "/proc/$1/smaps_rollup"
}

# --- the editor

screen_start() {
  rm -f "$out/logs/display"
  Xvfb -displayfd 3 -screen 0 1280x840x24 -ac -nolisten tcp >"$out/logs/xvfb.log" 2>&1 3>"$out/logs/display" &
  pids+=($!)
  wait_for 20 test -s "$out/logs/display" || die "Xvfb does not start, see $out/logs/xvfb.log"
  display=:$(cat "$out/logs/display")
  export DISPLAY=$display
  wait_for 10 xdotool getdisplaygeometry >/dev/null 2>&1 || die "Xvfb does not start, see $out/logs/xvfb.log"
}

editor() {
  as_mara "$@" >>"$out/logs/editor.log" 2>&1 &
  editor_job=$!
  pids+=("$editor_job")
}

windows() { xdotool search --onlyvisible --name . 2>/dev/null; }
window_seen() { [ -n "$(windows)" ]; }
window_named() { xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; }

# The keyboard goes to the newest window: there is no window manager that would see to it.
focus() { xdotool windowfocus "$(windows | tail -n 1)" 2>/dev/null || true; }
press() {
  focus
  xdotool key --clearmodifiers "$1"
}
type_text() {
  focus
  xdotool type --delay 25 "$1"
}

# Until nothing moves but a caret, for two looks in a row.
settle() { wait_for 45 still || note "the window did not come to rest"; }
still() {
  import -window root "$out/before.png"
  sleep 0.8
  import -window root "$out/after.png"
  local differs
  differs=$(compare -metric AE "$out/before.png" "$out/after.png" null: 2>&1 | sed 's/[^0-9.e+].*//' || true)
  rm -f "$out/before.png" "$out/after.png"
  awk -v n="$differs" 'BEGIN { exit !(n < 120) }'
}

picture() {
  import -window root -quality 95 "PNG24:$out/pictures/$1.png" # each pixel as it was, not of a palette
  note "picture $1.png"
}

# editor_pid [FOLDER]: of the one that was started there; without a folder, of any.
editor_pid() {
  local exe
  for exe in /proc/[0-9]*/exe; do
    case $(readlink "$exe" 2>/dev/null || true) in *"${1:-/coscribe}/runtime/bin/coscribe") echo "$exe" | cut -d/ -f3 ;; esac
  done | sort -n | tail -n 1
}
memory_of_editor() { note "editor, idle with a document: $(memory "$(editor_pid)")"; }
window_class() { note "its windows' class: $(xprop -id "$(windows | tail -n 1)" WM_CLASS 2>/dev/null || echo unknown)"; }

editor_close() {
  kill -TERM "$(editor_pid)"
  wait "$editor_job" || true
}

# start_once OPTION...: milliseconds from the start of the installed program to a caret in Mara's document.
start_once() {
  local begun link=coscribe://doc/127.0.0.1:7450/$mara_document
  inside rm -f /tmp/started
  begun=$(date +%s%3N)
  as_mara env JAVA_TOOL_OPTIONS="-Dcoscribe.started=/tmp/started -Dcoscribe.started.quit=true $*" coscribe "$link" >>"$out/logs/editor.log" 2>&1
  echo $(($(inside cat /tmp/started) - begun))
}

# By turns, five of each; what is said is the median and all.
start_times() {
  local with=() without=() i
  mara_document=$(document_id)
  for i in 1 2 3 4 5; do
    with+=("$(start_once)")
    without+=("$(start_once -XX:AOTMode=off)")
  done
  note "start to caret, ms, load average $(cut -d' ' -f1 /proc/loadavg): with the AOT cache $(median "${with[@]}") (${with[*]}), without $(median "${without[@]}") (${without[*]})"
}
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

# --- the portable archive

portable=/home/mara/Programs/coscribe
entry=/home/mara/.local/share/applications/org.coscribe.Coscribe.desktop

portable_unpack() {
  cp "$(only "$new" "coscribe-$new_version-linux-*.tar.gz")" "$room/home/mara/portable.tar.gz"
  as_mara mkdir -p "${portable%/*}"
  must "it is unpacked" as_mara tar -C "${portable%/*}" -xzf /home/mara/portable.tar.gz
  rm "$room/home/mara/portable.tar.gz"
}

link_leads_to() { as_mara xdg-mime query default x-scheme-handler/coscribe; }

# But for the folder of her documents.
nothing_registered() {
  local found
  found=$(inside find /home/mara/.local/share -path /home/mara/.local/share/coscribe -prune -o -iname '*coscribe*' -print)
  printf '%s\n' "$found"
  [ -z "$found" ] && ! inside grep -rqi coscribe /home/mara/.local/share/applications /home/mara/.local/share/mime
}

# --- what is in the documents

read_back() { "$JAVA_HOME/bin/java" -cp "$home/desktop-app/target/dist/app/coscribe-app.jar:$home/desktop-app/target/dist/app/lib/*" "$here/ReadBack.java" "$@" 2>>"$out/logs/read-back.log"; }
document_id() { read_back "$room/home/mara/.local/share/coscribe" | head -n 1; }

# reads_back TEXT: whether a newcomer finds it in Mara's document.
reads_back() {
  local link folder
  link=$(inside coscribe-relay invite create --doc "$(document_id)" --role viewer --uses 1 --quiet)
  folder=$(mktemp -d)
  read_back "$link" "$folder" | tee -a "$out/logs/read-back.log" | grep -qF "$1"
  local found=$?
  rm -rf "$folder"
  return $found
}

# Files that came with the packages or were made for them, but for documents and logs.
leftovers() {
  local found
  found=$(inside find / -xdev -path /proc -prune -o -path /root -prune -o -path /home/mara -prune -o -path /var/lib/coscribe -prune \
    -o -iname '*coscribe*' -print | grep -v -e '^/var/log' -e '^/tmp/hsperf' -e '^/var/lib/systemd')
  printf '%s\n' "$found"
  [ -z "$found" ]
}

# --- rpm

rpm_look() {
  local name rpm deb
  for name in coscribe coscribe-relay; do
    rpm=$(only "$new" "$name-$new_version-*.rpm")
    deb=$(only "$new" "${name}_${new_version}_*.deb")
    rpm -qip --requires --scripts "$rpm" >"$out/logs/$name.rpm.txt" 2>/dev/null
    rpm -qlp "$rpm" 2>/dev/null | sort >"$out/logs/$name.rpm.files"
    # Folders of the system's own are in the one list only.
    dpkg-deb --fsys-tarfile "$deb" | tar -t | grep -v '/$' | sed 's/^\.//' | sort >"$out/logs/$name.deb.files"
    must "$name: its digests are right" rpm -K --nosignature "$rpm"
    must "$name: no file of the .deb is missing in the .rpm" missing_in_rpm "$name"
    must "$name: nobody but root owns a file" sh -c "rpm -qp --qf '[%{FILEUSERNAME}:%{FILEGROUPNAME}\n]' '$rpm' | sort -u | grep -qx root:root"
    if [ -n "$(rpm -qp --scripts "$rpm" 2>/dev/null)" ]; then
      rpm -qp --scripts "$rpm" 2>/dev/null | sed '/^[a-z]* scriptlet/d' >"$out/logs/$name.scripts"
      must "$name: its scripts are a shell's" sh -n "$out/logs/$name.scripts"
    fi
  done
}
missing_in_rpm() {
  local missing
  missing=$(comm -23 "$out/logs/$1.deb.files" "$out/logs/$1.rpm.files")
  printf '%s\n' "$missing"
  [ -s "$out/logs/$1.deb.files" ] && [ -z "$missing" ]
}

# rpm's own installing, upgrading and removing, on a Debian that has its program: dependencies have other names there.
rpm_try() {
  cp "$old"/*.rpm "$new"/*.rpm "$room/root/"
  inside apt-get install -y -q --no-install-recommends rpm
  local rpm=(inside rpm --nodeps)
  must "rpm installs both" "${rpm[@]}" -i "/root/coscribe-$old_version-1.$(uname -m).rpm" "/root/coscribe-relay-$old_version-1.$(uname -m).rpm"
  must "the editor says its version" test "$(inside coscribe --version)" = "Coscribe $old_version"
  if [ -n "$container" ]; then inside systemctl enable --now coscribe-relay.service; else relay_by_hand; fi
  must "the relay is healthy, with the documents from before" wait_for 60 healthy
  if [ -z "$container" ]; then
    must "an upgrade does not begin while a relay runs that is not the service" \
      not "${rpm[@]}" -U "/root/coscribe-relay-$new_version-1.$(uname -m).rpm"
    relay_stop_by_hand
  fi
  inside sh -c 'rm -f /var/lib/coscribe/backups/*'
  must "rpm upgrades both" "${rpm[@]}" -U "/root/coscribe-$new_version-1.$(uname -m).rpm" "/root/coscribe-relay-$new_version-1.$(uname -m).rpm"
  must "the data was copied before" inside sh -c "ls /var/lib/coscribe/backups/before-upgrade-from-$old_version-*.backup"
  relay_start_again_by_hand
  must "the relay runs again" wait_for 60 healthy
  must "and is the new one" test "$(inside coscribe-relay --version)" = "coscribe-relay $new_version"
  must "rpm finds nothing changed but the owner of relay.conf" sh -c "test -z \"\$(chroot '$room' rpm -V --nodeps coscribe coscribe-relay | grep -v relay.conf)\""
  if [ -z "$container" ]; then relay_stop_by_hand; fi
  must "rpm removes both" "${rpm[@]}" -e coscribe coscribe-relay
  must "the programs are gone" inside sh -c '! ls -d /usr/lib/coscribe /usr/lib/coscribe-relay 2>/dev/null | grep .'
  must "the documents are not" inside sh -c 'ls /var/lib/coscribe/*.db'
}
