#!/usr/bin/env bash
# The figures of docs/PERFORMANCE.md, on this machine, ratios first: the server and a bare handler in turns
# in one run, medians of five; then whole scenarios. Needs the release builds (`make bench`).
#
#   loadtest/bench.sh                     everything
#   loadtest/bench.sh ratio twelve        these parts: ratio twelve latency pages event tv sustained long
#   FORMS=embedded loadtest/bench.sh …    one form alone: embedded or scaled
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${CARGO_TARGET_DIR:-target}/release
forms=${FORMS:-embedded scaled}
parts=${*:-ratio twelve latency pages event tv sustained long}
. loadtest/services.sh
trap end_all EXIT

title() { printf '\n== %s\n' "$*"; }

# An installation of this form with a server on it: its options in `place`, its address in `url`.
build() {
  case $1 in
    embedded) place=(--data-dir "$services/data-$RANDOM") ;;
    scaled)
      start_postgres
      start_redis
      place=(--database-url "$database_url" --redis-url "$redis_url")
      ;;
  esac
  make_consultation "${2:-after}" "${place[@]}"
  start_server "${place[@]}"
}

tear_down() {
  stop "$server"
  [ "$1" = scaled ] && { redis-cli -p "$redis_port" shutdown nosave 2>/dev/null || true; stop "$postgres_pid"; rm -rf "$services/postgres"; }
  rm -rf "$services"/data-*
}

# Enough proposals for a sequence of twelve, and more.
propose() {
  curl -sf -c "$services/jar" "$url/api/v1/consultations/bench/sequence" >/dev/null
  for number in $(seq "${1:-200}"); do
    curl -sf -b "$services/jar" -H 'content-type: application/json' -d "{\"text\":\"Proposition numéro $number\"}" \
      "$url/api/v1/consultations/bench/proposals" >/dev/null
  done
}

memory() { awk -v what="$2" '/VmHWM/ { printf "%-24s %.0f MiB at most\n", what, $2 / 1024 }' "/proc/$1/status"; }

# Hundredths of a second that the machine under this one has given to others so far.
stolen() { awk '/^cpu / { print $9 }' /proc/stat; }

lag() { curl -sf "$url/metrics" | awk '/^gd_projection_lag_events/ { print $2 }'; }

ratio() {
  for connections in 64 512; do
    title "$1: one ballot to a request, $connections connections"
    "$bin/gd-loadtest" compare --url "$url" --slug bench --connections "$connections" --ballots "${BALLOTS:-100000}" --runs "${RUNS:-5}"
  done
}

twelve() {
  title "$1: twelve ballots to a request, beside one to the bare handler"
  "$bin/gd-loadtest" compare --url "$url" --slug bench --per-request 12 --ceiling-per-request 1 \
    --ballots "${BALLOTS_TWELVE:-300000}" --runs "${RUNS:-5}"
}

# At half of what the server takes at most.
latency() {
  title "$1: latency at half the highest rate, 64 connections"
  local highest
  "$bin/gd-loadtest" ballots --url "$url" --slug bench --connections 64 --ballots 100000 --json "$services/highest.json" >/dev/null
  highest=$(grep -oE '"ballots_per_second": *[0-9]+' "$services/highest.json" | grep -oE '[0-9]+' | head -n 1)
  "$bin/gd-loadtest" tv-call --url "$url" --slug bench --connections 64 --rate $((highest / 2)) --peak-rate $((highest / 2)) \
    --rise-seconds 2 --hold-seconds 20 --peak-seconds 1
}

# Every page at the size of a large consultation, beside an answer with nothing in it.
pages() {
  local proposals=${PROPOSALS:-10000}
  title "$1: each page at $proposals proposals, one request at a time"
  "$bin/gd-loadtest" pages --url "$url" --slug bench --proposals "$proposals" --requests 0
  "$bin/gd-loadtest" ballots --url "$url" --slug bench --connections 64 --ballots 100000 >/dev/null
  "$bin/grand-dialogue" "${place[@]}" analyze --slug bench --publish >/dev/null 2>&1
  sleep 1
  "$bin/gd-loadtest" pages --url "$url" --slug bench --requests "${PAGE_REQUESTS:-500}"
}

tv() {
  title "$1: tv-call"
  "$bin/gd-loadtest" tv-call --url "$url" --slug bench --hold-seconds "${HOLD_SECONDS:-600}" --plot "$services/tv-call-$1.svg"
}

# At the share of the ceiling that must be sustained.
sustained() {
  local share=0.25 ceiling
  [ "$1" = scaled ] && share=0.20
  "$bin/gd-loadtest" compare --url "$url" --slug bench --connections 64 --runs 1 --ballots 50000 --json "$services/ceiling.json" >/dev/null
  ceiling=$(grep -oE '"ceiling_per_second": *[0-9]+' "$services/ceiling.json" | grep -oE '[0-9]+')
  local rate
  rate=$(awk "BEGIN { printf \"%.0f\", $ceiling * $share }")
  title "$1: $rate ballots a second ($share of the ceiling of $ceiling) for ${SUSTAINED_SECONDS:-600} s"
  (while sleep 1; do lag; done) >"$services/lags" &
  local watch=$!
  "$bin/gd-loadtest" tv-call --url "$url" --slug bench --connections 64 --rate "$rate" --peak-rate "$rate" \
    --rise-seconds 5 --hold-seconds "${SUSTAINED_SECONDS:-600}" --peak-seconds 1 --crowd "${CROWD:-100000}"
  kill "$watch"
  sort -n "$services/lags" | awk -v rate="$rate" '{ last = $1 } END { printf "lag at most             %d events, %.1f s\n", last, last / rate }'
}

