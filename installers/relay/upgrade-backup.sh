# Part of preinst (deb) and %pre (rpm): stops the relay before an upgrade and keeps a copy of what the old version wrote.
# A store that nobody has open is consistent as it lies on the disk, its write-ahead log beside it, so plain files are
# copied, and compared with what was copied. Nothing was changed when this fails: the upgrade does not begin.
relay_runs() {
  for exe in /proc/[0-9]*/exe; do
    [ "$(readlink "$exe" 2>/dev/null || true)" = /usr/lib/coscribe-relay/runtime/bin/java ] && return 0
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
  if printf '%s\n' "$settings" | grep -q '^store = redis$'; then
    echo "coscribe-relay: the documents are in Redis, which this upgrade does not touch; back it up as you always do."
  fi
  [ -n "$(find "$data" -maxdepth 1 -type f -size +0 2>/dev/null)" ] || return 0
  backups=$data/backups
  mkdir -p "$backups" && chmod 700 "$backups" && chown coscribe:coscribe "$backups"
  file=$backups/before-upgrade-from-$old_version-$(date -u +%Y%m%dT%H%M%SZ).tar.gz
  needed=$(du -sk --exclude=backups "$data" | cut -f1)
  free=$(df -Pk "$backups" | awk 'NR == 2 { print $4 }')
  if [ "$free" -lt "$needed" ]; then
    echo "coscribe-relay: $backups has $free KiB left, a copy of the data may need $needed. Make room, and upgrade again." >&2
    return 1
  fi
  (
    umask 077
    cd "$data"
    tar --exclude=./backups --exclude=./admin.sock -czf "$file.part" .
    tar -dzf "$file.part"
    sync -f "$file.part"
    chown coscribe:coscribe "$file.part"
    mv "$file.part" "$file"
  ) || {
    rm -f "$file.part"
    echo "coscribe-relay: the data in $data could not be copied to $backups (see above)." >&2
    return 1
  }
  echo "coscribe-relay: the data of version $old_version is kept in $file"
  ls -1t "$backups"/before-upgrade-from-*.tar.gz | tail -n +4 | while read -r old; do rm -f "$old"; done
}

relay_start_again() {
  if [ -e /run/coscribe-relay.was-running ]; then
    rm -f /run/coscribe-relay.was-running
    if [ -d /run/systemd/system ]; then systemctl start coscribe-relay.service || true; fi
  fi
}
