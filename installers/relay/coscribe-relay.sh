#!/bin/sh
# coscribe-relay COMMAND: what `java -jar coscribe-relay.jar COMMAND` does, with the runtime that came along.
# As root or coscribe: the relay of this computer's service, as /etc/coscribe/relay.conf says. As anybody else: one of
# their own, in ./coscribe-data.
set -eu
home=/usr/lib/coscribe-relay
if [ "$(id -u)" = 0 ]; then
  # What root would write into the data folder, the service could not read.
  exec setpriv --reuid=coscribe --regid=coscribe --init-groups "$0" "$@"
fi
if [ "$(id -un)" = coscribe ]; then
  export COSCRIBE_CONFIG="${COSCRIBE_CONFIG-/etc/coscribe/relay.conf}"
fi
# A relay that has no memory left ends at once (not by an exit code that says it is set up wrongly), and the service starts it again.
exec "$home/runtime/bin/java" "-Dorg.sqlite.lib.path=$home/lib" -XX:AOTCache="$home/lib/relay.aot" \
  -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -jar "$home/coscribe-relay.jar" "$@"
