# Part of preinst (deb) and %pre (rpm): stops the relay before an upgrade and has the old version back up what it keeps, by
# `coscribe-relay backup`: one verified file, which every later version can restore, from the embedded store or from Redis.
# Nothing was changed when this fails: the upgrade does not begin.
relay_runs() {
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/exe" 2>/dev/null || true)" = /usr/lib/coscribe-relay/runtime/bin/java ] || continue
    # A container on this computer may have a relay of its own, from a package of its own.
    [ "$(readlink "$process/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] && return 0
  done
  return 1
}

relay_stop() {
  [ -d /run/systemd/system ] || return 0
  if systemctl is-active --quiet coscribe-relay.service; then
    touch /run/coscribe-relay.was-running
    systemctl stop coscribe-relay.service
  fi
}

relay_backup() {
  [ -x /usr/bin/coscribe-relay ] || return 0
  old_version=$(/usr/bin/coscribe-relay --version | sed 's/.* //')
  relay_stop
  if relay_runs; then
    echo "coscribe-relay: a relay runs on this computer that is not the service. Stop it, and upgrade again." >&2
    return 1
  fi
  settings=$(/usr/bin/coscribe-relay config print --quiet) || {
    echo "coscribe-relay: /etc/coscribe/relay.conf is not right (see above), so it is not known what to back up." >&2
    return 1
  }
  data=$(printf '%s\n' "$settings" | sed -n 's/^data\.dir = //p')
  case $data in /*) ;; *) data=/var/lib/coscribe/$data ;; esac
  # A store in Redis may be others' as well, and this upgrade touches nothing in it.
  store=$(printf '%s\n' "$settings" | sed -n 's/^store = //p')
  [ "$store" = redis ] || [ -n "$(find "$data" -maxdepth 1 -type f -name 'store.*' -size +0 2>/dev/null)" ] || return 0
  file=$data/backups/before-upgrade-from-$old_version-$(date -u +%Y%m%dT%H%M%SZ).backup
  code=0
  /usr/bin/coscribe-relay backup --quiet --out "$file" >/dev/null || code=$?
  case $code in
    0) echo "coscribe-relay: what version $old_version kept is in $file" ;;
    5) echo "coscribe-relay: what version $old_version kept is in $file, but for the documents named above. The upgrade goes on." ;;
    *)
      if [ "$store" = redis ] && [ "$code" = 4 ]; then
        echo "coscribe-relay: Redis can't be reached (see above), so nothing was backed up. The upgrade touches nothing there, and goes on." >&2
        return 0
      fi
      echo "coscribe-relay: what is kept in $data could not be backed up (see above). Nothing was changed." >&2
      return 1
      ;;
  esac
  ls -1t "$data"/backups/before-upgrade-from-*.backup | tail -n +4 | while read -r old; do rm -f "$old"; done
}

relay_start_again() {
  if [ -e /run/coscribe-relay.was-running ]; then
    rm -f /run/coscribe-relay.was-running
    if [ -d /run/systemd/system ]; then systemctl start coscribe-relay.service || true; fi
  fi
}
