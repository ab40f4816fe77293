# A tree of files becomes a .deb, an .rpm or an archive. jpackage's own --type deb and rpm put everything into one folder
# and run scripts that fail where there is no desktop (docs/adr/0017).

# control FOLDER NAME DEPENDS SECTION DESCRIPTION TREE
control() {
  mkdir -p "$1"
  cat >"$1/control" <<CONTROL
Package: $2
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: ${PACKAGE_MAINTAINER:-The Coscribe project <packages@coscribe.invalid>}
Section: $4
Priority: optional
Depends: libc6 (>= $(glibc_floor "$6")), $3
Installed-Size: $(du -sk --apparent-size "$6" | cut -f1)
Description: ${5%%.*}
$(printf '%s\n' "$5" | fold -s -w 76 | sed 's/ *$//; s/^/ /')
CONTROL
}

# make_deb TREE CONTROL_FOLDER NAME
make_deb() {
  local tree=$1 controls=$2 name=$3 file
  file=$out/${name}_${version}_$(dpkg --print-architecture).deb
  say "Building $(basename "$file") ..."
  mkdir -p "$tree/DEBIAN"
  cp "$controls"/* "$tree/DEBIAN/"
  find "$tree/DEBIAN" -type f \( -name 'p*inst' -o -name 'p*rm' \) -exec chmod 755 {} +
  (cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
  same_time "$tree"
  SOURCE_DATE_EPOCH=$(date -d "$(built_at)" +%s) dpkg-deb --root-owner-group -Zxz -z"${PACKAGE_XZ:-6}" --build "$tree" "$file" >/dev/null
  rm -r "$tree/DEBIAN"
}

# make_rpm TREE SPEC NAME DESCRIPTION
make_rpm() {
  local tree=$1 spec=$2 name=$3
  say "Building $name-$version-1.$(machine).rpm ..."
  same_time "$tree"
  filled "$spec" "$work/$name.spec" "ARCH=$(machine)" "GLIBC=$(glibc_floor "$tree")" "TREE=$tree" \
    "DESCRIPTION=$(printf '%s\n' "$4" | fold -s -w 76 | sed 's/ *$//')"
  # Nothing is stripped, compiled or compressed anew, and no link is laid by build ids: the files are as they were tested.
  SOURCE_DATE_EPOCH=$(date -d "$(built_at)" +%s) rpmbuild --quiet -bb --target "$(machine)" \
    --define "_topdir $work/rpm-$name" --define "_rpmdir $work/rpm-$name/out" --define '_build_id_links none' \
    --define '__os_install_post %{nil}' --define "_binary_payload w${PACKAGE_XZ:-6}T0.xzdio" --define 'debug_package %{nil}' \
    --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' --define '_buildhost localhost' \
    "$work/$name.spec" >"$work/rpm-$name.log" 2>&1 || {
    cat "$work/rpm-$name.log" >&2
    die "rpmbuild failed."
  }
  mv "$work/rpm-$name/out/$(machine)/$name-$version-1.$(machine).rpm" "$out/"
}

# make_archive PARENT FOLDER NAME
make_archive() {
  local file=$out/$3-$version-linux-$(machine).tar.gz
  say "Building $(basename "$file") ..."
  same_time "$1/$2"
  tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$2" | gzip -n -"${PACKAGE_XZ:-6}" >"$file"
}

# licences DOC_FOLDER JARS_FOLDER BILL RUNTIME_LEGAL: a page for each part, and Debian's `copyright`.
licences() {
  local doc=$1 jars=$2 bill=$3 legal=$4 jar part licence copyright
  mkdir -p "$doc/licences"
  cp "$home/LICENSE" "$doc/licences/Apache-2.0.txt"
  cat "$legal/java.base/LICENSE" "$legal/java.base/ASSEMBLY_EXCEPTION" >"$doc/licences/GPL-2.0-only WITH Classpath-exception-2.0.txt"
  cp "$home"/installers/licences/*.txt "$doc/licences/"
  cp "$bill" "$doc/bill-of-materials.cdx.json"
  gzip -9 -n -c "$home/CHANGELOG.md" >"$doc/changelog.gz"
  {
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
    printf 'Upstream-Name: Coscribe\n\nFiles: *\nCopyright: The Coscribe authors\nLicense: Apache-2.0\n The text is in licences/Apache-2.0.txt.\n'
    printf '\nFiles: */runtime/*\nCopyright: Oracle and/or its affiliates and the OpenJDK contributors\n'
    printf 'License: GPL-2.0-only WITH Classpath-exception-2.0\n The texts, and those of its parts, are in runtime/legal.\n'
  } >"$doc/copyright"
  for jar in "$jars"/*.jar; do
    case $(basename "$jar") in ot-shared-* | relay-server-* | javafx-*-linux* | javafx-*-mac*) continue ;; esac
    part=$(basename "$jar" | sed 's/-[0-9].*//')
    IFS=$'\t' read -r _ licence copyright < <(awk -F '\t' -v part="$part" '$1 == part' "$home/installers/licences/parts.tsv") \
      || die "$part is inside, but not in installers/licences/parts.tsv: add its licence."
    printf '\nFiles: %s\nCopyright: %s\nLicense: %s\n The text is in licences/%s.txt.\n' "$(basename "$jar")" "$copyright" "$licence" "$licence" >>"$doc/copyright"
    unzip -q -o "$jar" 'META-INF/*LICENSE*' 'META-INF/NOTICE*' 'META-INF/maven/*/LICENSE*' -d "$work/notices/$part" 2>/dev/null || true
    if [ -d "$work/notices/$part" ]; then
      (cd "$work/notices/$part" && find . -type f | sort | while read -r file; do printf -- '---- %s\n' "${file##*/}"; cat "$file"; echo; done) >"$doc/licences/$part.txt"
    fi
  done
  chmod -R u+rwX,go+rX,go-w "$doc"
}

# font_licences DOC_FOLDER: the typefaces inside the editor's own jar.
font_licences() {
  local from=$home/desktop-app/src/main/resources/coscribe/desktop/view/frame/fonts text name
  for text in "$from"/OFL-*.txt; do
    name=$(basename "$text" .txt)
    cp "$text" "$1/licences/$name.txt"
    printf '\nFiles: */fonts/%s-*\n%s\nLicense: OFL-1.1\n The text is in licences/%s.txt.\n' \
      "${name#OFL-}" "$(sed -n '1s/^Copyright/Copyright: Copyright/p' "$text")" "$name" >>"$1/copyright"
  done
}
