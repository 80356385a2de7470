# shellcheck shell=bash
# How fast messages leave, and what it costs; sourced by ./benchmark.

dispatch() {
  kannel
  slowly
  memory
}

# A new Kannel with its fake centre for each figure, alone and behind us in turns. Real gateways keep the survey's hours: the survey of
# `write_messages` sends at any hour but 23:59, and on no public holiday.
kannel() {
  say "== dispatch: Kannel alone, then behind us, reports on"
  through_kannel 100000
  local run
  for run in $(seq "${RUNS:-3}"); do
    with_kannel kannel_alone
    with_kannel kannel_behind_us "$run"
  done
}

slowly() {
  say "== dispatch: 20 messages a second"
  through_kannel 20
  with_kannel twenty_a_second
}

# At so many message parts a second.
through_kannel() {
  through=("MEDVIRK_GATEWAY__KIND=kannel" "MEDVIRK_GATEWAY__URL=http://127.0.0.1:18013/cgi-bin/sendsms"
    "MEDVIRK_GATEWAY__USERNAME=medvirk" "MEDVIRK_GATEWAY__PASSWORD=password" "MEDVIRK_GATEWAY__PARTS_PER_SECOND=$1")
}

with_kannel() {
  start_kannel
  "$@"
  end_daemons
}

start_kannel() {
  local program
  for program in wrk:wrk /usr/sbin/bearerbox:kannel /usr/lib/kannel/test/fakesmsc:kannel-extras; do
    command -v "${program%:*}" >/dev/null || { say "missing: ${program%:*}; apt-get install ${program#*:}"; exit 1; }
  done
  cat >"$scratch/kannel.conf" <<CONF
group = core
admin-port = 18010
admin-interface = 127.0.0.1
admin-password = admin-password
smsbox-port = 18011
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = phones
port = 18012
our-host = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 18013
sendsms-interface = 127.0.0.1
http-request-retry = 10
http-queue-delay = 1

group = sendsms-user
username = medvirk
password = password
max-messages = 10
concatenation = true

group = sms-service
keyword = default
text = ""
CONF
  daemon bearerbox /usr/sbin/bearerbox -v 4 "$scratch/kannel.conf"
  sleep 2
  daemon smsbox /usr/sbin/smsbox -v 4 "$scratch/kannel.conf"
  daemon phones /usr/lib/kannel/test/fakesmsc -H 127.0.0.1 -r 18012 -m 0 "nobody nobody text nothing"
  sleep 3
  curl -s "http://127.0.0.1:18010/status.txt?password=admin-password" | grep -q 'FAKE.*online' \
    || { say "Kannel does not start:"; tail -5 "$scratch/bearerbox.log"; exit 1; }
}

daemon() {
  "${@:2}" >"$scratch/$1.log" 2>&1 &
  daemons+=($!)
}

end_daemons() {
  [ "${#daemons[@]}" -eq 0 ] || kill "${daemons[@]}" 2>/dev/null || true
  wait "${daemons[@]}" 2>/dev/null || true
  daemons=()
}

# As fast as wrk can ask, with messages like ours. The reports go to a page that costs nothing.
kannel_alone() {
  cat >"$scratch/messages.lua" <<'LUA'
local count = 0
function request()
  count = count + 1
  local id = string.format("%032x", count)
  return wrk.format("GET", "/cgi-bin/sendsms?username=medvirk&password=password&from=EksKommune&to=%2B4790000000" ..
    "&text=Hei%21+Hvordan+har+du+hatt+det+p%C3%A5+jobb+under+pandemien%3F+Svar+p%C3%A5+tre+minutter%2C+anonymt%3A+" ..
    "http%3A%2F%2F127.0.0.1%3A18080%2Fs%2Fabcdefghjkmnpqrstuvwxyz234&dlr-mask=31" ..
    "&dlr-url=http%3A%2F%2F127.0.0.1%3A18080%2Fhealthz%3Fid%3D" .. id .. "%26proof%3D" .. id .. id .. "%26type%3D%25d")
end
LUA
  through_to "$scratch/sink.db"
  start_server
  local start before=-1 now=0
  start=$(date +%s%N)
  wrk -t1 -c256 -d"${WRK_SECONDS:-4}" -s "$scratch/messages.lua" http://127.0.0.1:18013 >"$scratch/wrk"
  grep 'Non-2xx' "$scratch/wrk" || true
  # Through when the page is not asked any more; that took two seconds to see.
  until [ "$before" = "$now" ]; do before=$now; sleep 2; now=$(cpu_ticks "$server"); done
  awk -v ns=$(($(date +%s%N) - start - 2000000000)) '/requests in/ { n = $1 } /Requests\/sec/ { rate = $2 }
    END { printf "Kannel alone, asked by wrk: %.0f messages a second; %d through after %.1f s\n", rate, n, ns / 1e9 }' "$scratch/wrk"
  stop_server
}

