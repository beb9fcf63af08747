#!/usr/bin/env bash
# Lets libFuzzer search each target for FUZZ_SECONDS (20); prints TAP. The build
# folder TEST_BUILD was made with CC=clang --enable-fuzzing
# --enable-sanitizers=address,undefined. What breaks a target is kept in
# TEST_BUILD/tests/fuzz/found/NAME and belongs into corpus/NAME once repaired.
#
#   tests/fuzz/run.sh [NAME...]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${TEST_BUILD:-$here/../../build/fuzz}
seconds=${FUZZ_SECONDS:-20}
number=0
failed=0

fuzz() { # NAME
    local name=$1 work=$build/tests/fuzz/work/$1 found=$build/tests/fuzz/found/$1
    local log=$build/tests/fuzz/$1.log
    mkdir -p "$work" "$found"
    # New inputs go to the first folder, so the corpus stays as it is.
    if timeout $((seconds + 120)) "$build/tests/fuzz/fuzz_$name" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=65536 -print_final_stats=1 -artifact_prefix="$found/" \
        "$work" "$here/corpus/$name" >"$log" 2>&1; then
        echo "ok $number - $name, $(sed -n \
            's/^stat::number_of_executed_units: //p' "$log") inputs"
    else
        failed=1
        echo "not ok $number - $name"
        tail -n 40 "$log" | sed 's/^/# /'
    fi
}

if [ $# -eq 0 ]; then
    for source in "$here"/fuzz_*.c; do
        name=$(basename "$source" .c)
        set -- "$@" "${name#fuzz_}"
    done
fi
for name; do
    number=$((number + 1))
    fuzz "$name"
done
echo "1..$number"
exit $failed
