#!/usr/bin/env bash
# Builds the editor's .pkg and .dmg on macOS: installers/macos/build.sh [VERSION [OUT]]. Not yet run: no macOS was at hand.
# Needs Xcode's command line tools. With SIGN_AS (a Developer ID) both are signed, with NOTARY_PROFILE (made by
# `xcrun notarytool store-credentials`) also notarised.
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
. "$home/scripts/toolbox.sh"
. "$home/installers/build/common.sh"
. "$home/installers/build/formats.sh"
version=${1:-$(version_of_pom)}
out=${2:-$home/installers/target/packages}
work=$home/installers/target/work
[ "$(uname -s)" = Darwin ] || die "This needs macOS. On Linux, use ./package."
rm -rf "$work"
mkdir -p "$work/mods" "$work/input" "$work/icon.iconset" "$out"
need_jdk
need_maven
build_distribution

cp "$app/coscribe-app.jar" "$work/input/"
package_decides "$work/input" notify
for jar in "$app"/lib/*.jar; do
  case $(basename "$jar") in
    javafx-*-mac*.jar) cp "$jar" "$work/mods/" ;;
    javafx-*.jar) ;;
    *) cp "$jar" "$work/input/" ;;
  esac
done
link_runtime "$(modules_of "$work/mods" "$work"/input/*.jar),java.naming,java.management,java.security.jgss,jdk.security.jgss,jdk.unsupported,jdk.net,jdk.zipfs,jdk.localedata" \
  "$work/mods" "$work/runtime"

for size in 16 32 128 256 512; do
  cp "$home/installers/icons/png/coscribe-$size.png" "$work/icon.iconset/icon_${size}x$size.png"
  double=$((size * 2))
  if [ -f "$home/installers/icons/png/coscribe-$double.png" ]; then
    cp "$home/installers/icons/png/coscribe-$double.png" "$work/icon.iconset/icon_${size}x$size@2x.png"
  fi
done
iconutil -c icns -o "$work/coscribe.icns" "$work/icon.iconset"

signing=()
if [ -n "${SIGN_AS:-}" ]; then signing=(--mac-sign --mac-signing-key-user-name "$SIGN_AS"); fi
"$JAVA_HOME/bin/jpackage" --type app-image --name Coscribe --app-version "$version" --vendor "The Coscribe project" \
  --mac-package-identifier org.coscribe.Coscribe --runtime-image "$work/runtime" --input "$work/input" \
  --main-jar coscribe-app.jar --main-class coscribe.desktop.Main --icon "$work/coscribe.icns" \
  --java-options "--enable-native-access=javafx.graphics,ALL-UNNAMED" --java-options '-Dcoscribe.package=$APPDIR' --dest "$work"
bundle=$work/Coscribe.app

# As on Linux: see installers/build/desktop.sh.
rehearsed "$bundle/Contents/app/coscribe.aot" "$bundle/Contents/MacOS/Coscribe" || die "No AOT cache was made."
printf 'java-options=-XX:AOTCache=$APPDIR/coscribe.aot\n' >>"$bundle/Contents/app/Coscribe.cfg"

# Of all parts, as on Linux: a jar that is not in parts.tsv ends it here. The runtime's own are in its folder "legal".
licences "$bundle/Contents/Resources/doc" "$app/lib" "$home/desktop-app/target/dist/bom.json" "$work/runtime/legal"
font_licences "$bundle/Contents/Resources/doc"

# Links and files that the system leads here, while the program is installed.
/usr/libexec/PlistBuddy -c "Merge $home/installers/macos/links.plist" "$bundle/Contents/Info.plist"
if [ -n "${SIGN_AS:-}" ]; then
  codesign --force --deep --options runtime --timestamp --entitlements "$home/installers/macos/entitlements.plist" \
    --sign "Developer ID Application: $SIGN_AS" "$bundle"
else
  codesign --force --deep --sign - "$bundle"
fi
for type in pkg dmg; do
  "$JAVA_HOME/bin/jpackage" --type "$type" --app-image "$bundle" --name Coscribe --app-version "$version" \
    --mac-package-identifier org.coscribe.Coscribe ${signing[@]+"${signing[@]}"} --dest "$out"
  if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit --wait --keychain-profile "$NOTARY_PROFILE" "$out/Coscribe-$version.$type"
    xcrun stapler staple "$out/Coscribe-$version.$type"
  fi
done
cp "$home/desktop-app/target/dist/bom.json" "$out/coscribe-$version-macos.cdx.json"
(cd "$out" && shasum -a 256 Coscribe-"$version".* >SHA256SUMS-macos)
