# shellcheck shell=bash
# Whether a login's time tells which names there are; sourced by ./benchmark.

logins() {
  say '== logins: a name that is known and one that is not, turn by turn; milliseconds, median'
  start_demo "$scratch/logins" 0 --people 200
  local name turn
  for turn in 1 2 3 4 5 6 7 8 9; do
    for name in hr verneombud tillitsvalgt leder utvalg revisor; do
      refused_after name "$name" >>"$scratch/known"
      refused_after name "$name$turn" >>"$scratch/unknown"
    done
  done
  stop_server
  local known unknown
  known=$(median <"$scratch/known") unknown=$(median <"$scratch/unknown")
  say "known $known, unknown $unknown: ratio $(awk -v a="$known" -v b="$unknown" 'BEGIN { printf "%.3f", a / b }'), $(wc -l <"$scratch/known") tries each"
}

# A try with a wrong password; says how many milliseconds the answer took.
refused_after() {
  local page=$scratch/login jar=$scratch/jar csrf
  curl -s -c "$jar" -o "$page" http://127.0.0.1:18080/login
  csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$page" | head -1)
  curl -s -b "$jar" -o "$page" -w '%{http_code} %{time_total}\n' --data-urlencode "csrf=$csrf" --data-urlencode "$1=$2" \
    --data-urlencode 'password=not the password' http://127.0.0.1:18080/login |
    awk '$1 != 401 { print "answered " $1 > "/dev/stderr"; exit 1 } { print $2 * 1000 }'
}

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
