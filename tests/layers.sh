#!/bin/sh
# Proves the floors: who may include whom, and which library belongs where.
# The table is the one in the README; prints TAP.
set -eu
cd "$(dirname "$0")/.."

floors='base:base
geo:base|geo
format:base|geo|format
query:base|geo|format|query
store:base|geo|query|store
index:base|geo|format|query|index
http:base|http
api:base|geo|format|query|store|index|http|api
app:base|geo|format|query|store|index|http|api|app'

# Library header (extended regular expression) and the only files it may be in.
libraries='utf8proc\.h:src/base/utf8(_fold)?\.c
libdeflate\.h:src/base/gzip\.c
geos_c\.h:src/geo/geos(_[a-z]+)?\.[ch]
proj\.h:src/geo/proj\.c
libxml/:src/format/kml_(read|reading)\.[ch]
jansson\.h:src/format/json_[a-z]+\.[ch]
zip\.h:src/format/kmz(_[a-z]+)?\.c
sqlite3\.h:src/store/[a-z_]+\.[ch]
spatialite(/|\.h):src/store/[a-z_]+\.[ch]
sodium\.h:src/store/(journal_chain|file_hash|accounts)\.c
fcgi(app|_stdio|_config|os)?\.h:src/http/fcgi\.c
pthread\.h:src/(base/zone|(app|http)/[a-z_]+)\.[ch]
linux/landlock\.h:src/app/sandbox\.c'

number=0
failed=0
result() { # NAME OFFENDERS
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        failed=1
        echo "not ok $number - $1"
        echo "$2" | sed 's/^/# /'
    fi
}

for row in $floors; do
    floor=${row%%:*}
    allowed=${row#*:}
    files=$(find "src/$floor" "include/$floor" -name '*.[ch]' 2>/dev/null || :)
    [ -n "$files" ] || continue
    result "$floor includes only its floors" "$(
        grep -nE '^#include "[a-z0-9_]+/' $files /dev/null |
            grep -vE "#include \"($allowed)/" || :)"
    # A header beside its .c is named without a floor and stays on the floor.
    result "$floor has no include that climbs" "$(
        grep -nE '^#include "\.\.?/' $files /dev/null || :)"
done

echo "$libraries" | while IFS=: read -r header place; do
    grep -rnE "^#include <$header" src include |
        grep -vE "^$place:" || :
done >"${TMPDIR:-/tmp}/layers.$$"
result "outside libraries stay in their rooms" \
    "$(cat "${TMPDIR:-/tmp}/layers.$$")"
rm -f "${TMPDIR:-/tmp}/layers.$$"

result "no functions over 60 lines" "$(
    find src tests -name '*.c' | while read -r file; do
        awk -v f="$file" '/^\{/ {s = NR} /^\}/ && s {
            n = NR - s - 1; if (n > 60) print f ":" s " " n " lines"; s = 0 }' \
            "$file"
    done)"
result "no file over 450 lines" "$(
    find src include -name '*.[ch]' | xargs wc -l |
        awk '$2 != "total" && $1 > 450 { print $2, $1 }')"
result "no unsafe functions" "$(
    grep -rnE '\b(sprintf|strcpy|strcat|strtok|atoi|atof|gets|alloca)\(' src include || :)"

echo "1..$number"
exit $failed
