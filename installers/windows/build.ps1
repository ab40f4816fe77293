# Builds the editor's two MSI packages (for a machine, for one person) on Windows: installers\windows\build.ps1 -Version 0.1.0
# Not yet run: no Windows was at hand. Needs a JDK 25 (JAVA_HOME), Maven and WiX 5 (dotnet tool install --global wix --version 5.0.2).
param([string] $Version = "", [string] $Out = "")
Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true

$root = (Resolve-Path "$PSScriptRoot\..\..").Path
if (-not $Version) { $Version = ([xml](Get-Content "$root\pom.xml")).project.version -replace "-SNAPSHOT$", "" }
if ($Version -notmatch "^\d+\.\d+\.\d+$") { throw "'$Version' is no version: three numbers are expected, such as 1.2.3." }
if (-not $Out) { $Out = "$root\installers\target\packages" }
$work = "$root\installers\target\work"
Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $work
New-Item -ItemType Directory -Force $work, "$work\mods", "$work\input", $Out | Out-Null
$bin = "$env:JAVA_HOME\bin"

mvn -B -ntp -q -f "$root\pom.xml" "-Ddist" "-Dquick" "-Dcoscribe.version=$Version" -DskipTests -pl desktop-app,relay-server -am clean package
$app = "$root\desktop-app\target\dist\app"
Copy-Item "$app\coscribe-app.jar" "$work\input"
# As package_decides in installers/build/common.sh.
if ($env:UPDATES_URL -and $env:UPDATES_KEY) {
  Set-Content "$work\input\package.properties" "updates.mode=notify", "updates.url=$env:UPDATES_URL", "updates.key=$env:UPDATES_KEY"
} elseif ($env:UPDATES_URL -or $env:UPDATES_KEY) { throw "UPDATES_URL and UPDATES_KEY go together: one of them is missing." }
Get-ChildItem "$app\lib\*.jar" | ForEach-Object {
  if ($_.Name -match "^javafx-.*-win.*\.jar$") { Copy-Item $_ "$work\mods" }
  elseif ($_.Name -notmatch "^javafx-") { Copy-Item $_ "$work\input" }
}
$jars = @(Get-ChildItem "$work\input\*.jar" | ForEach-Object { $_.FullName })
$modules = & "$bin\jdeps" --ignore-missing-deps --multi-release 25 --print-module-deps --module-path "$work\mods" --class-path ($jars -join ";") @jars
# The last is the certificate store of Windows.
$modules += ",java.naming,java.management,java.security.jgss,jdk.security.jgss,jdk.unsupported,jdk.net,jdk.zipfs,jdk.localedata,jdk.crypto.mscapi"
& "$bin\jlink" --module-path "$work\mods" --add-modules $modules --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$work\runtime"
& "$bin\jpackage" --type app-image --name Coscribe --app-version $Version --vendor "The Coscribe project" `
  --runtime-image "$work\runtime" --input "$work\input" --main-jar coscribe-app.jar --main-class coscribe.desktop.Main `
  --icon "$root\installers\icons\coscribe.ico" --java-options "--enable-native-access=javafx.graphics,ALL-UNNAMED" `
  --java-options '-Dcoscribe.package=$APPDIR' --dest $work
$image = "$work\Coscribe"

# As on Linux: the editor does once what people do first, and the JVM notes what it loaded (JEP 483, 514, 515). A rehearsal that
# was cut short ends with 1.
$env:JAVA_TOOL_OPTIONS = "-XX:AOTCacheOutput=$image\app\coscribe.aot -Dcoscribe.rehearse=true"
$training = Start-Process -Wait -PassThru "$image\Coscribe.exe" "--profile", "`"$work\profile`""
Remove-Item Env:\JAVA_TOOL_OPTIONS
if ($training.ExitCode -ne 0 -or -not (Test-Path "$image\app\coscribe.aot")) { throw "No AOT cache was made." }
Add-Content "$image\app\Coscribe.cfg" 'java-options=-XX:AOTCache=$APPDIR\coscribe.aot'

