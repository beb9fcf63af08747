#!/usr/bin/env bash
# Installs what tests need, builds, and runs all tests.
#
#   tests/run.sh [GROUP...]
#
# Groups: layers unit integration browser fuzz sanitizers distcheck (these run
# when none is named), bench, 1m. Ends with "N passed, N failed".
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${BUDGETMAP_BUILD:-$root/build}
usual='layers unit integration browser fuzz sanitizers distcheck'
passed=0
failed=0
skipped=0
tap_limit=900 # seconds of one program

say() { printf '\n== %s\n' "$*"; }
die() {
    printf 'run.sh: %s\n' "$*" >&2
    exit 1
}

# Counts the TAP on standard input and lets it through. A script that ends badly
# or without its plan counts as one more failure.
count_tap() { # NAME
    local line ok=0 bad=0 skip=0 plan=
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        "ok "*"# SKIP"*) skip=$((skip + 1)) ;;
        "ok "*) ok=$((ok + 1)) ;;
        "not ok "*) bad=$((bad + 1)) ;;
        1..*) plan=${line#1..} plan=${plan%% *} ;;
        esac
    done
    if [ "$plan" != $((ok + bad + skip)) ]; then
        echo "not ok - $1 ran $((ok + bad + skip)) tests of ${plan:-no plan}"
        bad=$((bad + 1))
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    skipped=$((skipped + skip))
}

run_tap() { # NAME COMMAND...
    local name=$1 out=$build/test-logs/$1.tap
    shift
    mkdir -p "$build/test-logs"
    echo "# $name"
    timeout "$tap_limit" "$@" >"$out" 2>"$out.err" || :
    count_tap "$name" <"$out"
    [ ! -s "$out.err" ] || ! grep -q '^not ok' "$out" ||
        tail -n 20 "$out.err" | sed 's/^/# /'
}

one() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok - $1"
    else
        failed=$((failed + 1))
        echo "not ok - $1"
    fi
}

logged() { # NAME COMMAND...: one test, its output shown when it fails
    local name=$1 log=$build/test-logs/$1.log status=0
    shift
    mkdir -p "$build/test-logs"
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || tail -n 40 "$log" | sed 's/^/# /'
    one "$name" "$status"
}

# --- building --------------------------------------------------------------------
configure_in() { # FOLDER CONFIGURE-ARGUMENT...
    local folder=$1
    shift
    mkdir -p "$folder"
    [ -f "$root/Makefile.in" ] &&
        [ ! "$root/configure.ac" -nt "$root/Makefile.in" ] ||
        (cd "$root" && ./autogen.sh) || return 1
    [ -f "$folder/Makefile" ] || (cd "$folder" && "$root/configure" "$@")
}

build_in() { # FOLDER CONFIGURE-ARGUMENT...
    configure_in "$@" && make -C "$1" -j "$(nproc)"
}

build_main() {
    build_in "$build" --enable-werror && make -C "$build" web
}

# Runs `make check` in a build tree and adds automake's totals.
check_in() { # NAME FOLDER
    local log=$build/test-logs/$1.log n
    mkdir -p "$build/test-logs"
    echo "# make check: $1"
    make -C "$2" -j "$(nproc)" check >"$log" 2>&1 || :
    if ! grep -q '^# TOTAL:' "$log"; then
        tail -n 40 "$log" | sed 's/^/# /'
        one "$1 builds its tests" 1
        return 0
    fi
    grep -E '^(PASS|FAIL|ERROR|SKIP|XPASS)' "$log" || :
    total() { awk -v k="# $1:" 'index($0, k) == 1 { n += $3 } END { print n + 0 }' "$log"; }
    passed=$((passed + $(total PASS)))
    skipped=$((skipped + $(total SKIP)))
    n=$(($(total FAIL) + $(total ERROR) + $(total XPASS)))
    failed=$((failed + n))
    [ "$n" -eq 0 ] || grep -A 15 '^not ok' "$2"/tests/unit/*.log |
        head -n 60 | sed 's/^/# /' || :
}

# --- groups ----------------------------------------------------------------------
group_layers() { run_tap layers sh "$root/tests/layers.sh"; }

group_unit() { check_in unit "$build"; }

group_integration() {
    local script
    for script in "$root"/tests/integration/[0-9]*.sh; do
        run_tap "$(basename "$script" .sh)" env TEST_BUILD="$build" \
            BUDGETMAP="$build/budgetmap" bash "$script"
    done
}

group_browser() {
    run_tap browser env TEST_BUILD="$build" BUDGETMAP="$build/budgetmap" \
        bash "$root/tests/browser/run.sh"
}

group_fuzz() {
    local folder=$build/fuzz
    logged fuzz-build build_in "$folder" CC=clang --enable-fuzzing \
        --enable-sanitizers=address,undefined
    logged fuzz-targets make -C "$folder" -j "$(nproc)" fuzz-targets
    run_tap fuzz env TEST_BUILD="$folder" bash "$root/tests/fuzz/run.sh"
}

group_sanitizers() {
    logged asan-build build_in "$build/asan" \
        --enable-sanitizers=address,undefined
    UBSAN_OPTIONS=print_stacktrace=1 check_in asan "$build/asan"
    logged tsan-build build_in "$build/tsan" --enable-sanitizers=thread
    TSAN_OPTIONS=halt_on_error=1 check_in tsan "$build/tsan"
}

group_distcheck() {
    logged distcheck make -C "$build" distcheck \
        AM_DISTCHECK_JOBS="-j$(nproc)"
}

# The rule of the Makefile, which also builds the floor.
bench_of() { # NAME FEATURES
    local tap_limit=2400 # a million rows have to be made and imported
    run_tap "$1" make -s --no-print-directory -C "$build" bench "FEATURES=$2"
}

group_bench() { bench_of bench 100000; }

group_1m() { bench_of 1m 1000000; }

groups=${*:-$usual}
for group in $groups; do
    declare -F "group_$group" >/dev/null || die "no group '$group'; there are: $usual bench 1m"
done

say "packages"
needs='build run test'
case " $groups " in *" bench "* | *" 1m "*) needs="$needs bench" ;; esac
# shellcheck disable=SC2086
"$root/build-aux/packages.sh" $needs

case $groups in
layers) ;;
*)
    say "build"
    mkdir -p "$build"
    logged build build_main
    ;;
esac

for group in $groups; do
    say "$group"
    start=$SECONDS
    "group_$group"
    echo "# $group took $((SECONDS - start)) s"
done

echo
[ "$skipped" -eq 0 ] || echo "$skipped skipped, each with its reason above"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
