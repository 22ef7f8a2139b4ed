#!/usr/bin/env bash
# One-ballot requests a second, beside a bare handler that only parses them: both in turns in one run,
# medians of five, ratios first. Options go to `gd-loadtest compare`. Needs the release builds (make bench).
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${CARGO_TARGET_DIR:-target}/release

echo "machine: $(nproc) cores, $(uname -sm), $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
output=$(mktemp)
"$bin/grand-dialogue" demo --participants 1 --rate-limit off --listen 127.0.0.1:0 >"$output" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" || true; rm -f "$output"' EXIT
until url=$(grep -oE 'http://[0-9.:]+' "$output" | tail -n 1) && [ -n "$url" ]; do
  kill -0 "$server" || { echo "the server did not start" >&2; exit 1; }
  sleep 0.2
done

for connections in 64 512; do
  "$bin/gd-loadtest" compare --url "$url" --slug grand-dialogue --connections "$connections" "$@"
done
