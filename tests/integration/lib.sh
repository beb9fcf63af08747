# Shared by the integration tests (bash): TAP, a stack of real nginx and worker
# in a temporary folder, small HTTP helpers. Source it, then call the functions.
# Environment: BUDGETMAP (the program), TEST_BUILD (build tree).
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
TEST_BUILD=${TEST_BUILD:-${abs_builddir:-$top/build}}
BUDGETMAP=${BUDGETMAP:-$TEST_BUILD/budgetmap}
export LC_ALL=C.UTF-8

# --- TAP ---------------------------------------------------------------------
tap_number=0
tap_failed=0

ok() { # STATUS NAME [DIAGNOSIS]
    tap_number=$((tap_number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_number - $2"
    else
        tap_failed=1
        echo "not ok $tap_number - $2"
        [ -z "${3:-}" ] || printf '%s\n' "$3" | head -n 20 | cut -c 1-300 | sed 's/^/# /'
    fi
}
check() { # NAME COMMAND...: passes when the command does
    local name=$1 output status=0
    shift
    output=$("$@" 2>&1) || status=$?
    ok "$status" "$name" "$output"
}
is() { # NAME GOT WANTED
    local status=0
    [ "$2" = "$3" ] || status=1
    ok $status "$1" "got: $2
wanted: $3"
}
like() { # NAME TEXT PATTERN (extended regular expression)
    local status=0
    # To grep the lines of a pattern are alternatives.
    case $3 in
    *$'\n'*) [[ $2 =~ $3 ]] || status=1 ;;
    *) printf '%s' "$2" | grep -qE -- "$3" || status=1 ;;
    esac
    ok $status "$1" "no match of $3 in: $(printf '%s' "$2" | head -c 600)"
}
unlike() { # NAME TEXT PATTERN
    local status=0
    ! printf '%s' "$2" | grep -qE -- "$3" || status=1
    ok $status "$1" "match of $3 in: $(printf '%s' "$2" | head -c 600)"
}
at_most() { # NAME NUMBER LIMIT
    local status=0
    awk -v n="$2" -v m="$3" 'BEGIN { exit !(n <= m) }' || status=1
    ok $status "$1 ($2 of at most $3)"
}
skip() { # NAME REASON
    tap_number=$((tap_number + 1))
    echo "ok $tap_number - $1 # SKIP $2"
}
finish() {
    echo "1..$tap_number"
    exit $tap_failed
}

# --- the program ---------------------------------------------------------------
run() { # COMMAND...: text of both streams in $output, exit code in $status
    status=0
    output=$("$BUDGETMAP" "$@" 2>&1 </dev/null) || status=$?
}
leaves() { # NAME CODE PATTERN COMMAND...
    local name=$1 wanted=$2 pattern=$3
    shift 3
    run "$@"
    is "$name: exit code" "$status" "$wanted"
    like "$name: text" "$output" "$pattern"
}

# --- a stack: database, worker, nginx ------------------------------------------
work=$(mktemp -d "${TMPDIR:-/tmp}/budgetmap-test-XXXXXX")
chmod 755 "$work"
conf=$work/settings.conf
worker_pid=
nginx_pid=
port=
base=

