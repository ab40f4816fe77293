# The editor's packages. Sourced by ./package.

# What no class names, so jdeps cannot know it: TLS with elliptic curves is in java.base since 22; look-ups by name
# (proxies' directories), the management of the JVM's own figures and a proxy's sign-in by Kerberos are asked for through
# service files or by name.
desktop_also="java.naming,java.management,java.security.jgss,jdk.security.jgss,jdk.unsupported,jdk.net,jdk.zipfs,jdk.localedata"

package_desktop() {
  local image=$work/desktop-image tree=$work/desktop-tree
  desktop_image "$image/coscribe"
  desktop_tree "$image/coscribe" "$tree"
  control "$work/desktop-control" coscribe "libgtk-3-0t64 | libgtk-3-0, libxtst6, libgl1" editors "$description_of_desktop" "$tree"
  make_deb "$tree" "$work/desktop-control" coscribe
  make_rpm "$tree" "$home/installers/desktop/coscribe.spec" coscribe "$description_of_desktop"
  portable "$image" "$tree"
  true_bill "$home/desktop-app/target/dist/bom.json"
  cp "$home/desktop-app/target/dist/bom.json" "$out/coscribe-$version.cdx.json"
}

# desktop_image TO: the program: a start script, its runtime, its jars and its AOT cache.
desktop_image() {
  local image=$1 mods=$work/desktop-modules natives=$work/desktop-natives jar
  mkdir -p "$mods" "$natives" "$image/bin" "$image/app/lib"
  install -m 755 "$home/installers/desktop/coscribe.sh" "$image/bin/coscribe"
  cp "$app/coscribe-app.jar" "$image/app/"
  for jar in "$app"/lib/*.jar; do
    case $(basename "$jar") in
      javafx-*-linux*.jar) cp "$jar" "$mods/" ;;
      javafx-*.jar) ;; # empty: the classes are in the one for this system
      *) cp "$jar" "$image/app/lib/" ;;
    esac
  done
  # Native libraries lie in the runtime instead of in jars, from where each start would unpack them into the home folder.
  for jar in "$mods"/*.jar; do
    if unzip -q -o -j "$jar" '*.so' -d "$natives" 2>/dev/null; then zip -q -d "$jar" '*.so' >/dev/null; fi
  done
  unpack_native "$image"/app/lib/sqlite-jdbc-*.jar "$(sqlite_library)" "$natives"
  without_natives "$image"/app/lib/sqlite-jdbc-*.jar

  say "Linking a runtime ..."
  local modules
  modules=$(modules_of "$mods" "$image"/app/*.jar "$image"/app/lib/*.jar)
  say "  jdeps: $modules"
  link_runtime "$modules,$desktop_also" "$mods" "$image/runtime"
  cp "$natives"/*.so "$image/runtime/lib/"
  package_decides "$image/app" off
  cp "$image/runtime/bin/java" "$image/runtime/bin/coscribe" # so that the system's lists of programs know it by name
  same_time "$image"
  train "$image"
}

# train IMAGE: as ./run does after a build, but on a display: what a real window needs is in the cache too.
train() {
  say "Making the AOT cache ..."
  rehearsed "$1/coscribe.aot" xvfb-run -a -s "-screen 0 1280x840x24" "$1/runtime/bin/java" --enable-native-access=javafx.graphics \
    "-Dorg.sqlite.lib.path=$1/runtime/lib" -jar "$1/app/coscribe-app.jar" || die "No AOT cache was made."
}

# desktop_tree IMAGE TREE: where Linux wants things.
desktop_tree() {
  local image=$1 tree=$2 from=$home/installers/desktop size
  mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/applications" "$tree/usr/share/mime/packages"
  cp -a "$image" "$tree/usr/lib/coscribe"
  ln -s ../lib/coscribe/bin/coscribe "$tree/usr/bin/coscribe"
  cp "$from/org.coscribe.Coscribe.desktop" "$tree/usr/share/applications/"
  cp "$from/org.coscribe.Coscribe.mime.xml" "$tree/usr/share/mime/packages/org.coscribe.Coscribe.xml"
  filled "$from/org.coscribe.Coscribe.metainfo.xml" "$tree/usr/share/metainfo/org.coscribe.Coscribe.metainfo.xml"
  manual "$from/coscribe.1" "$tree" 1
  for size in 16 24 32 48 64 128 256 512; do
    icon coscribe "$size" "$tree" "apps/org.coscribe.Coscribe"
    icon coscribe-file "$size" "$tree" "mimetypes/application-x-coscribe"
  done
  icon coscribe scalable "$tree" "apps/org.coscribe.Coscribe"
  icon coscribe-file scalable "$tree" "mimetypes/application-x-coscribe"
  licences "$tree/usr/share/doc/coscribe" "$app/lib" "$home/desktop-app/target/dist/bom.json" "$tree/usr/lib/coscribe/runtime/legal"
  font_licences "$tree/usr/share/doc/coscribe"
}

# icon NAME SIZE TREE AS
icon() {
  local name=$1 size=$2 to
  if [ "$size" = scalable ]; then
    to=$3/usr/share/icons/hicolor/scalable/$4.svg
    mkdir -p "$(dirname "$to")"
    cp "$home/installers/icons/$name.svg" "$to"
  else
    to=$3/usr/share/icons/hicolor/${size}x${size}/$4.png
    mkdir -p "$(dirname "$to")"
    cp "$home/installers/icons/png/$name-$size.png" "$to"
  fi
}

# portable IMAGE_PARENT TREE: unpack it anywhere; `register` tells one person's desktop about it.
portable() {
  local folder=$1/coscribe
  package_decides "$folder/app" notify
  cp -a "$2/usr/share" "$folder/share"
  cp "$home/installers/desktop/register" "$folder/register"
  chmod 755 "$folder/register"
  make_archive "$1" coscribe coscribe
}
