#!/usr/bin/env bash
# Made-up projects for load tests: as many as asked for, the same every time.
. "$(dirname "$0")/lib.sh"

"$BUDGETMAP" generate --features 2000 --seed 3 >"$work/a.csv"
"$BUDGETMAP" generate --features=2000 --seed=3 >"$work/b.csv"
"$BUDGETMAP" generate --features 2000 --seed 4 >"$work/c.csv"
is "a header and 2000 rows" "$(wc -l <"$work/a.csv")" 2001
check "the same for the same seed" cmp "$work/a.csv" "$work/b.csv"
is "other ones for another seed" \
    "$(cmp -s "$work/a.csv" "$work/c.csv"; echo $?)" 1
is "ids are unique" "$(cut -d, -f1 "$work/a.csv" | sort -u | wc -l)" 2001
is "each is marked" "$(tail -n +2 "$work/a.csv" | grep -c ',1$')" 2000
check "it takes none at all" "$BUDGETMAP" generate --features 0
for words in '' '--features' '--features x' '--features -1' \
    '--features 5000001' '--features 1 --seed x' '--features 1 more'; do
    # shellcheck disable=SC2086
    "$BUDGETMAP" generate $words >"$work/out" 2>"$work/errors"
    is "wrong words: ${words:-none}" "$?" 2
done
"$BUDGETMAP" generate --features 100000 >/dev/full 2>"$work/errors"
is "a full disk is a failure" "$?" 1
finish
