#!/usr/bin/env bash
# Seconds and memory of the analyzer on made-up votes, from Parquet to report, each size in a process of its own; then what
# cards and texts cost.
#
#   loadtest/bench-analyzer.sh                 all of it; the greatest size takes 3 GiB of memory and 1 GiB of disk
#   loadtest/bench-analyzer.sh curve event     these parts: curve peer event nation cards texts
#   TIMES=1 loadtest/bench-analyzer.sh …       each once instead of three times
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${CARGO_TARGET_DIR:-target}/release/examples
figures=$examples/report_figures
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
parts=${*:-curve peer event nation cards texts}

# measure NAME PARTICIPANTS PROPOSALS VOTES
measure() {
  printf '\n== %s\n' "$1"
  "$figures" make "$folder/export" "${@:2}"
  for _ in $(seq "${TIMES:-3}"); do "$figures" measure "$folder/export"; done
  rm -rf "$folder/export"
}

# Ten times the ballots, ten times the participants and twice the proposals at each step.
curve() {
  measure '10^5' 10000 1000 10
  measure '10^6' 100000 4000 10
  measure '10^7' 1000000 20000 10
}
peer() { measure '50,000 x 2,000 at 5 %' 50000 2000 103; }
event() { measure '12 million ballots' 1000000 50000 12; }
nation() { measure '10^8: 100 million ballots' 10000000 100000 10; }

# Twelve cards out of 50,000 published proposals; the index of as many texts, its searches and groups.
cards() { printf '\n== cards\n' && "$examples/draw_time"; }
texts() { printf '\n== texts\n' && "$examples/figures"; }

echo "machine: $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
for part in $parts; do "$part"; done
