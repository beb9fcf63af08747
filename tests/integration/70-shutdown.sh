#!/usr/bin/env bash
# Processes that die or stop while they are needed.
. "$(dirname "$0")/lib.sh"

items=/api/collections/projects/items
stack_configure "processes = 2" "threads = 4"
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
children() { pgrep -P "$worker_pid"; }
threads_of() { find "/proc/$1/task" -maxdepth 1 -mindepth 1 2>/dev/null | wc -l; }
servers() {
    local pid
    for pid in $(children); do
        [ "$(threads_of "$pid")" -le 1 ] || echo "$pid"
    done
}
builder() {
    local pid
    for pid in $(children); do
        [ "$(threads_of "$pid")" -ne 1 ] || echo "$pid"
    done
}
metric() { metrics | awk -v k="budgetmap_$1" '$1 == k { print $2 }'; }
cat >"$work/cold.lua" <<'LUA'
local n = 0
function request()
    n = n + 1
    return wrk.format("GET", string.format(
        "/api/collections/projects/items?limit=20&min_planned=%d", n))
end
function done(summary)
    io.write(string.format("errors %d of %d\n", summary.errors.status +
        summary.errors.connect + summary.errors.read + summary.errors.write +
        summary.errors.timeout, summary.requests))
end
LUA
load_start() { # SECONDS
    wrk -t1 -c8 "-d$1s" -s "$work/cold.lua" "$base" >"$work/wrk" 2>&1 &
    load=$!
}
errors() { sed -n 's/^errors \([0-9]*\) of .*/\1/p' "$work/wrk"; }

# --- a worker is killed under load ------------------------------------------------
is "no worker died so far" "$(metric worker_restarts_total)" 0
load_start 3
victim=$(servers | head -n 1)
kill -KILL "$victim"
is "the other one answers at once" "$(status_of "$base$items?limit=3")" 200
whole() { [ "$(servers | grep -vcx "$victim")" -eq 2 ]; }
check "a new one stands within a second" wait_for 1 whole
wait "$load"
at_most "requests lost with it, of those in flight" "$(errors)" 8
is "its death is counted" "$(metric worker_restarts_total)" 1
like "and told" "$(cat "$work/worker.log")" "worker $victim died of signal 9"

# --- the builder is killed -----------------------------------------------------------
victim=$(builder)
load_start 2
kill -KILL "$victim"
wait "$load"
is "nobody notices that the builder died" "$(errors)" 0
rebuilt() { [ -n "$(builder)" ] && [ "$(builder)" != "$victim" ]; }
check "there is a new one" wait_for 2 rebuilt
version=$(metrics | awk '/^budgetmap_snapshot_version.*projects/ { print $2 }')
id=$(fetch "$items?limit=1" | grep -oE 'TKS-[0-9]{4}-[0-9]{6}' | head -n 1)
printf 'id,title_kk\n%s,"Жаңа атау"\n' "$id" >"$work/change.csv"
"$BUDGETMAP" import projects "$work/change.csv" --unit tenge --config "$conf" \
    --apply >/dev/null 2>"$work/import.log"
newer() {
    [ "$(metrics | awk '/^budgetmap_snapshot_version.*projects/ { print $2 }')" -gt "$version" ]
}
check "which builds what is published next" wait_for 5 newer
like "and the change is seen" "$(fetch "$items?limit=600")" 'Жаңа атау'

# --- snapshot files that vanish ----------------------------------------------------------
rm -f "$work"/snapshots/*.snapshot
back() { [ "$(find "$work/snapshots" -name '*.snapshot' | wc -l)" -eq 2 ]; }
check "a snapshot that is removed is made again" wait_for 5 back
is "and answers go on" "$(status_of "$base$items?limit=5")" 200

# --- reloads and a stop under load --------------------------------------------------------
load_start 4
for n in 1 2 3; do
    old=$(servers)
    kill -HUP "$worker_pid"
    all_new() {
        local pid
        for pid in $old; do ! servers | grep -qx "$pid" || return 1; done
        [ "$(servers | wc -l)" -eq 2 ]
    }
    check "reload $n under load" wait_for 5 all_new
done
wait "$load"
is "reloads lose no request" "$(errors)" 0
is "and are counted" "$(metric reloads_total)" 3
load_start 2
start=$(date +%s%N)
kill -TERM "$worker_pid"
status=0
wait "$worker_pid" || status=$?
is "a stop under load ends with code 0" "$status" 0
at_most "within milliseconds" $((($(date +%s%N) - start) / 1000000)) 3000
wait "$load"
unlike "nothing was forced" "$(cat "$work/worker.log")" 'does not end'

# --- the supervisor is killed --------------------------------------------------------------
worker_start
check "it starts again" wait_for 10 stack_ready
orphans=$(children)
kill -KILL "$worker_pid"
wait "$worker_pid" 2>/dev/null
worker_start
check "a service started at once takes over the socket" wait_for 15 stack_ready
left() {
    local pid
    for pid in $orphans; do ! kill -0 "$pid" 2>/dev/null || return 1; done
}
check "the orphans are gone" wait_for 5 left
check "the database is intact" "$BUDGETMAP" check --config "$conf"

# --- doing nothing costs nothing ---------------------------------------------------------------
cpu_ms() {
    local pid
    for pid in "$worker_pid" $(children); do
        cat "/proc/$pid/task"/*/schedstat 2>/dev/null
    done | awk '{ s += $1 } END { printf "%d", s / 1000000 }'
}
wait_for 10 snapshot_ready
before=$(cpu_ms)
wait_for 2 false >/dev/null
at_most "milliseconds of CPU in two idle seconds" $(($(cpu_ms) - before)) 60
finish
