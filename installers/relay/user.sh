# Part of postinst (deb) and %post (rpm): the user that the service runs as, and the folders that are its own.
relay_user() {
  getent group coscribe >/dev/null || groupadd --system coscribe
  getent passwd coscribe >/dev/null \
    || useradd --system --gid coscribe --home-dir /var/lib/coscribe --no-create-home --shell /usr/sbin/nologin coscribe
  mkdir -p /var/lib/coscribe
  chown coscribe:coscribe /var/lib/coscribe
  chmod 700 /var/lib/coscribe
  # It may come to hold secrets.
  chown root:coscribe /etc/coscribe/relay.conf
  chmod 640 /etc/coscribe/relay.conf
}

relay_welcome() {
  cat <<'WELCOME'
coscribe-relay: listens on 127.0.0.1:7450 only; set `bind` or put a proxy in front, see /etc/coscribe/relay.conf.
The first owner's link:  coscribe-relay invite create --role owner --uses 1
What is well:            coscribe-relay doctor
WELCOME
}

relay_left() {
  echo "coscribe-relay: left as they are: the documents in /var/lib/coscribe and the user coscribe, who owns them."
  echo "To be rid of them:  rm -r /var/lib/coscribe; userdel coscribe"
}
