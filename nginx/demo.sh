#!/usr/bin/env bash
# Runs the whole of budgetmap on this machine: installs what is missing, builds,
# fills a database, starts nginx and the worker, prints one address.
#
#   nginx/demo.sh [--port N] [--state DIR] [--features N]
#
# Ctrl-C or SIGTERM stops everything it started.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${BUDGETMAP_BUILD:-$root/build}
port=8080
state=
features=

say() { printf '%s\n' "demo: $*"; }
die() {
    printf '%s\n' "demo: $*" >&2
    exit 1
}

usage() {
    cat <<'TEXT'
Usage: nginx/demo.sh [--port N] [--state DIR] [--features N]

  --port N      listen on 127.0.0.1:N (8080)
  --state DIR   keep database, snapshots and sockets there (build/demo)
  --features N  fill it with N generated projects in place of the 600 that are
                written by hand (seeded: the same N gives the same projects)
  --help        this text

All projects it shows are invented and marked as demonstration data. A second
run keeps the data and starts in seconds. Ctrl-C stops it.
TEXT
}

is_number() { [[ $1 =~ ^[0-9]+$ ]]; }

while [ $# -gt 0 ]; do
    case $1 in
    --port | --state | --features)
        [ $# -ge 2 ] || die "$1 needs a value"
        case $1 in
        --port) is_number "$2" && [ "$2" -ge 1 ] && [ "$2" -le 65535 ] ||
            die "--port takes a number from 1 to 65535"
            port=$2 ;;
        --features) is_number "$2" && [ "$2" -ge 1 ] && [ "$2" -le 2000000 ] ||
            die "--features takes a number from 1 to 2000000"
            features=$2 ;;
        --state) state=$2 ;;
        esac
        shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; die "what is '$1'?" ;;
    esac
done
state=${state:-$build/demo${features:+-$features}}
mkdir -p "$state" || die "cannot make the folder $state"
state=$(cd "$state" && pwd)

# One demonstration a folder and a port: neither may disturb another.
exec 9>"$state/lock"
flock -n 9 || die "another demonstration runs in $state: choose --state"
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    die "port $port is in use: choose another with --port"
fi

# --- build --------------------------------------------------------------------
say "looking for missing packages"
"$root/build-aux/packages.sh" build run

quietly() { # runs a command, shows its output only when it fails
    local log=$state/build.log
    "$@" >"$log" 2>&1 || {
        tail -n 40 "$log" >&2
        die "failed: $* (all of its output: $log)"
    }
}

say "building in $build (the first time takes a minute or two)"
mkdir -p "$build"
# Makefile.in and Makefile are what each step writes last: a step that Ctrl-C
# cut short is done again.
if [ ! -f "$root/Makefile.in" ] ||
    [ "$root/configure.ac" -nt "$root/Makefile.in" ]; then
    (cd "$root" && quietly ./autogen.sh)
fi
if [ ! -f "$build/Makefile" ]; then
    (cd "$build" && quietly "$root/configure")
fi
quietly make -C "$build" -j "$(nproc)"
say "fetching the page's libraries (npm)"
quietly make -C "$build" web
budgetmap=$build/budgetmap

# --- data ---------------------------------------------------------------------
conf=$state/service.conf
database=$state/budgetmap.db
run=$state
[ ${#state} -le 80 ] || run=$(mktemp -d /tmp/budgetmap-XXXXXX)

cat >"$conf" <<CONF
# Written by nginx/demo.sh at each start.
database = $database
snapshot_dir = $state/snapshots
socket = $run/worker.sock
socket_mode = 0660
base_url = http://127.0.0.1:$port
html_dir = $build/html
CONF
mkdir -p "$state/snapshots"

said=(--config "$conf" --who demo.sh --why "demonstration data")
load() { # ground|demo
    "$root/geodata/load.sh" "$1" "$budgetmap" "${said[@]}" ||
        die "could not import what is in geodata"
}

fill() {
    rm -f "$database" "$database-wal" "$database-shm"
    "$budgetmap" init --config "$conf" || die "could not create $database"
    load ground
    if [ -n "$features" ]; then
        say "generating $features projects"
        "$budgetmap" generate --features "$features" >"$state/generated.csv"
        "$budgetmap" import projects "$state/generated.csv" --unit tenge \
            --apply "${said[@]}" || die "could not import the projects"
        rm -f "$state/generated.csv"
    else
        load demo
    fi
    : >"$state/filled"
}

if [ -f "$state/filled" ] && [ -f "$database" ]; then
    say "keeping the data in $state"
    "$budgetmap" init --config "$conf" || die "could not upgrade $database"
else
    say "filling $database with demonstration data"
    fill
fi

# --- run ----------------------------------------------------------------------
as_user=
[ "$(id -u)" -ne 0 ] || as_user="user root;"
"$budgetmap" config --nginx --config "$conf" \
    >"$state/budgetmap-generated.conf"
"$root/nginx/render.sh" "$state" "LISTEN=127.0.0.1:$port" \
    "METRICS_LISTEN=unix:$run/metrics.sock" "CACHEDIR=$state/cache" \
    "RUNDIR=$run" "LOG=$state/nginx.log" "USER=$as_user" RATE=1000r/s \
    BURST=2000
rm -f "$run/metrics.sock"
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -e "$state/nginx.log" -c "$state/nginx.conf" -t -q ||
    die "nginx refuses its configuration: see $state/nginx.log"

worker= web=
stop() {
    trap - EXIT INT TERM
    [ -z "$web" ] || kill -QUIT "$web" 2>/dev/null || true
    [ -z "$worker" ] || kill -TERM "$worker" 2>/dev/null || true
    wait || true
    [ "$run" = "$state" ] || rm -rf "$run"
    say "stopped"
}
trap stop EXIT
trap 'exit 0' INT TERM

"$budgetmap" serve --config "$conf" 2>"$state/worker.log" 9>&- &
worker=$!
export $(sed -n 's/^Environment=//p' "$root/nginx/systemd/nginx-memory.conf")
"$nginx" -e "$state/nginx.log" -c "$state/nginx.conf" 2>>"$state/nginx.log" 9>&- &
web=$!

answers() {
    curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$port/api"
}
for _ in $(seq 300); do
    kill -0 "$worker" 2>/dev/null ||
        die "the worker ended: $(tail -n 3 "$state/worker.log")"
    kill -0 "$web" 2>/dev/null ||
        die "nginx ended: $(tail -n 3 "$state/nginx.log")"
    ! answers || break
    sleep 0.1
done
answers || die "no answer on port $port: see $state/worker.log"

say "logs are in $state; Ctrl-C stops"
printf 'ready http://127.0.0.1:%s/\n' "$port"
wait -n "$worker" "$web" || true
die "a server ended by itself: see $state/worker.log and $state/nginx.log"