cleanup() {
    stack_stop
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# The demonstration database, made once for all tests.
demo_database() {
    local made=$TEST_BUILD/test-data/demo.db
    (
        mkdir -p "$TEST_BUILD/test-data"
        exec 9>"$TEST_BUILD/test-data/lock"
        flock 9
        if [ ! -f "$made" ] || [ "$BUDGETMAP" -nt "$made" ]; then
            rm -f "$made" "$made".*
            make_database "$made.new" && mv "$made.new" "$made"
        fi
    ) >&2 || return 1
    echo "$made"
}

make_database() { # FILE
    rm -f "$1" "$1-wal" "$1-shm"
    "$BUDGETMAP" init --database "$1" &&
        "$top/geodata/load.sh" ground "$BUDGETMAP" --database "$1" &&
        "$top/geodata/load.sh" demo "$BUDGETMAP" --database "$1" &&
        sqlite_settle "$1"
}

# Folds the write-ahead log into the file, so that one file is the database.
sqlite_settle() {
    "$BUDGETMAP" backup "$1.settled" --database "$1" &&
        rm -f "$1-wal" "$1-shm" && mv "$1.settled" "$1"
}

free_port() {
    local try
    for try in $(seq 50); do
        # Below the ports that connections going out are given.
        port=$((10000 + RANDOM % 22000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

# Writes the configuration; further lines go to its end.
stack_configure() { # [LINE...]
    free_port
    base=http://127.0.0.1:$port
    mkdir -p "$work/snapshots"
    {
        echo "database = $work/budgetmap.db"
        echo "snapshot_dir = $work/snapshots"
        echo "socket = $work/worker.sock"
        echo "base_url = $base"
        if [ -d "$TEST_BUILD/html" ]; then
            echo "html_dir = $TEST_BUILD/html"
        else
            echo "html_dir = $top/nginx/html"
        fi
        [ $# -eq 0 ] || printf '%s\n' "$@"
    } >"$conf"
}

worker_start() {
    "$BUDGETMAP" serve --config "$conf" 2>>"$work/worker.log" &
    worker_pid=$!
}

# nginx as its unit has it (nginx/systemd/nginx-memory.conf).
nginx_memory() {
    export $(sed -n 's/^Environment=//p' "$top/nginx/systemd/nginx-memory.conf")
}

nginx_start() { # [KEY=VALUE...] for nginx/render.sh
    local user= nginx
    [ "$(id -u)" -ne 0 ] || user="user root;"
    "$BUDGETMAP" config --nginx --config "$conf" \
        >"$work/budgetmap-generated.conf"
    "$top/nginx/render.sh" "$work" "$@" "LISTEN=127.0.0.1:$port" \
        "METRICS_LISTEN=unix:$work/metrics.sock" "CACHEDIR=$work/cache" \
        "RUNDIR=$work" "LOG=$work/nginx.log" "USER=$user" RATE=1000000r/s \
        BURST=1000000
    nginx=$(command -v nginx || echo /usr/sbin/nginx)
    nginx_memory
    "$nginx" -e "$work/nginx.log" -c "$work/nginx.conf" 2>>"$work/nginx.log" &
    nginx_pid=$!
}

# Waits until a command succeeds, for at most SECONDS; says so when it does not.
wait_for() { # SECONDS COMMAND...
    local limit=$(($1 * 20)) try
    shift
    for ((try = 0; try < limit; try++)); do
        ! "$@" >/dev/null 2>&1 || return 0
        read -r -t 0.05 <> <(:) || :
    done
    echo "# waited in vain for: $*"
    return 1
}

stack_ready() {
    curl -fs -o /dev/null --max-time 2 "$base/api"
}
snapshot_ready() {
    metrics | grep -qE '^budgetmap_snapshot_version\{[^}]*projects[^}]*\} [1-9]'
}

# Everything, on a copy of the demonstration database.
stack_start() { # [KEY=VALUE...] for nginx/render.sh
    [ -f "$work/budgetmap.db" ] ||
        cp "$(demo_database)" "$work/budgetmap.db" || return 1
    [ -f "$conf" ] || stack_configure
    worker_start
    nginx_start "$@"
    wait_for 20 stack_ready && wait_for 20 snapshot_ready
}

stack_stop() {
    if [ -n "$nginx_pid" ]; then
        kill -QUIT "$nginx_pid" 2>/dev/null
        wait "$nginx_pid" 2>/dev/null
        nginx_pid=
    fi
    if [ -n "$worker_pid" ]; then
        kill -TERM "$worker_pid" 2>/dev/null
        wait "$worker_pid" 2>/dev/null
        worker_pid=
    fi
    return 0
}

# --- HTTP ----------------------------------------------------------------------
get() { curl -sS --max-time 30 "$@"; }
fetch() { get "$base$1"; }                       # PATH
status_of() { get -o /dev/null -w '%{http_code}' "$@"; }
headers_of() { get -o /dev/null -D - "$@" | tr -d '\r'; }
header_of() { # NAME CURL-ARGUMENT...
    local name=$1
    shift
    headers_of "$@" | sed -n "s/^$name: //Ip" | tail -n 1
}
metrics() { get --unix-socket "$work/metrics.sock" http://localhost/metrics; }
