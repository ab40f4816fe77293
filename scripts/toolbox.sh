# What ./run, ./test and ./bench share: finding a JDK 25, asking for system packages, building the jars.
# Sourced, never run. `home` is the folder of the repository.

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$@"
  exit 1
}

is25() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25\b'; }

# Sets JAVA_HOME to the first JDK 25 found: COSCRIBE_JDK, JAVA_HOME, the one on the PATH, the usual folders.
need_jdk() {
  local candidate on_path=""
  if command -v javac >/dev/null; then on_path=$(dirname "$(dirname "$(realpath "$(command -v javac)")")"); fi
  for candidate in "${COSCRIBE_JDK:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* \
    "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is25 "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  die "Coscribe needs a JDK 25: install one (package openjdk-25-jdk or temurin-25-jdk, or https://adoptium.net), or set COSCRIBE_JDK to its folder."
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
  else
    return 1
  fi
}

# RUNLEVEL=1 keeps Debian from starting what was freshly installed as a service: only its program is wanted.
apt_install() { as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends "$@" </dev/null >&2; }

# need PROGRAM WHY APT_PACKAGE DNF_PACKAGE BREW_PACKAGE: installs what holds the program, after saying so.
need() {
  local program=$1 why=$2 apt=$3 dnf=$4 brew=$5
  if command -v "$program" >/dev/null; then return; fi
  if command -v apt-get >/dev/null; then
    say "Installing $apt with apt-get: $why."
    apt_install "$apt" || { as_root apt-get update -q </dev/null >&2 && apt_install "$apt"; } || true
  elif command -v dnf >/dev/null; then
    say "Installing $dnf with dnf: $why."
    as_root dnf install -y -q "$dnf" </dev/null >&2 || true
  elif command -v brew >/dev/null; then
    say "Installing $brew with brew: $why."
    brew install --quiet "$brew" </dev/null >&2 || true
  fi
  hash -r
  command -v "$program" >/dev/null || die "$program is missing ($why): install the package $apt as an administrator and try again."
}

need_maven() {
  need mvn "Maven builds Coscribe" maven maven maven
  # Maven's own libraries use sun.misc.Unsafe, which JDK 25 would warn about at each start.
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
}
need_redis() { need redis-server "one of the three stores is Redis, and it is tested on a real one" redis-server redis redis; }
need_proxies() {
  # Debian's own place of these is not on the path of everybody.
  PATH=$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin
  need nginx "relays are tried behind a real one" nginx-light nginx nginx
  need haproxy "relays are tried behind a real one" haproxy haproxy haproxy
  need squid "the client is tried behind a real one that wants a sign-in" squid squid squid
}

# A screen that nobody sees, and what JavaFX loads when it opens a real window.
need_virtual_screen() {
  if [ "$(uname -s)" != Linux ]; then die "Without a display this needs Xvfb, which there is on Linux."; fi
  if command -v Xvfb >/dev/null && has_gtk; then return; fi
  if command -v apt-get >/dev/null; then
    say "Installing xvfb, libgtk-3-0, libxtst6 and libgl1 with apt-get: windows are opened on a virtual screen."
    apt_install xvfb libgtk-3-0 libxtst6 libgl1 \
      || { as_root apt-get update -q </dev/null >&2 && apt_install xvfb libgtk-3-0 libxtst6 libgl1; } || true
  elif command -v dnf >/dev/null; then
    say "Installing xorg-x11-server-Xvfb, gtk3, libXtst and mesa-libGL with dnf: windows are opened on a virtual screen."
    as_root dnf install -y -q xorg-x11-server-Xvfb gtk3 libXtst mesa-libGL </dev/null >&2 || true
  fi
  hash -r
  if ! command -v Xvfb >/dev/null || ! has_gtk; then
    die "Xvfb or GTK 3 is missing: install the packages xvfb and libgtk-3-0 as an administrator and try again."
  fi
}
has_gtk() { [ -n "$(find /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib -name 'libgtk-3.so.0' -print -quit 2>/dev/null)" ]; }

# Whether there is a screen to open windows on.
has_display() {
  case "$(uname -s)" in
    Linux) [ -n "${DISPLAY:-}" ] ;;
    *) true ;;
  esac
}

# Builds the editor, the relay and the benches, without running tests, when a source is newer than the jars.
build_jars() {
  local jar=$home/benches/target/coscribe-benches.jar
  if [ -f "$jar" ] && [ -f "$home/relay-server/target/coscribe-relay.jar" ] && [ -f "$home/desktop-app/target/app/coscribe-app.jar" ]; then
    local newer
    newer=$(find "$home/pom.xml" "$home"/{ot-shared,relay-server,desktop-app,benches}/{pom.xml,src/main} -newer "$jar" -print -quit)
    if [ -z "$newer" ]; then return; fi
  fi
  need_maven
  say "Building the editor, the relay and the benches ..."
  mvn -B -ntp -q -f "$home/pom.xml" -DskipTests -pl benches -am package >&2 || die "The build failed: the lines above say where."
}

# Plays the editor to nobody once after each build, so that the JVM notes what its start needs (an AOT cache, JEP 514).
# Where that fails, the editor starts without, only later.
rehearse() {
  local app=$home/desktop-app/target/app
  if [ "$app/coscribe.aot" -nt "$app/coscribe-app.jar" ]; then return; fi
  say "Rehearsing the editor's start, once after a build ..."
  rehearsed "$app/coscribe.aot" "$JAVA_HOME/bin/java" -Dglass.platform=Headless -Dprism.order=sw -jar "$app/coscribe-app.jar" \
    || say "The rehearsal failed (the lines above say why): the editor starts without it, only later."
}

# rehearsed CACHE COMMAND...: the command starts the editor, which does by itself what people do first; the cache is what
# the JVM notes on the way.
rehearsed() {
  local cache=$1 profile failed=""
  shift
  profile=$(mktemp -d)
  JAVA_TOOL_OPTIONS="-XX:AOTCacheOutput=$cache -Dcoscribe.rehearse=true" "$@" --profile "$profile/rehearsal" >"$profile/said" 2>&1 || failed=yes
  if [ -n "$failed" ] || [ ! -s "$cache" ]; then
    failed=yes
    cat "$profile/said" >&2
  fi
  rm -rf "$profile"
  [ -z "$failed" ]
}
