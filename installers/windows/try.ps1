# Installs both MSI packages in silence, looks at what they registered, upgrades and removes them; for a throw-away Windows.
# Not yet run. installers\windows\try.ps1 -Packages DIR
param([Parameter(Mandatory)] [string] $Packages)
Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"
function Must([bool] $condition, [string] $sentence) { if (-not $condition) { throw "FAILED: $sentence" }; "ok: $sentence" }
function Msi([string[]] $arguments) {
  $run = Start-Process -Wait -PassThru msiexec $arguments
  Must ($run.ExitCode -eq 0) "msiexec $arguments ends with 0"
}
foreach ($kind in @(@{ Root = "HKLM"; Pattern = "^Coscribe-[\d.]+\.msi$" }, @{ Root = "HKCU"; Pattern = "^Coscribe-[\d.]+-user\.msi$" })) {
  $msi = (Get-ChildItem $Packages | Where-Object Name -Match $kind.Pattern | Select-Object -First 1).FullName
  Msi "/i", "`"$msi`"", "/qn", "/norestart"
  $folder = (Get-ItemProperty "$($kind.Root):\Software\Coscribe").InstallDir
  Must (Test-Path "$folder\Coscribe.exe") "the program is in $folder"
  Must ((Get-ItemProperty "$($kind.Root):\Software\Classes\coscribe\shell\open\command").'(default)' -match "Coscribe.exe") "coscribe: links are registered"
  Must ((Get-ItemProperty "$($kind.Root):\Software\Classes\.coscribe").'(default)' -eq "Coscribe.Link") ".coscribe files are registered"
  $documents = "$env:LOCALAPPDATA\Coscribe"
  New-Item -ItemType Directory -Force $documents | Out-Null
  Set-Content "$documents\kept" "kept"
  Msi "/x", "`"$msi`"", "/qn", "/norestart"
  Must (-not (Test-Path "$folder\Coscribe.exe")) "the program is gone"
  Must (-not (Test-Path "$($kind.Root):\Software\Classes\coscribe")) "coscribe: links are no longer registered"
  Must (Test-Path "$documents\kept") "documents are left"
}
