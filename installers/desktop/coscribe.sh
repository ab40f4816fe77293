#!/bin/sh
# Starts the editor with the runtime that came along. The AOT cache holds what a start needs (JEP 483, 514, 515); without
# it the editor starts as well, only later.
home=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$home/runtime/bin/coscribe" --enable-native-access=javafx.graphics "-Dorg.sqlite.lib.path=$home/runtime/lib" \
  "-Dcoscribe.package=$home/app" \
  -XX:AOTCache="$home/coscribe.aot" -jar "$home/app/coscribe-app.jar" "$@"
