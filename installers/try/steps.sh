# How a try tells what it does. Sourced by installers/try/linux; `out` is where everything goes.

step() { printf '\n== %s\n' "$*" | tee -a "$out/report.txt"; }
note() { printf '   %s\n' "$*" | tee -a "$out/report.txt"; }

# must SENTENCE COMMAND...: the sentence holds if the command ends with 0; what it says is in the logs.
must() {
  local sentence=$1
  shift
  if "$@" >>"$out/logs/checks.log" 2>&1; then
    printf 'ok: %s\n' "$sentence" | tee -a "$out/report.txt"
  else
    printf 'FAILED: %s\n' "$sentence" | tee -a "$out/report.txt"
    say "The last lines of $out/logs/checks.log:"
    tail -n 20 "$out/logs/checks.log" >&2
    exit 1
  fi
}

# wait_for SECONDS COMMAND...
wait_for() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}

done_well() { printf '\nAll of it held: %s to %s.\n' "$old_version" "$new_version" | tee -a "$out/report.txt"; }