# The reference event from its first proposal to its last count, then what it left behind.
event() {
  title "$1: grand-dialogue"
  "$bin/gd-loadtest" grand-dialogue --url "$url" --slug bench --per-request "${PER_REQUEST:-4}" --seconds "${EVENT_SECONDS:-40}" \
    --moderate "$bin/grand-dialogue ${place[*]} proposals publish bench" --plot "$services/event-$1.svg"
  memory "$server" "server, $1"
  if [ "$1" = scaled ]; then
    redis-cli -p "$redis_port" info memory | tr -d '\r' | awk -F: '/^used_memory_peak:/ { printf "Redis                    %.1f MiB at most\n", $2 / 1048576 }'
    psql -qAt "$database_url" -c "SELECT 'PostgreSQL               ' || round(1.0 * (pg_total_relation_size('event_batch') + pg_total_relation_size('participant_ballots')) / (SELECT sum(ballots) FROM participant_ballots), 1) || ' bytes a standing ballot, all its events and indexes included'"
  else
    local bytes
    bytes=$(du -cb "${place[1]}"/grand-dialogue.db "${place[1]}"/grand-dialogue.standing.db | tail -n 1 | cut -f 1)
    echo "SQLite                   $bytes bytes in all, $((bytes / 1200000)) a ballot"
  fi
  "$bin/grand-dialogue" "${place[@]}" ledger verify --slug bench
}

# Appending to a ledger of twenty million events beside one of a hundred thousand.
long() {
  title "$1: 100,000 ballots at the end of a short ledger, then of one of ${LONG_EVENTS:-20000000} events"
  "$bin/gd-loadtest" ballots --url "$url" --slug bench --connections 512 --ballots 100000 | grep -E '^ *rate'
  for _ in 1 2 3; do "$bin/gd-loadtest" ballots --url "$url" --slug bench --connections 512 --ballots 100000 | grep -E '^ *rate'; done
  stop "$server"
  fill "$1" "${LONG_EVENTS:-20000000}"
  # What the filling left to be swept and written is not the load's.
  [ "$1" = scaled ] && psql -q "$database_url" -c "VACUUM ANALYZE event_batch" -c CHECKPOINT
  sync
  start_server "${place[@]}"
  for _ in 1 2 3 4; do "$bin/gd-loadtest" ballots --url "$url" --slug bench --connections 512 --ballots 100000 | grep -E '^ *rate'; done
}

# Made-up events straight into the tables, taken as projected: nobody's standing ballots are needed here. Each line
# of the ledger holds the same thirty.
fill() {
  local lines=$(($2 / 30)) packed
  packed=$(for n in $(seq 30); do printf '%016X%08X%016X%08X%02X00' $((1000000 + n / 12)) $((1 + n % 200)) $((1772442000000 + n)) 0 $((1 + n % 3)); done)
  if [ "$1" = scaled ]; then
    psql -q "$database_url" <<SQL
BEGIN;
UPDATE ledger_head SET position = position + $lines * 30 WHERE consultation_id = 1;
INSERT INTO event_batch (consultation_id, position, events, packed)
SELECT 1, (SELECT position FROM projection WHERE consultation_id = 1) + n * 30, 30, decode('$packed', 'hex')
FROM generate_series(1, $lines) AS n;
UPDATE projection SET position = position + $lines * 30 WHERE consultation_id = 1;
COMMIT;
SQL
  else
    sqlite3 "${place[1]}/grand-dialogue.db" <<SQL
ATTACH DATABASE '${place[1]}/grand-dialogue.standing.db' AS standing;
PRAGMA synchronous = OFF;
BEGIN;
UPDATE ledger_head SET position = position + $lines * 30 WHERE consultation_id = 1;
INSERT INTO event_batch (consultation_id, position, events, packed)
SELECT 1, (SELECT position FROM projection WHERE consultation_id = 1) + value * 30, 30, X'$packed'
FROM generate_series(1, $lines);
UPDATE projection SET position = position + $lines * 30 WHERE consultation_id = 1;
COMMIT;
SQL
  fi
}

echo "machine: $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
for form in $forms; do
  for part in $parts; do
    case $part in
      event) build "$form" before ;;
      pages) build "$form" ;;
      *) build "$form"; propose ;;
    esac
    before=$(stolen)
    "$part" "$form"
    awk "BEGIN { printf \"stolen                   %.1f s of the processors, by the machine under this one\n\", ($(stolen) - $before) / 100 }"
    tear_down "$form"
  done
done
