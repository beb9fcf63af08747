#!/usr/bin/env bash
# What must survive: killed processes, swaps under load, a full disk, damage.
. "$(dirname "$0")/lib.sh"

items=/api/collections/projects/items
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

workers() { pgrep -P "$worker_pid"; }
rss_kb() { # of all processes of the service
    local pid total=0
    for pid in "$worker_pid" $(workers); do
        total=$((total + $(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null || echo 0)))
    done
    echo $total
}

# --- a worker is killed under load ---------------------------------------------------
wrk -t1 -c8 -d4s "$base$items?limit=20" >"$work/wrk" 2>&1 &
load=$!
count=$(workers | wc -l)
victim=$(workers | head -n 1)
kill -KILL "$victim"
is "the other workers answer at once" "$(status_of "$base$items?limit=3")" 200
replaced() {
    ! workers | grep -qx "$victim" && [ "$(workers | wc -l)" -ge "$count" ]
}
check "a new worker stands within a second" wait_for 1 replaced
wait "$load"
like "the load went on" "$(cat "$work/wrk")" 'Requests/sec: +[1-9]'
failures=$(sed -n 's/.*Non-2xx or 3xx responses: //p' "$work/wrk")
at_most "requests lost with the killed worker" "${failures:-0}" 16

# --- 10^5 requests, flat memory --------------------------------------------------------
flood() { # REQUESTS
    local done=0 n
    while [ "$done" -lt "$1" ]; do
        n=$(wrk -t1 -c8 -d2s -s "$work/mixed.lua" "$base" |
            sed -n 's/^ *\([0-9]*\) requests in.*/\1/p')
        done=$((done + ${n:-1}))
    done
    echo "# $done requests"
}
cat >"$work/mixed.lua" <<'LUA'
local n = 0
local paths = {
    "/api/collections/projects/items?limit=10&bbox=68.%03d,42,69,43",
    "/api/stats?group=district&min_planned=%d",
    "/tiles/projects/9/353/18%d.geojson",
    "/api/collections/projects/items?q=мектеп&limit=%d",
    "/api/where?lon=68.%03d&lat=43.3",
    "/api/collections/projects/items?f=csv&limit=%d",
    "/api/collections/projects/items?limit=0%d&bbox=nan",
}
function request()
    n = n + 1
    local path = string.format(paths[n % #paths + 1], n % 900 + 1)
    return wrk.format("GET", (path:gsub("[\128-\255]", function(c)
        return string.format("%%%02X", c:byte()) end)))
end
LUA
flood 30000
before=$(rss_kb)
flood 100000
after=$(rss_kb)
at_most "memory after 10^5 requests as a share of before" \
    "$(awk -v a="$after" -v b="$before" 'BEGIN { printf "%.3f", a / b }')" 1.1

# --- each answer belongs to exactly one data version -------------------------------------
id=$(fetch "$items?limit=1" | grep -oE 'TKS-[0-9]{4}-[0-9]{6}' | head -n 1)
reader() { # FILE: what each version answered, until the mark is there
    local answer
    while [ ! -f "$work/stop" ]; do
        answer=$(get -H 'Accept-Encoding: identity' "$base$items?limit=2000")
        printf '%s %s\n' \
            "$(printf '%s' "$answer" | grep -oE '"dataVersion":[0-9]+' | head -n 1)" \
            "$(printf '%s' "$answer" | cksum | tr ' ' -)"
    done >"$1"
}
for n in 1 2 3; do reader "$work/read.$n" & readers="${readers:-} $!"; done
for n in $(seq 8); do
    printf 'id,title_kk\n%s,"Атау %s"\n' "$id" "$n" >"$work/change.csv"
    "$BUDGETMAP" import projects "$work/change.csv" --unit tenge \
        --config "$conf" --apply >/dev/null 2>>"$work/import.log" || break
    seen() { fetch "$items?limit=2000" | grep -q "\"Атау $n\""; }
    wait_for 10 seen
done
: >"$work/stop"
# shellcheck disable=SC2086
wait $readers
is "all eight changes were published" "$n" 8
versions=$(cut -d' ' -f1 "$work"/read.* | sort -u | wc -l)
bodies=$(sort -u "$work"/read.* | wc -l)
is "each version gave one and the same answer to all" "$bodies" "$versions"
like "the readers saw several versions" "$versions" '^([3-9]|[1-9][0-9]+)$'

# --- a damaged snapshot while it runs --------------------------------------------------------
fetch "$items?limit=500" >"$work/whole"
stack_stop
for file in "$work"/snapshots/*.snapshot; do
    is "${file##*/} cannot be cut by mistake" "$(stat -c %a "$file")" 444
    chmod u+w "$file"
    printf 'garbage' | dd of="$file" bs=1 seek=4096 conv=notrunc status=none
done
stack_start >&2
ok $? "it starts over a damaged snapshot"
is "and answers the same" \
    "$(fetch "$items?limit=500" | cksum)" "$(cksum <"$work/whole")"

# --- the supervisor is killed -------------------------------------------------------------------
orphans=$(workers)
kill -KILL "$worker_pid"
wait "$worker_pid" 2>/dev/null
gone() {
    local pid
    for pid in $orphans; do ! kill -0 "$pid" 2>/dev/null || return 1; done
}
check "its workers do not outlive it" wait_for 5 gone
worker_start
check "a restart answers again" wait_for 10 stack_ready
check "the database is intact" "$BUDGETMAP" check --config "$conf"
stack_stop

# --- a full disk ------------------------------------------------------------------------------------
if unshare -rm true 2>/dev/null; then
    full_disk() {
        unshare -rm bash -c '
            set -e
            mount -t tmpfs -o size=64k tmpfs "$1/snapshots"
            "$2" serve --config "$3" 2>>"$1/full.log" &
            pid=$!
            trap "kill -TERM $pid; wait $pid || :" EXIT
            for try in $(seq 100); do
                curl -s --max-time 5 -o "$1/full-answer" "$4" &&
                    ! grep -q "\"status\":50" "$1/full-answer" && break
                read -r -t 0.1 <> <(:) || :
            done
        ' _ "$work" "$BUDGETMAP" "$conf" "$base$items?limit=500"
    }
    rm -f "$work"/snapshots/*
    nginx_start
    full_disk
    is "with a full disk it answers from the database" \
        "$(cksum <"$work/full-answer")" "$(cksum <"$work/whole")"
    like "and says in its log what is wrong" "$(cat "$work/full.log")" \
        '(No space|full|snapshot)'
    stack_stop
else
    skip "a full disk" "unshare -rm is not allowed here"
fi

# --- a newer schema, a damaged database, while it serves ----------------------------------------------
stack_start >&2
id=$(fetch "$items?limit=1" | grep -oE 'TKS-[0-9]{4}-[0-9]{6}' | head -n 1)
health() {
    get --unix-socket "$work/metrics.sock" -w ' %{http_code}' http://localhost/health | tr -d '\n'
}
like "healthy before" "$(health)" '"database":true.* 200$'
schema=$(sqlite3 "$work/budgetmap.db" "PRAGMA user_version")
sqlite3 "$work/budgetmap.db" "PRAGMA user_version = 99"
is "a newer schema is not read" "$(status_of "$base$items/$id")" 503
like "which is said" "$(fetch "$items/$id?lang=en")" \
    'has the schema 99 now; this program knows [0-9]+: the service must be'
like "health says so" "$(health)" '"database":false.* 503$'
says_newer() { grep -q 'no snapshot: .*schema 99' "$work/worker.log"; }
check "and the log" wait_for 5 says_newer
sqlite3 "$work/budgetmap.db" "PRAGMA user_version = $schema"
readable() { [ "$(status_of "$base$items/$id")" = 200 ]; }
check "it is read when it is as it was" wait_for 5 readable
sqlite3 "$work/budgetmap.db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
size=$(stat -c %s "$work/budgetmap.db")
head -c $((size - 4096)) /dev/urandom |
    dd of="$work/budgetmap.db" bs=4096 seek=1 conv=notrunc status=none
like "health tries the data itself" "$(health)" '"database":false.* 503$'
is "a search in damaged data is unavailable" \
    "$(status_of "$base$items?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF")" 503
is "what the index has is answered still" \
    "$(fetch "$items?limit=500" | cksum)" "$(cksum <"$work/whole")"
stack_stop

# --- a damaged database -----------------------------------------------------------------------------
head -c 8192 /dev/urandom | dd of="$work/budgetmap.db" conv=notrunc status=none
rm -f "$work/budgetmap.db-wal" "$work/budgetmap.db-shm" "$work"/snapshots/*
"$BUDGETMAP" serve --config "$conf" >"$work/damaged" 2>&1
is "a damaged database ends the start with its exit code" "$?" 4
like "and one sentence" "$(tail -n 1 "$work/damaged")" 'database'
finish
