# shellcheck shell=bash
# A PostgreSQL for one run, as a user who is not root; sourced by ./test and ./chaos, which have `scratch` and `die`.

# initdb refuses root, so root borrows the account that Debian's package makes.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 30000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# Whether a commit waits until its log is written: `on`, or `off` for speed. Sets MEDVIRK_TEST_POSTGRES.
start_postgres() {
  local bin password
  bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1)
  pg_ctl="$bin/pg_ctl"
  data="$scratch/postgres"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  mkdir "$data"
  printf '%s\n' "$password" >"$scratch/password"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$data" "$scratch/password"
    chmod 711 "$scratch"
  fi
  as_postgres "$bin/initdb" -D "$data" -U medvirk --pwfile="$scratch/password" --auth=password --encoding=UTF8 \
    --locale=C --no-sync >"$scratch/initdb.log" || { cat "$scratch/initdb.log" >&2; die "initdb failed"; }
  # Without fsync a crash of the machine loses the data, which nobody will miss; the order of commits is as always.
  cat >>"$data/postgresql.conf" <<CONF
fsync = off
synchronous_commit = $1
full_page_writes = off
max_connections = 300
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
CONF
  local port
  for _ in 1 2 3; do
    port=$(free_port)
    if as_postgres "$pg_ctl" -D "$data" -o "-p $port" -l "$data/log" -w -s start 2>/dev/null; then
      export MEDVIRK_TEST_POSTGRES="postgres://medvirk:$password@127.0.0.1:$port/postgres"
      return
    fi
  done
  as_postgres tail -20 "$data/log" >&2
  die "PostgreSQL does not start"
}

stop_postgres() {
  if [ -n "${pg_ctl:-}" ]; then as_postgres "$pg_ctl" -D "$data" -m immediate -w -s stop >/dev/null 2>&1 || true; fi
}

# Writes the program that restarts it at once, as after a crash, on the same port.
restart_by() {
  local as=()
  [ "$(id -u)" != 0 ] || as=(runuser -u postgres --)
  printf '#!/bin/sh\ncd / && exec %s %s -D %s -m immediate -l %s -w -s restart\n' "${as[*]}" "$pg_ctl" "$data" "$data/log" >"$1"
  chmod +x "$1"
}
