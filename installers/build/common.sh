# What both packages share: versions, tools, jars, a runtime of just the modules needed. Sourced by ./package.
# `home` is the repository, `version` what is built, `work` a folder that is thrown away.

description_of_desktop="Several people write one formatted text at the same time. Typing never waits for the network, everybody sees the others' carets and names, and undo takes back only what you did yourself. The relay between the editors is your own: one is inside, and the package coscribe-relay is one for a team."
description_of_relay="The server between Coscribe's editors: it puts what several people write into one order and keeps it, in a store of its own or in Redis. It brings the Java runtime it needs, runs as a user of its own, and listens on this computer only until told otherwise."

version_of_pom() { sed -n 's:^  <version>\([0-9.]*\).*</version>:\1:p' "$home/pom.xml" | head -n 1; }

# The time that everything inside carries, so that the same commit gives the same bytes wherever a tool lets it.
built_at() { sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$home/pom.xml"; }

machine() { uname -m | sed 's/^amd64$/x86_64/; s/^arm64$/aarch64/'; }

need_packaging_tools() {
  local why="packages are built"
  need objcopy "$why" binutils binutils binutils
  need zip "$why" zip zip zip
  need unzip "$why" unzip unzip unzip
  need dpkg-deb "$why" dpkg dpkg dpkg
  need rpmbuild "$why" rpm rpm-build rpm
  need_virtual_screen # the AOT cache notes what a window needs
}

# The jars, in folders of their own: target/dist carries this version, target what ./run last built. What ./test holds is
# not tried again.
build_distribution() {
  say "Building the jars of version $version ..."
  mvn -B -ntp -q -f "$home/pom.xml" -Ddist -Dquick -Dcoscribe.version="$version" -DskipTests -pl desktop-app,relay-server -am clean package >&2 \
    || die "The build failed: the lines above say where."
  app=$home/desktop-app/target/dist/app
  relay_jar=$home/relay-server/target/dist/coscribe-relay.jar
}

# true_bill BILL [ONE_JAR]: it names the editor's jars, or those that ONE_JAR was made of, and no others.
true_bill() {
  "$JAVA_HOME/bin/java" -cp "$app/lib/*" "$home/installers/build/Bill.java" "$1" "$app/lib" "${@:2}" >&2 \
    || die "$1 does not name what is inside: the lines above say what differs."
}

# same_time FOLDER: the AOT cache looks at the jars' times, packages and archives keep them.
same_time() { find "$1" -exec touch -h -d "$(built_at)" {} +; }

# package_decides FOLDER MODE: what the editor in it does about newer versions, unless its administrator or its user decides
# otherwise (docs/admin.md). MODE is `off` where a package manager looks for them, else `notify`.
package_decides() {
  if [ -z "${UPDATES_URL:-}${UPDATES_KEY:-}" ]; then return; fi
  if [ -z "${UPDATES_URL:-}" ] || [ -z "${UPDATES_KEY:-}" ]; then die "UPDATES_URL and UPDATES_KEY go together: one of them is missing."; fi
  printf 'updates.mode=%s\nupdates.url=%s\nupdates.key=%s\n' "$2" "$UPDATES_URL" "$UPDATES_KEY" >"$1/package.properties"
}

# unpack_native JAR MEMBER FOLDER
unpack_native() { unzip -q -o -j "$1" "$2" -d "$3" || die "There is no $2 in $1."; }

# without_natives JAR: leaves the native libraries out of a copy of SQLite's jar (or of one that holds it); the one for
# this system lies beside it, and is not unpacked into a temporary folder at each start.
without_natives() { zip -q -d "$1" 'org/sqlite/native/*' >/dev/null || die "There is no SQLite in $1."; }

sqlite_library() {
  case "$(machine)" in
    x86_64) echo org/sqlite/native/Linux/x86_64/libsqlitejdbc.so ;;
    aarch64) echo org/sqlite/native/Linux/aarch64/libsqlitejdbc.so ;;
    *) die "There are no packages for $(machine) machines yet." ;;
  esac
}

# modules_of MODULES_FOLDER JAR...: what jdeps finds that classes on the class path name.
modules_of() {
  local mods=$1
  shift
  "$JAVA_HOME/bin/jdeps" --ignore-missing-deps --multi-release 25 --print-module-deps --module-path "$mods" "$@" \
    | grep -v '^Warning: '
}

# link_runtime MODULES MODULES_FOLDER TO
link_runtime() {
  "$JAVA_HOME/bin/jlink" --module-path "$2" --add-modules "$1" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --output "$3"
  find "$3/bin" -type f ! -name java -delete
}

# The newest glibc that something in the folder asks for.
glibc_floor() {
  find "$1" -type f \( -name '*.so' -o -perm -100 \) -exec objdump -T {} + 2>/dev/null \
    | sed -n 's/.*GLIBC_\([0-9]\.[0-9]*\)[^0-9].*/\1/p' | sort -V | tail -n 1
}

# filled FILE TO [NAME=VALUE...]: @NAME@ becomes VALUE, and a line @FILE@ the text of installers/relay/FILE.
filled() {
  local from=$1 to=$2 pair text part
  shift 2
  text=$(cat "$from")
  for part in upgrade-backup.sh user.sh; do
    text=${text//@$part@/"$(cat "$home/installers/relay/$part")"} # quoted: else bash gives & a meaning
  done
  for pair in "VERSION=$version" "DATE=$(built_at | cut -dT -f1)" "$@"; do
    text=${text//@${pair%%=*}@/"${pair#*=}"}
  done
  mkdir -p "$(dirname "$to")"
  printf '%s\n' "$text" >"$to"
}

manual() { # manual FILE TREE SECTION
  local to=$2/usr/share/man/man$3/$(basename "$1").gz
  filled "$1" "${to%.gz}"
  gzip -9 -n "${to%.gz}"
}