# As on Linux (installers/build/formats.sh): a part that is not in parts.tsv ends the build. The runtime's own are in its folder "legal".
$doc = "$image\doc"
New-Item -ItemType Directory -Force "$doc\licences" | Out-Null
Copy-Item "$root\LICENSE" "$doc\licences\Apache-2.0.txt"
Copy-Item "$root\installers\licences\*.txt", "$root\desktop-app\src\main\resources\coscribe\desktop\view\frame\fonts\OFL-*.txt" "$doc\licences"
Get-Content "$work\runtime\legal\java.base\LICENSE", "$work\runtime\legal\java.base\ASSEMBLY_EXCEPTION" |
  Set-Content "$doc\licences\GPL-2.0-only WITH Classpath-exception-2.0.txt"
Copy-Item "$root\desktop-app\target\dist\bom.json" "$doc\bill-of-materials.cdx.json"
$parts = @{}
foreach ($row in Get-Content "$root\installers\licences\parts.tsv") {
  if ($row -notmatch "^#") { $name, $licence, $copyright = $row -split "`t"; $parts[$name] = "$copyright`r`nLicense: $licence" }
}
Add-Type -AssemblyName System.IO.Compression.FileSystem
$copyrights = @("Coscribe`r`nCopyright: The Coscribe authors`r`nLicense: Apache-2.0", "The Java runtime, in runtime`r`nLicense: GPL-2.0-only WITH Classpath-exception-2.0")
foreach ($jar in Get-ChildItem "$app\lib\*.jar") {
  if ($jar.Name -match "^(ot-shared|relay-server)-|^javafx-.*-win") { continue }
  $part = $jar.Name -replace "-[0-9].*", ""
  if (-not $parts.ContainsKey($part)) { throw "$part is inside, but not in installers/licences/parts.tsv: add its licence." }
  $copyrights += "$($jar.Name)`r`nCopyright: $($parts[$part])"
  $zip = [IO.Compression.ZipFile]::OpenRead($jar.FullName)
  try {
    foreach ($entry in $zip.Entries) {
      if ($entry.Name -and $entry.FullName -cmatch "^META-INF/([^/]*LICENSE[^/]*|NOTICE[^/]*|maven/.*/LICENSE[^/]*)$") {
        $reader = [IO.StreamReader]::new($entry.Open())
        try { Add-Content "$doc\licences\$part.txt" "---- $($entry.Name)`r`n$($reader.ReadToEnd())" } finally { $reader.Dispose() }
      }
    }
  } finally { $zip.Dispose() }
}
$copyrights -join "`r`n`r`n" | Set-Content "$doc\copyright.txt"

if ($env:SIGNTOOL) { & $env:SIGNTOOL sign /fd SHA256 /tr $env:TIMESTAMP_URL /td SHA256 /a "$image\Coscribe.exe" }
# These two never change: by them Windows knows what a new version takes the place of.
foreach ($kind in @(
    @{ Name = "Coscribe-$Version.msi"; Scope = "perMachine"; Code = "8C0B6E1D-5B0F-4E7B-9C55-1F2A0D0C7A41"; Root = "HKLM" },
    @{ Name = "Coscribe-$Version-user.msi"; Scope = "perUser"; Code = "3F6C2A57-0E4D-4B7C-8F1E-6A9B54D2E3B8"; Root = "HKCU" })) {
  wix build "$PSScriptRoot\Coscribe.wxs" -arch x64 -d "Version=$Version" -d "Scope=$($kind.Scope)" -d "UpgradeCode=$($kind.Code)" `
    -d "Root=$($kind.Root)" -d "Image=$image" -d "Icons=$root\installers\icons" -o "$Out\$($kind.Name)"
  if ($env:SIGNTOOL) { & $env:SIGNTOOL sign /fd SHA256 /tr $env:TIMESTAMP_URL /td SHA256 /a "$Out\$($kind.Name)" }
}
Copy-Item "$root\desktop-app\target\dist\bom.json" "$Out\coscribe-$Version-windows.cdx.json"
Get-ChildItem "$Out\Coscribe-*.msi" | ForEach-Object { "{0}  {1}" -f (Get-FileHash $_ -Algorithm SHA256).Hash.ToLower(), $_.Name } |
  Set-Content -Encoding ascii "$Out\SHA256SUMS-windows"