kannel_behind_us() {
  local people=${MESSAGES:-20000} start end before ticks waited=0
  through_to "$scratch/kannel$1.db"
  write_messages "$people"
  start=$(date +%s%N)
  start_server
  before=$(cpu_ticks "$server")
  until [ "$(count_of waiting)" -eq 0 ] || [ $((waited += 1)) -gt 600 ]; do kill -0 "$server"; sleep 0.2; done
  end=$(date +%s%N)
  awk -v n="$people" -v ns=$((end - start)) \
    'BEGIN { printf "Kannel behind us: %.0f messages a second\n", n * 1e9 / ns }'
  waited=0
  until [ "$(count_of accepted)" -eq 0 ] || [ $((waited += 1)) -gt 240 ]; do sleep 0.5; done
  ticks=$(($(cpu_ticks "$server") - before))
  awk -v n="$people" -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" -v ns=$(($(date +%s%N) - start)) -v delivered="$(count_of delivered)" \
    'BEGIN { printf "  %d of %d through after %.1f s; %.2f ms of our CPU for each, reports included\n", delivered, n, ns / 1e9, 1000 * ticks / hertz / n }'
  stop_server
}

twenty_a_second() {
  through_to "$scratch/slowly.db"
  write_messages 2000
  start_server
  sleep 5
  local before
  before=$(cpu_ticks "$server")
  sleep 60
  awk -v ticks=$(($(cpu_ticks "$server") - before)) -v hertz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.1f %% of one core, reports included\n", 100 * ticks / hertz / 60 }'
  stop_server
}

# At full speed for a while, the phones in a process of their own.
memory() {
  say "== dispatch: memory"
  local people
  for people in ${QUEUES:-8880 1000000}; do
    through=(MEDVIRK_ENVIRONMENT=test MEDVIRK_GATEWAY__KIND=simulator MEDVIRK_GATEWAY__URL=http://127.0.0.1:18090)
    through_to "$scratch/memory$people.db"
    write_messages "$people"
    daemon simulator env MEDVIRK_ENVIRONMENT=test "$BINARY" simulator --listen 127.0.0.1:18090 --log "$scratch/phones$people"
    start_server
    sleep "${FOR:-60}"
    say "$people queued, $(grep -c '"message"' "$scratch/phones$people") of them sent in ${FOR:-60} s:" \
      "$(sed -n 's/VmHWM:[[:space:]]*//p' "/proc/$server/status") at most"
    stop_server
    end_daemons
    rm -f "$scratch/memory$people".db* "$scratch/phones$people"
  done
}

# What follows works in this database and sends `through` the gateway.
through_to() {
  settings=(MEDVIRK_DATABASE_URL="sqlite://$1" MEDVIRK_SECRET_KEY_FILE="$scratch/key" MEDVIRK_LISTEN=127.0.0.1:18080
    MEDVIRK_LOG__FILTER=error "${through[@]}")
}

medvirk() {
  env "${settings[@]}" "$BINARY" "$@"
}

# People and a launched campaign of theirs.
write_messages() {
  local from to
  sed 's/^sending:.*/sending: {hours: "00:00-23:59", days: [mon, tue, wed, thu, fri, sat, sun], parts_per_second: 100000}/' \
    survey-definitions/midtveisevaluering.yaml >"$scratch/survey.yaml"
  for ((from = 0; from < $1; from = to)); do
    to=$((from + 500000 < $1 ? from + 500000 : $1))
    register "$from" "$to" >"$scratch/register.csv"
    medvirk people import "$scratch/register.csv" --new-areas >"$scratch/stdout"
  done
  campaign=$(medvirk campaign create "$scratch/survey.yaml" --name Benchmark)
  medvirk campaign launch "$campaign" >"$scratch/stdout"
}

start_server() {
  env "${settings[@]}" "$BINARY" serve &
  server=$!
  until curl -sf -o "$scratch/ready" http://127.0.0.1:18080/readyz; do kill -0 "$server"; sleep 0.1; done
}

count_of() {
  medvirk campaign status "$campaign" --format json | field "$1"
}
