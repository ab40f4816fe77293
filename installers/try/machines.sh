# Several clean Debians in folders, each a container with a systemd and an address of its own. Sourced by installers/try/team.
# `out` is where they and their logs go.

switch=cs-switch # a network name space with nothing in it but what joins the others
spaces=("$switch")
nspawns=()
declare -A systemd # of each machine, as the outside counts processes
people_job=""

room() { printf '%s\n' "$out/machines/$1"; }

network() {
  ip netns add "$switch"
  ip -n "$switch" link add joined type bridge
  ip -n "$switch" link set joined up
}

# machine NAME ADDRESS
machine() {
  local name=$1 folder
  folder=$(room "$name")
  fresh_room "$folder"
  printf '127.0.0.1 localhost\n192.0.2.1 docs.example.org\n' >"$folder/etc/hosts"
  ip netns add "cs-$name"
  spaces+=("cs-$name")
  ip -n "cs-$name" link set lo up
  ip -n "cs-$name" link add eth0 type veth peer name "$name" netns "$switch"
  ip -n "cs-$name" address add "$2/24" dev eth0
  ip -n "cs-$name" link set eth0 up
  ip -n "$switch" link set "$name" master joined up
  in_cgroup "cs-$name" systemd-nspawn --quiet --directory="$folder" --machine="cs-$name" --register=no --keep-unit --boot --console=passive \
    --network-namespace-path="/run/netns/cs-$name" --bind-ro=/etc/resolv.conf --bind-ro="$JAVA_HOME" --bind-ro="$app" --bind-ro="$here" \
    >"$out/logs/$name-boot.log" 2>&1 &
  nspawns+=($!)
  must "$name starts" wait_for 60 is_up "$name" $!
  must "$name knows what there is to install" with_mirror "$name" apt-get update -q
}

# in_cgroup NAME COMMAND...: each systemd has to have one of its own.
in_cgroup() {
  local name=$1 tree
  shift
  for tree in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
    if [ -f "$tree/cgroup.procs" ]; then
      mkdir -p "$tree/$name"
      echo "$BASHPID" >"$tree/$name/cgroup.procs"
    fi
  done
  exec "$@"
}

is_up() {
  systemd[$1]=$(pgrep -P "$2" | head -n 1)
  [ -n "${systemd[$1]}" ] && on "$1" systemctl is-system-running 2>/dev/null | grep -q -e running -e degraded
}

clean=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)

# on NAME COMMAND...: as its root, on its own network.
on() {
  local name=$1
  shift
  nsenter -t "${systemd[$name]}" -m -u -i -n -p -- "${clean[@]}" "$@"
}

# The same on this computer's network, by which it reaches its mirror.
with_mirror() {
  local name=$1
  shift
  nsenter -t "${systemd[$name]}" -m -u -i -p -- "${clean[@]}" "$@"
}

# does NAME NUMBER COMMANDS: a step of the page, in root's home folder. What is installed comes first in each.
does() {
  local log=$out/logs/$1-$2.log here_first="" rest=$3
  while [[ $rest == apt-get\ * ]]; do
    here_first+=${rest%%$'\n'*}$'\n'
    rest=${rest#*$'\n'}
  done
  {
    with_mirror "$1" bash -exc "cd; $here_first" && on "$1" bash -exc "cd; $rest"
  } >"$log" 2>&1 || {
    cat "$log"
    return 1
  }
}

not_in() { ! grep "$2" "$1"; }

connections() { on "$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/7451; printf "GET /metrics HTTP/1.0\r\n\r\n" >&3; cat <&3' | awk '$1 == "coscribe_connections" { print int($2) }'; }
both_serve() { [ "$(connections relay1)" -gt 0 ] && [ "$(connections relay2)" -gt 0 ]; }

# The newest line, counted for each, that everybody has saved.
line_saved() { sed -n 's/^everybody saved line //p' "$out/logs/people.log" | sort -n | tail -n 1 | grep . || echo 0; }
everybody_saved() { [ "$(line_saved)" -ge "$1" ]; }

# people_start OWNERS_LINK TEAMS_LINK
people_start() {
  on people "$JAVA_HOME/bin/java" -cp "$app/coscribe-app.jar:$app/lib/*" "$here/TenPeople.java" "$@" /root >"$out/logs/people.log" 2>&1 &
  people_job=$!
}
people_end() {
  touch "$(room people)/root/stop"
  wait "$people_job" || {
    cat "$out/logs/people.log"
    return 1
  }
}

leave() {
  local name pid
  for name in "${!systemd[@]}"; do
    if [ -n "${systemd[$name]}" ]; then kill -s RTMIN+4 "${systemd[$name]}" 2>/dev/null || true; fi # a systemd's "power off"
  done
  for pid in "${nspawns[@]}"; do
    wait_for 20 ended "$pid" || kill "$pid" 2>/dev/null || true
  done
  for name in "${spaces[@]}"; do
    ip netns del "$name" 2>/dev/null || true
    find /sys/fs/cgroup -maxdepth 2 -type d -name "$name" | while read -r group; do
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
  done
}
ended() { ! kill -0 "$1" 2>/dev/null; }
