#!/bin/sh
# Whatever the api tells of a failure has its Kazakh and its Russian sentence;
# prints TAP.
set -eu

root=${abs_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}

# The literals of C behind each other are one; formats' numbers are '#'.
one_line() {
    cat "$@" | tr '\n\t' '  ' | sed 's/" *"//g'
}

sentences=$(one_line "$root"/src/http/problem_sentences*.c)
told=$(one_line "$root"/src/api/*.c |
    grep -oE 'err_set\( *&?[a-z]+, *[A-Z_]+, *"[^"]+"' |
    sed 's/^[^"]*//; s/%[a-z]*[dux]/#/g' | grep -v '"%s"' | sort -u)

missing=$(printf '%s\n' "$told" | while IFS= read -r sentence; do
    case $sentences in
    *"{ $sentence"*) ;;
    *) printf '# %s\n' "$sentence" ;;
    esac
done)

echo 1..2
status=0
if [ "$(printf '%s\n' "$told" | wc -l)" -gt 15 ]; then
    echo "ok 1 - sentences are found"
else
    echo "not ok 1 - sentences are found"
    status=1
fi
if [ -z "$missing" ]; then
    echo "ok 2 - each of the api's has its translations"
else
    echo "not ok 2 - each of the api's has its translations"
    printf '%s\n' "$missing"
    status=1
fi
exit $status
