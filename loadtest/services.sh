# Sourced by the bench: a PostgreSQL and a Redis of one's own in a temporary folder, and servers on them.
# Everything started here is ended by `end_all`, by its process id.

services=$(mktemp -d)
started=()

# The first of two ports that nobody listens on.
free_port() {
  local port
  for port in $(shuf -i 20000-29999 -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi; }

start_postgres() {
  local bin port
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  port=$(free_port)
  mkdir "$services/postgres"
  chmod 755 "$services"
  [ "$(id -u)" = 0 ] && chown postgres "$services/postgres"
  as_postgres "$bin/initdb" --pgdata "$services/postgres" --auth trust --username gd --encoding UTF8 --no-locale >/dev/null
  # What one sets on a machine of its own: memory for the working set, checkpoints that do not chase each other.
  as_postgres "$bin/postgres" -D "$services/postgres" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$services/postgres" -c shared_buffers=256MB -c max_wal_size=4GB \
    -c checkpoint_timeout=15min -c wal_compression=off -c synchronous_commit=on >"$services/postgres.log" 2>&1 &
  started+=($!)
  postgres_pid=$!
  for _ in $(seq 100); do "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break; sleep 0.1; done
  database_url="postgres://gd@127.0.0.1:$port/postgres"
}

start_redis() {
  local port
  port=$(free_port)
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$services" >/dev/null &
  started+=($!)
  redis_port=$port
  redis_url="redis://127.0.0.1:$port"
  for _ in $(seq 100); do redis-cli -p "$port" ping >/dev/null 2>&1 && break; sleep 0.1; done
}

# A server with these options; its address in `url`, its process in `server`.
start_server() {
  local output
  output=$(mktemp -p "$services")
  GD_RATE_LIMIT=off GD_LOG=warn "$bin/grand-dialogue" serve --listen 127.0.0.1:0 "$@" >"$output" &
  server=$!
  started+=("$server")
  for _ in $(seq 200); do
    url=$(grep -oE 'http://[0-9.:]+' "$output" | tail -n 1) && [ -n "$url" ] && return
    kill -0 "$server" || { echo "the server did not start" >&2; exit 1; }
    sleep 0.1
  done
}

stop() { kill "$1"; wait "$1" 2>/dev/null || true; }

# An open consultation `bench` with live results, in the installation that these options name.
make_consultation() {
  local file=$services/bench.toml moderation=$1
  shift
  "$bin/grand-dialogue" consultation template | grep -v '_from =' |
    sed -e 's/slug = .*/slug = "bench"/' -e "s/moderation = .*/moderation = \"$moderation\"/" -e 's/results = .*/results = "live"/' >"$file"
  "$bin/grand-dialogue" "$@" consultation create "$file" >/dev/null
  "$bin/grand-dialogue" "$@" consultation open bench >/dev/null
}

end_all() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$services"
}
