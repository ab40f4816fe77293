# The relay's packages. Sourced by ./package.

# As for the editor: what is asked for by name at run time only.
# Not java.desktop: it is named by a part of Micrometer for another logger, and by Jackson, which looks whether it is there.
relay_also="java.naming,java.management,jdk.management,jdk.unsupported,jdk.net,jdk.zipfs"

package_relay() {
  local tree=$work/relay-tree
  relay_tree "$tree"
  local controls=$work/relay-control each
  control "$controls" coscribe-relay "passwd, util-linux" net "$description_of_relay" "$tree"
  for each in preinst postinst prerm postrm; do filled "$home/installers/relay/deb/$each" "$controls/$each"; done
  echo /etc/coscribe/relay.conf >"$controls/conffiles"
  make_deb "$tree" "$controls" coscribe-relay
  make_rpm "$tree" "$home/installers/relay/coscribe-relay.spec" coscribe-relay "$description_of_relay"
  cp -p "$relay_jar" "$out/coscribe-relay.jar"
  true_bill "$home/relay-server/target/dist/bom.json" "$relay_jar"
  cp "$home/relay-server/target/dist/bom.json" "$out/coscribe-relay-$version.cdx.json"
}

relay_tree() {
  local tree=$1 lib=$1/usr/lib/coscribe-relay from=$home/installers/relay
  mkdir -p "$lib/lib" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/coscribe"
  cp "$relay_jar" "$lib/coscribe-relay.jar"
  unpack_native "$lib/coscribe-relay.jar" "$(sqlite_library)" "$lib/lib"
  without_natives "$lib/coscribe-relay.jar"
  install -m 755 "$from/coscribe-relay.sh" "$tree/usr/bin/coscribe-relay"
  install -m 644 "$from/coscribe-relay.service" "$tree/usr/lib/systemd/system/"
  same_time "$lib"

  say "Linking a runtime ..."
  local modules
  mkdir -p "$work/relay-modules"
  modules=$(modules_of "$work/relay-modules" "$lib/coscribe-relay.jar" | sed 's/java\.desktop,//')
  say "  jdeps: $modules"
  link_runtime "$modules,$relay_also" "$work/relay-modules" "$lib/runtime"
  same_time "$lib"

  say "Making the AOT cache ..."
  relay_train "$lib"
  relay_conf "$lib" "$tree/etc/coscribe/relay.conf"
  manual "$from/coscribe-relay.8" "$tree" 8
  # All that an administrator needs who has the package and nothing else.
  mkdir -p "$tree/usr/share/doc/coscribe-relay/proxy"
  cp "$home"/installers/proxy/* "$tree/usr/share/doc/coscribe-relay/proxy/"
  cp "$home/docs/admin.md" "$tree/usr/share/doc/coscribe-relay/"
  licences "$tree/usr/share/doc/coscribe-relay" "$app/lib" "$home/relay-server/target/dist/bom.json" "$lib/runtime/legal"
}

# relay_train LIB: a relay starts on a new store, answers doctor and makes an invite, and ends.
relay_train() {
  local lib=$1 data=$work/relay-data pid
  # Every COSCRIBE_ variable is a key of the relay's, so none of the builder's comes along.
  local java=(env -i "PATH=$PATH" "HOME=$HOME" "$lib/runtime/bin/java" "-Dorg.sqlite.lib.path=$lib/lib")
  "${java[@]}" -XX:AOTCacheOutput="$lib/lib/relay.aot" -jar "$lib/coscribe-relay.jar" serve --data-dir "$data" --bind 127.0.0.1:0 \
    --metrics-bind 127.0.0.1:0 --shutdown-drain 0s >"$work/relay-training.log" 2>&1 &
  pid=$!
  until grep -q '^The first person' "$work/relay-training.log"; do
    kill -0 "$pid" 2>/dev/null || {
      cat "$work/relay-training.log" >&2
      die "The relay did not start while its AOT cache was made."
    }
    sleep 0.2
  done
  "${java[@]}" -jar "$lib/coscribe-relay.jar" invite create --data-dir "$data" >/dev/null
  kill -TERM "$pid"
  wait "$pid" || true
  [ -s "$lib/lib/relay.aot" ] || {
    cat "$work/relay-training.log" >&2
    die "No AOT cache was made."
  }
}

# relay_conf LIB TO: every key as `config init` explains it; the data folder is set to the service's own.
relay_conf() {
  env -i "PATH=$PATH" "$1/runtime/bin/java" "-Dorg.sqlite.lib.path=$1/lib" -jar "$1/coscribe-relay.jar" config init --quiet --config "$2"
  sed -i 's|^# data\.dir = .*|data.dir = /var/lib/coscribe|' "$2"
  grep -q '^data\.dir = /var/lib/coscribe$' "$2" || die "config init wrote no data.dir."
  chmod 640 "$2"
}
