#!/bin/sh
# Every header compiles alone, and with itself once more; prints TAP. The
# compiler is CC.
set -eu

root=${abs_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
number=0
failed=0

cd "$root"
for header in $(find include src -name '*.h' | LC_ALL=C sort); do
    case $header in
    include/*) name=${header#include/} ;;
    *) name=${header#src/} ;;
    esac
    number=$((number + 1))
    if problem=$(printf '#include "%s"\n#include "%s"\n' "$name" "$name" |
        ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -Iinclude \
            -Isrc ${HEADER_CFLAGS:-} -fsyntax-only -x c - 2>&1); then
        echo "ok $number - $name"
    else
        failed=1
        echo "not ok $number - $name"
        printf '%s\n' "$problem" | sed 's/^/# /'
    fi
done
echo "1..$number"
exit $failed
