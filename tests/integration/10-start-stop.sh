#!/usr/bin/env bash
# How the service starts, reloads and stops; what it says of itself.
. "$(dirname "$0")/lib.sh"

items=/api/collections/projects/items
children() { pgrep -P "$worker_pid"; }
servers() { # those of the children that have threads
    local pid
    for pid in $(children); do
        [ "$(find "/proc/$pid/task" -maxdepth 1 -type d 2>/dev/null | wc -l)" -le 2 ] ||
            echo "$pid"
    done
}
count_servers() { [ "$(servers | wc -l)" -eq "$1" ]; }
log_says() { grep -qE "$1" "$work/worker.log"; }
stop_worker() { # status and time of a stop
    local start
    start=$(date +%s%N)
    kill -TERM "$worker_pid"
    stop_status=0
    wait "$worker_pid" || stop_status=$?
    worker_pid=
    stop_ms=$((($(date +%s%N) - start) / 1000000))
}

# --- what keeps it from starting ------------------------------------------------
output=$("$BUDGETMAP" serve --database "$work/none.db" 2>&1)
is "without a database it ends with code 6" "$?" 6
like "and says so" "$output" 'database'
printf 'threads = 4\nthreds = 5\n' >"$work/bad.conf"
output=$("$BUDGETMAP" serve --config "$work/bad.conf" 2>&1)
is "an unknown key ends it with code 3" "$?" 3
like "and names the line" "$output" 'bad.conf line 2'
output=$("$BUDGETMAP" serve --threads 2>&1)
is "a flag without its value too" "$?" 3
"$BUDGETMAP" serve something >/dev/null 2>&1
is "a word too many is wrong usage" "$?" 2

# --- start ---------------------------------------------------------------------
stack_configure "processes = 2" "threads = 4" "socket_mode = 0600" \
    "cache_seconds = 7"
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
is "the socket has its mode" "$(stat -c %a "$work/worker.sock")" 600
check "there are two worker processes" count_servers 2
like "health" "$(get --unix-socket "$work/metrics.sock" http://localhost/health)" \
    '"status":"ok","database":true,"snapshot":true,"dataVersion":[1-9]'
before=$(metrics)
fetch "$items?limit=1" >/dev/null
fetch "$items?limit=nan" >/dev/null
after=$(metrics)
value() { printf '%s\n' "$1" | awk -v k="$2" '$1 == k { print $2 }'; }
for status in 200 400; do
    key="budgetmap_requests_total{route=\"items\",status=\"$status\"}"
    is "an answer $status is counted" "$(value "$after" "$key")" \
        $(($(value "$before" "$key" | grep . || echo 0) + 1))
done
like "the histogram ends at +Inf" "$after" \
    'request_seconds_bucket\{route="items",le="\+Inf"\} [1-9]'
types=$(printf '%s\n' "$after" | sed -n 's/^# TYPE \([a-z_]*\) .*/\1/p')
is "each metric is described once" "$(printf '%s\n' "$types" | sort | uniq -d)" ""
strange=$(printf '%s\n' "$after" | grep -vE \
    '^(# (HELP|TYPE) budgetmap_[a-z_]+ .+|budgetmap_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+)$')
is "the format is Prometheus'" "$strange" ""

# --- one line a request -----------------------------------------------------------
id=$(header_of X-Request-Id "$base/api/collections/projects/items?q=мектеп&limit=2")
check "a request is in the log by its id" wait_for 2 log_says \
    "^[0-9TZ:-]+ request $id GET $items 200 [0-9]+ [0-9]+us\$"
unlike "nothing of what it asked is" "$(cat "$work/worker.log")" 'limit=|мектеп|%D0'
is "the problem document has the id of its request" \
    "$(get -D "$work/head" "$base$items?limit=nan&y" | grep -oE '"request_id":"[0-9a-f]+' | cut -d'"' -f4)" \
    "$(tr -d '\r' <"$work/head" | sed -n 's/^X-Request-Id: //Ip')"

# --- a second service on the same socket (it waits a while for the first) ---------
"$BUDGETMAP" serve --config "$conf" >"$work/second" 2>&1 &
second=$!

# --- reload ---------------------------------------------------------------------------
old=$(servers)
is "answers may be kept as configured" \
    "$(header_of Cache-Control "$base$items?limit=3")" "public, max-age=7"
sed -i 's/^processes = 2/processes = 3/; s/^cache_seconds = 7/cache_seconds = 8/' "$conf"
cat >"$work/cold.lua" <<'LUA'
local n = 0
function request()
    n = n + 1
    return wrk.format("GET", string.format(
        "/api/collections/projects/items?limit=20&min_planned=%d", n))
end
LUA
wrk -t1 -c8 -d3s -s "$work/cold.lua" "$base" >"$work/wrk" 2>&1 &
load=$!
kill -HUP "$worker_pid"
replaced() {
    local pid
    for pid in $old; do ! kill -0 "$pid" 2>/dev/null || return 1; done
    count_servers 3
}
check "a reload replaces all workers" wait_for 5 replaced
wait "$load"
unlike "no request is lost on the way" "$(cat "$work/wrk")" \
    'Socket errors|Non-2xx'
is "the new ones have the new configuration" \
    "$(header_of Cache-Control "$base$items?limit=4")" "public, max-age=8"
echo "threads = many" >>"$conf"
kept=$(servers)
kill -HUP "$worker_pid"
check "a broken configuration is told" wait_for 3 log_says \
    'the configuration stays as it was: .*threads'
is "and changes nothing" "$(servers)" "$kept"
sed -i '$d' "$conf"

wait "$second"
is "a second service on the socket is refused with code 7" "$?" 7
like "and says why" "$(tail -n 1 "$work/second")" 'another process'
like "the first one goes on" "$(status_of "$base/api")" 200

# --- stop -----------------------------------------------------------------------------
all=$(children)
stop_worker
is "SIGTERM ends it with code 0" "$stop_status" 0
at_most "within milliseconds" "$stop_ms" 3000
is "its socket is gone" "$(ls "$work/worker.sock" 2>/dev/null)" ""
left=
for pid in $all; do ! kill -0 "$pid" 2>/dev/null || left="$left $pid"; done
is "no process is left" "$left" ""
is "nginx says 502 meanwhile" "$(status_of "$base/api?gone")" 502
like "as a problem document" "$(fetch "/api?gone")" '"status":502'

# --- under systemd --------------------------------------------------------------------
"$TEST_BUILD/tests/tools/activate" "$work/worker.sock" "$work/notify.sock" \
    "$BUDGETMAP" serve --config "$conf" >"$work/notes" 2>>"$work/worker.log" &
activate=$!
worker_pid=$(pgrep -P "$activate")
noted() { grep -q "^$1" "$work/notes"; }
check "it says READY=1" wait_for 10 noted READY=1
like "it serves on the inherited socket" "$(status_of "$base/api")" 200
kill -HUP "$activate"
check "it says RELOADING=1" wait_for 5 noted RELOADING=1
twice() { [ "$(grep -c '^READY=1' "$work/notes")" -eq 2 ]; }
check "and READY=1 again" wait_for 10 twice
kill -TERM "$activate"
worker_pid=
wait "$activate"
is "it ends with code 0" "$?" 0
check "it says STOPPING=1" noted STOPPING=1
check "and leaves the socket, which is not its own" test -S "$work/worker.sock"
finish
