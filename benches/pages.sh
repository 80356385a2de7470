# shellcheck shell=bash
# What the pages of HR and of results cost; sourced by ./benchmark.

# What a page costs the server that shows figures as they change: a campaign of 8,880 in which somebody answers each second.
live() {
  say "== live: CPU of the server for each that looks, while a figure changes every second"
  start_demo "$scratch/live" 0
  sign_in hr
  local id viewers before after alone looking
  id=$(sed -n 's|.*/campaigns/\([^ ]*\).*|\1|p' "$scratch/demo.log" | head -1)
  change_figures "$scratch/live/medvirk.db" &
  local changing=$!
  sleep 5
  for viewers in ${VIEWERS:-0 1 20 100 400}; do
    looking=()
    while [ "${#looking[@]}" -lt "$viewers" ]; do
      curl -sN -b "$cookies" -o "$scratch/heard" "http://127.0.0.1:18080/campaigns/$id/events" &
      looking+=($!)
    done
    sleep 3
    before=$(cpu_ticks "$server")
    sleep 20
    after=$(cpu_ticks "$server")
    [ "${#looking[@]}" = 0 ] || { kill "${looking[@]}"; wait "${looking[@]}" 2>/dev/null || true; }
    if [ "$viewers" = 0 ]; then alone=$((after - before)); say "nobody: $(milliseconds_each "$alone" 20) ms a second"; continue; fi
    say "$viewers: $(milliseconds_each $((after - before - alone)) 20) ms a second more, $(milliseconds_each $((after - before - alone)) $((20 * viewers))) ms for each"
  done
  say "bytes of one event: $(sed '/^$/q' "$scratch/heard" | wc -c)"
  kill "$changing"
  stop_server
}

change_figures() {
  while sleep 1; do
    sqlite3 -cmd '.timeout 900' "$1" "UPDATE invitations SET state = 'started' WHERE id = (SELECT id FROM invitations WHERE state = 'invited' LIMIT 1)"
  done
}

# Every page of results, of the whole and of places of each level, at 200 requests a second.
dashboards() {
  say "== dashboards: a mix of all pages of results at ${RATE:=200} requests a second"
  start_demo "$scratch/dashboards" 0.6855
  say "$(grep -h 'answers published' "$scratch/demo.log")"
  sign_in "${READER:-hr}"
  local id before
  id=$(sed -n 's|.*/results/\([^ ]*\).*|\1|p' "$scratch/demo.log" | head -1)
  # A place that is too small to be shown has no page.
  pages_of_results "$id" | while read -r page; do
    curl -s -o /dev/null -b "$cookies" -w "%{http_code} $page\n" "http://127.0.0.1:18080$page"
  done | sed -n 's/^200 //p' >"$scratch/pages"
  say "$(wc -l <"$scratch/pages") addresses, $(sqlite3 "$scratch/dashboards/medvirk.db" "SELECT COUNT(*) FROM org_units WHERE level = 3") units in the register"
  before=$(cpu_ticks "$server")
  python3 benches/steady.py "$RATE" "${SECONDS_OF_DASHBOARDS:=30}" "$cookies" "$scratch/pages"
  say "CPU of the server: $(milliseconds_each $(($(cpu_ticks "$server") - before)) $((RATE * SECONDS_OF_DASHBOARDS))) ms for each request"
  sed -n 's/VmHWM:[[:space:]]*/memory of the process at most, the demo included: /p' "/proc/$server/status"
  stop_server
}

# An account of the demo; its cookies are then in the file $cookies.
sign_in() {
  local csrf password
  cookies=$scratch/cookies
  password=$(sed -n 's/^ *Password  *//p' "$scratch/demo.log")
  csrf=$(curl -s -c "$cookies" http://127.0.0.1:18080/login | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -1)
  curl -s -o /dev/null -b "$cookies" -c "$cookies" --data-urlencode "csrf=$csrf" --data-urlencode "name=$1" \
    --data-urlencode "password=$password" http://127.0.0.1:18080/login
}

# Addresses: every page and every file of every question at the whole, pages at all areas and at some services and units.
pages_of_results() {
  local here=/results/$1 question place
  curl -s -b "$cookies" "http://127.0.0.1:18080$here" | grep -o "href=\"$here/[a-z_0-9.]*[\"?]" | tr -d '"?' | sed 's/^href=//' | sort -u >"$scratch/questions"
  sqlite3 "$scratch/dashboards/medvirk.db" "SELECT id FROM (SELECT id FROM org_units WHERE level = 1)
    UNION ALL SELECT id FROM (SELECT id FROM org_units WHERE level = 2 ORDER BY id LIMIT 12)
    UNION ALL SELECT id FROM (SELECT id FROM org_units WHERE level = 3 ORDER BY id LIMIT 12)" >"$scratch/places"
  while read -r question; do
    for file in '' /whole.svg /parts.svg /table.csv; do echo "$question$file"; done
  done <"$scratch/questions"
  # The widest: every service, and every unit.
  for wide in 'level=2' 'level=3' 'level=3&of=indices'; do echo "$here/heat-map?$wide"; done
  for place in '' $(sed 's/^/?place=/' "$scratch/places"); do
    for page in '' /heat-map /side-by-side /all-indices; do echo "$here$page$place"; done
    shuf -n 3 --random-source="$scratch/places" "$scratch/questions" | sed "s/\$/$place/"
  done
}
