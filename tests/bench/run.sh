#!/usr/bin/env bash
# Benchmarks at N features: the product beside the floor, in one run.
#
#   tests/bench/run.sh N [ROUNDS [SECONDS]]
#
# Environment: TEST_BUILD, BUDGETMAP as in the integration tests. Prints TAP.
. "$(dirname "${BASH_SOURCE[0]}")/../integration/lib.sh"
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
features=${1:-100000}
rounds=${2:-5}
seconds=${3:-1}
million=1000000

. "$bench/mapserver.sh"

wide=$work/wide
floors=()
floor_nginx=()
# libfcgi outlives SIGTERM while it waits for a connection.
stop_floors() {
    [ ${#floors[@]} -eq 0 ] || kill -KILL "${floors[@]}" 2>/dev/null
    [ ${#floor_nginx[@]} -eq 0 ] || kill -QUIT "${floor_nginx[@]}" 2>/dev/null
    floors=()
    floor_nginx=()
}
trap 'stop_floors; mapserver_stop; cleanup' EXIT

milliseconds() { date +%s%3N; }
seconds_since() { awk -v a="$1" -v b="$(milliseconds)" 'BEGIN { printf "%.2f", (b - a) / 1000 }'; }

# Memory of all processes of the service, in bytes (proportional set size).
service_pss() {
    local pid total=0 kb
    for pid in "$worker_pid" $(pgrep -P "$worker_pid"); do
        kb=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null)
        total=$((total + ${kb:-0}))
    done
    echo $((total * 1024))
}

fill() {
    local start
    "$BUDGETMAP" init --database "$work/budgetmap.db" >&2 &&
        "$BUDGETMAP" import districts "$top/geodata/districts.geojson" \
            --database "$work/budgetmap.db" --apply >&2 &&
        "$BUDGETMAP" generate --features "$features" >"$work/generated.csv" ||
        return 1
    start=$(milliseconds)
    "$BUDGETMAP" import projects "$work/generated.csv" --unit tenge \
        --database "$work/budgetmap.db" --apply >&2 || return 1
    seconds_since "$start" >"$work/import-seconds"
}

# A floor for one class of answers behind an nginx of its own.
start_floor() { # CLASS
    local folder=$work/floor-$1 floor_port count
    mkdir -p "$folder"
    count=$(wc -l <"$wide/$1/urls")
    "$TEST_BUILD/tests/bench/floor" "$folder/worker.sock" "$wide/$1" "$count" &
    floor_pid=$!
    floors+=("$floor_pid")
    free_port
    floor_port=$port
    sed "s|unix:$work/worker.sock|unix:$folder/worker.sock|" \
        "$work/budgetmap-generated.conf" >"$folder/budgetmap-generated.conf"
    local user=
    [ "$(id -u)" -ne 0 ] || user="user root;"
    "$top/nginx/render.sh" "$folder" "LISTEN=127.0.0.1:$floor_port" \
        "METRICS_LISTEN=unix:$folder/metrics.sock" "CACHEDIR=$folder/cache" \
        "RUNDIR=$folder" "LOG=$folder/nginx.log" "USER=$user" RATE=1000000r/s \
        BURST=1000000
    "$(command -v nginx || echo /usr/sbin/nginx)" -e "$folder/nginx.log" \
        -c "$folder/nginx.conf" 2>>"$folder/nginx.log" &
    floor_nginx+=($!)
    floor_json="\"$1\":{\"base\":\"http://127.0.0.1:$floor_port\",\"pids\":[$floor_pid,$!]}"
    wait_for 10 curl -fs -o /dev/null "http://127.0.0.1:$floor_port/api?i=0"
}

# A change by another process, until it is seen through nginx and its cache.
visible_after() { # ROUND
    local id start address
    id=$(sed -n 's/.*"id":"\(TKS-[0-9-]*\)".*/\1/p' <(fetch \
        '/api/collections/projects/items?limit=1') | head -n 1)
    address="/api/collections/projects/items?limit=$((3 + $1))"
    fetch "$address" >/dev/null
    fetch "$address" >/dev/null
    before=$(fetch "$address" | grep -oE '"dataVersion":[0-9]+')
    printf 'id,title_kk,status,source_ref\n%s,"Өзгерген атау %s",suspended,\n' \
        "$id" "$1" >"$work/change.csv"
    "$BUDGETMAP" import projects "$work/change.csv" --unit tenge \
        --database "$work/budgetmap.db" --apply >&2 || return 1
    start=$(milliseconds)
    wait_for 10 changed "$address" >&2 || return 1
    seconds_since "$start"
}
changed() { [ "$(fetch "$1" | grep -oE '"dataVersion":[0-9]+')" != "$before" ]; }

check "make the database of $features projects" fill
[ -s "$work/import-seconds" ] || finish
import_seconds=$(cat "$work/import-seconds")
if [ "$features" -le 100000 ]; then
    at_most "import of $features rows in seconds" "$import_seconds" 30
else
    echo "# import of $features rows took $import_seconds s"
fi

stack_configure
stack_start RATE=1000000r/s BURST=1000000 >&2 ||
    { ok 1 "start the stack" "$(tail -n 5 "$work/worker.log")"; finish; }
build_seconds=$(metrics | awk '/^budgetmap_snapshot_build_seconds\{[^}]*projects/ { print $2 }')
[ "$features" -lt "$million" ] ||
    at_most "snapshot of $features features built in seconds" "$build_seconds" 10
echo "# snapshot of $features features built in $build_seconds s"

check "prepare boxes" node "$bench/queries.mjs" "$base" \
    "$work/generated.csv" "$wide"
binding=false
[ "$features" -ge "$million" ] || binding=true
sides=
for class in $(ls "$wide"); do
    product_port=$port
    start_floor "$class" >&2 || ok 1 "start the floor of $class answers"
    port=$product_port
    sides="$sides${sides:+,}$floor_json"
done
missing=$(mapserver_missing)
if [ -n "$missing" ]; then
    skip "MapServer on the same data" "$missing"
else
    mapserver_start >&2
    ok $? "start MapServer on the same data" "$(tail -n 5 "$work/mapserver/nginx.log")"
fi
node "$bench/measure.mjs" "{\"product\":{\"base\":\"$base\",\"pids\":[$worker_pid,$nginx_pid]},\"floors\":{$sides},\"mapserver\":${mapserver_json:-null},\"folder\":\"$wide\",\"rounds\":$rounds,\"seconds\":$seconds,\"binding\":$binding}" \
    >"$work/measured" 2>&1
while IFS= read -r line; do
    case $line in
    "ok "* | "not ok "*) ok "$([ "${line%% *}" = ok ]; echo $?)" "${line#* - }" ;;
    *) echo "$line" ;;
    esac
done <"$work/measured"
like "the measuring came to its end" "$(tail -n 1 "$work/measured")" '^# RESULT '

text=$(wc -c <"$(ls -S "$work"/snapshots/* | head -n 1)")
steady=$(service_pss)
echo "# snapshot file $((text / 1048576)) MB, PSS of all processes $((steady / 1048576)) MB"
if [ "$features" -ge "$million" ]; then
    geojson=$(fetch '/api/collections/projects/items?limit=10000' | wc -c)
    geojson=$((geojson * (features / 10000)))
    at_most "PSS in steady state as a share of the GeoJSON text" \
        "$(awk -v a="$steady" -v b="$geojson" 'BEGIN { printf "%.2f", a / b }')" 1.2
    peak=0
    visible_after 0 >"$work/seen" &
    watch=$!
    while kill -0 "$watch" 2>/dev/null; do
        now=$(service_pss)
        [ "$now" -le "$peak" ] || peak=$now
    done
    at_most "PSS during a swap as a share of the GeoJSON text" \
        "$(awk -v a="$peak" -v b="$geojson" 'BEGIN { printf "%.2f", a / b }')" 2.4
else
    for round in 1 2 3 4 5; do
        seen=$(visible_after "$round") || seen=99
        at_most "a change of another process is visible in seconds" "$seen" 1
    done
fi
finish
