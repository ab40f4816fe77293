# Installs both MSI packages in silence, looks at what they registered, upgrades an older build in place where one is given, and
# removes them; for a throw-away Windows. Not yet run. installers\windows\try.ps1 -Packages DIR [-Old DIR]
param([Parameter(Mandatory)] [string] $Packages, [string] $Old = "")
Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"
function Must([bool] $condition, [string] $sentence) { if (-not $condition) { throw "FAILED: $sentence" }; Write-Host "ok: $sentence" }
function Msi([string] $what, [string] $file) {
  $run = Start-Process -Wait -PassThru msiexec $what, "`"$file`"", "/qn", "/norestart"
  Must ($run.ExitCode -eq 0) "msiexec $what $file ends with 0"
}
function Package([string] $folder, [string] $pattern) {
  $found = @(Get-ChildItem $folder | Where-Object Name -Match $pattern)
  Must ($found.Count -eq 1) "$folder has one package of the kind $pattern"
  $found[0].FullName
}
function VersionOf([string] $msi) { ([regex] "-(\d+\.\d+\.\d+)(-user)?\.msi$").Match($msi).Groups[1].Value }
# What Windows lists under "Installed apps": one Coscribe, or none.
function Installed([string] $root) {
  @(Get-ItemProperty "${root}:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*" -ErrorAction SilentlyContinue |
      Where-Object { $_.PSObject.Properties["DisplayName"] -and $_.DisplayName -eq "Coscribe" } | ForEach-Object DisplayVersion) -join " and "
}
foreach ($kind in @(@{ Root = "HKLM"; Pattern = "^Coscribe-[\d.]+\.msi$" }, @{ Root = "HKCU"; Pattern = "^Coscribe-[\d.]+-user\.msi$" })) {
  $root = $kind.Root
  $msi = Package $Packages $kind.Pattern
  $documents = "$env:LOCALAPPDATA\Coscribe"
  New-Item -ItemType Directory -Force $documents | Out-Null
  Set-Content "$documents\kept" "kept"
  if ($Old) {
    $before = Package $Old $kind.Pattern
    Msi "/i" $before
    Must ((Installed $root) -eq (VersionOf $before)) "the older version is installed"
  }
  Msi "/i" $msi
  Must ((Installed $root) -eq (VersionOf $msi)) "this version is installed, and no other one beside it"
  $folder = (Get-ItemProperty "${root}:\Software\Coscribe").InstallDir
  Must (Test-Path "$folder\Coscribe.exe") "the program is in $folder"
  Must (Test-Path "$folder\doc\copyright.txt") "with the licences of its parts"
  Must ((Get-ItemProperty "${root}:\Software\Classes\coscribe\shell\open\command").'(default)' -match "Coscribe.exe") "coscribe: links are registered"
  Must ((Get-ItemProperty "${root}:\Software\Classes\.coscribe").'(default)' -eq "Coscribe.Link") ".coscribe files are registered"
  Msi "/x" $msi
  Must ((Installed $root) -eq "") "no version is installed"
  Must (-not (Test-Path "$folder\Coscribe.exe")) "the program is gone"
  Must (-not (Test-Path "${root}:\Software\Classes\coscribe")) "coscribe: links are no longer registered"
  Must (Test-Path "$documents\kept") "documents are left"
}
