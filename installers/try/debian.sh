# A clean Debian to make rooms of. Sourced by installers/try/linux and team; `out` is where it and its log stay.

# The Debian mirror that this machine's apt uses, as "SITE CODENAME".
mirror() {
  local codename
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk -v want="$codename" '$2 == want { print $1, $2; exit }'
}

clean_base() {
  local site codename
  read -r site codename < <(mirror) || die "This machine's apt knows no Debian mirror to make a clean system from."
  step "A clean Debian $codename"
  if [ ! -f "$out/base.tar" ]; then
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates "$codename" "$out/base" "$site" >"$out/logs/debootstrap.log" 2>&1 \
      || die "debootstrap failed, see $out/logs/debootstrap.log"
    tar -C "$out/base" -cf "$out/base.tar" .
    rm -rf "$out/base"
  fi
}

# fresh_room FOLDER: a copy of it.
fresh_room() {
  rm -rf "$1"
  mkdir -p "$1"
  tar -C "$1" -xf "$out/base.tar"
  cp /etc/resolv.conf "$1/etc/resolv.conf"
  rm -f "$1/etc/apt/sources.list"
  # How this machine reaches its mirror, security updates too; nothing of it is kept.
  cp -r /etc/apt/apt.conf.d/. "$1/etc/apt/apt.conf.d/"
  rm -f "$1"/etc/apt/apt.conf.d/docker-*
  grep -l "debian" /etc/apt/sources.list.d/* /etc/apt/sources.list 2>/dev/null | grep -v -e nodesource -e google | xargs -I{} cp {} "$1/etc/apt/sources.list.d/" || true
}
