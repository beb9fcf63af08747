#!/bin/sh
# Gives each fuzz target the files of its corpus; prints TAP. A target is a
# fuzz_NAME.c here, its corpus is corpus/NAME.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=${abs_builddir:-$here/../..}/tests/fuzz
number=0
failed=0

for source in "$here"/fuzz_*.c; do
    program=$(basename "$source" .c)
    name=${program#fuzz_}
    number=$((number + 1))
    files=$(ls "$here/corpus/$name" | wc -l)
    if "$build/$program" "$here/corpus/$name"/* 2>"$build/$program.err"; then
        echo "ok $number - $name outlives its corpus of $files files"
    else
        failed=1
        echo "not ok $number - $name outlives its corpus of $files files"
        tail -n 30 "$build/$program.err" | sed 's/^/# /'
    fi
    rm -f "$build/$program.err"
done
echo "1..$number"
exit $failed
