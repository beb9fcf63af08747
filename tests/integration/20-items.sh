#!/usr/bin/env bash
# The API over the whole stack: what is selected, in every format, page by page.
. "$(dirname "$0")/lib.sh"

stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

items=/api/collections/projects/items
member() { # NAME < JSON
    grep -oE "\"$1\":[0-9.]+" | head -n 1 | cut -d: -f2
}
matched() { fetch "$items?limit=1&$1" | member numberMatched; }
ids() { grep -oE '"id":"TKS-[0-9]{4}-[0-9]{6}"' | sort; }

# --- the same answers by snapshot and by SQL ------------------------------------
equal=$TEST_BUILD/tests/tools/api_equal
if [ -x "$equal" ]; then
    check "snapshot and SQL answer alike on the demonstration data" \
        "$equal" "$(demo_database)"
else
    skip "snapshot and SQL answer alike" "api_equal is not built"
fi

# --- filters ------------------------------------------------------------------------
all=$(matched '')
like "there are projects" "$all" '^[1-9][0-9]{2,}$'
sum=0
for status in identification preparation implementation completion maintenance \
    decommissioning decommissioned cancelled suspended; do
    sum=$((sum + $(matched "status=$status")))
done
is "each project has one status" "$sum" "$all"
is "overdue or not" "$(($(matched overdue=true) + $(matched overdue=false)))" "$all"
is "with a place or without" \
    "$(($(matched place=located) + $(matched place=none)))" "$all"
is "two statuses together" "$(matched status=completion,cancelled)" \
    "$(($(matched status=completion) + $(matched status=cancelled)))"
like "a range of amounts" "$(matched 'min_planned=100000000&max_planned=500000000')" \
    '^[1-9]'
is "Kazakh letters and their Russian look" \
    "$(fetch "$items?limit=1000&q=%D2%9A%D0%90%D0%97%D0%AB%D2%92%D2%B0%D0%A0%D0%A2" | ids | cksum)" \
    "$(fetch "$items?limit=1000&q=%D0%BA%D0%B0%D0%B7%D1%8B%D0%B3%D1%83%D1%80%D1%82" | ids | cksum)"
like "and it finds something" "$(matched q=%D0%BA%D0%B0%D0%B7%D1%8B%D0%B3%D1%83%D1%80%D1%82)" \
    '^[1-9]'

# --- boxes: a box cut in two is the two together, and what lies on both ------------
located="place=located&limit=10000"
west=$(fetch "$items?bbox=67,41,69,45&$located" | ids)
east=$(fetch "$items?bbox=69,41,71,45&$located" | ids)
both=$(fetch "$items?bbox=67,41,71,45&$located" | ids)
inner=$(fetch "$items?bbox=68,38,69,48&$located" | ids)
outer=$(fetch "$items?bbox=69,38,68,48&$located" | ids)
is "a box is its two halves" "$(printf '%s\n%s\n' "$west" "$east" | sort -u | cksum)" \
    "$(printf '%s\n' "$both" | cksum)"
is "a box and the one around the other side of the earth are all" \
    "$(printf '%s\n%s\n' "$inner" "$outer" | sort -u | wc -l)" \
    "$(matched place=located)"
like "and each holds some" "$(printf '%s\n' "$inner" | wc -l) $(printf '%s\n' "$outer" | wc -l)" \
    '^[1-9][0-9]* [1-9]'
is "six numbers mean the same" "$(matched 'bbox=67,41,-100,71,45,9000&place=located')" \
    "$(matched 'bbox=67,41,71,45&place=located')"
is "without a place is in every box" "$(matched 'bbox=1,1,2,2')" "$(matched place=none)"

# --- pages ----------------------------------------------------------------------------
url=$base$items?limit=89
: >"$work/ids"
pages=0
while [ -n "$url" ] && [ "$pages" -lt 50 ]; do
    get "$url" >"$work/page"
    ids <"$work/page" >>"$work/ids"
    pages=$((pages + 1))
    url=$(grep -oE '"href":"[^"]*","rel":"next"' "$work/page" | cut -d'"' -f4 |
        sed 's/\\u0026/\&/g')
done
is "pages together are all" "$(sort -u "$work/ids" | wc -l)" "$all"
is "none comes twice" "$(wc -l <"$work/ids")" "$all"
is "a huge limit is the largest" "$(fetch "$items?limit=99999999999999999999" |
    member numberReturned)" "$all"

# --- formats -------------------------------------------------------------------------------
for row in "geojson application/geo[+]json" "csv text/csv" \
    "kml application/vnd.google-earth.kml[+]xml"; do
    format=${row%% *}
    headers=$(headers_of "$base$items?f=$format&limit=3")
    like "$format has its media type" "$headers" "^Content-Type: ${row#* }"
    like "$format has a strong tag" "$headers" '^ETag: "[0-9a-f]+"$'
    tag=$(header_of ETag "$base$items?f=$format&limit=3")
    is "$format: 304 for it" "$(status_of -H "If-None-Match: $tag" \
        "$base$items?f=$format&limit=3")" 304
    like "$format: CORS" "$headers" '^Access-Control-Allow-Origin: \*$'
done
like "CSV tells its next page" "$(header_of Link "$base$items?f=csv&limit=3")" 'rel="next"'
fetch "$items?f=csv" >"$work/export.csv"
like "CSV comes in again unchanged" "$("$BUDGETMAP" import projects \
    "$work/export.csv" --unit tenge --config "$conf" 2>&1)" \
    " 0 new, 0 changed, $all unchanged, 0 withdrawn, 0 refused"

# --- a period of work, in every answer ------------------------------------------------------
for when in 2024-06-01 2024-06-01T00:00:00Z 2024-01-01/2024-12-31 ../2022-12-31; do
    n=$(matched "datetime=$when")
    is "datetime=$when: as many in CSV, a sequence, KML and sums" \
        "$(fetch "$items?f=csv&datetime=$when" | tail -n +2 | wc -l) $(
            fetch "$items?f=geojsonseq&datetime=$when" | wc -l) $(
            fetch "$items?f=kml&datetime=$when" | grep -c '<Placemark') $(
            fetch "/api/stats?datetime=$when" | sed 's/.*"total"//' | member count)" \
        "$n $n $n $n"
done
is "a time before all works" "$(matched datetime=1990-01-01)" \
    "$(matched "filter=planned_start%20IS%20NULL%20AND%20actual_start%20IS%20NULL")"

# --- HEAD and OPTIONS ------------------------------------------------------------------------
for path in /api "$items?limit=2" "$items?f=gpkg" "$items/$(head -n 1 "$work/ids" |
    cut -d'"' -f4)" /api/collections/districts/queryables; do
    is "HEAD $path is as long as GET" "$(get -I "$base$path" | tr -d '\r' |
        sed -n 's/^Content-Length: //Ip')" "$(fetch "$path" | wc -c)"
    like "OPTIONS $path" "$(get -X OPTIONS -o /dev/null -D - "$base$path")" \
        '^Allow: GET, HEAD, OPTIONS'
    is "POST $path" "$(status_of -X POST "$base$path")" 405
done

# --- one project, sums, places ----------------------------------------------------------------
id=$(head -n 1 "$work/ids" | cut -d'"' -f4)
record=$(fetch "$items/$id")
for part in funding contracts payments milestones documents history; do
    like "the record has $part" "$record" "\"$part\":\\["
done
stats=$(fetch "/api/stats?group=district")
is "sums are of all" "$(printf '%s' "$stats" | sed 's/.*"total"//' | member count)" "$all"
groups=$(printf '%s' "$stats" | sed 's/.*"groups"//' | grep -oE '"en":"[^"]*"},"count":[0-9]+' |
    awk -F: '{ n += $NF } END { print n }')
is "districts and none together are all" "$groups" "$all"
tile=$(fetch "/tiles/projects/0/0/0.geojson")
is "the tile of the world counts all that have a place" \
    "$(printf '%s' "$tile" | member count)" "$(matched place=located)"
like "where: Turkistan" "$(fetch "/api/where?lon=68.261&lat=43.302")" '"kato":"611000000"'
like "where: nowhere" "$(fetch "/api/where?lon=0&lat=0")" '"district":null'
like "places" "$(fetch "/api/places?q=%D0%BA%D0%B5%D0%BD%D1%82")" '"name_ru":"'

# --- pages without JavaScript -------------------------------------------------------------------
for lang in kk ru en; do
    page=$(fetch "/d/?lang=$lang")
    like "/d/ in $lang" "$page" "<html lang=\"$lang\">"
    like "/d/ in $lang lists districts" "$page" '<a href="/d/611000000\?lang='
    like "/p/ in $lang" "$(fetch "/p/$id?lang=$lang")" "<html lang=\"$lang\">"
    like "/words in $lang" "$(fetch "/words?lang=$lang")" '<dt id="planned">'
done
like "the page follows Accept-Language" \
    "$(get -H 'Accept-Language: ru' "$base/d/611000000")" '<html lang="ru">'
like "the page is marked as a demonstration" "$(fetch "/p/$id?lang=en")" \
    'Demonstration data: this project is invented'
like "addresses of campaigns are passed over" \
    "$(status_of "$base/d/?utm_source=x&fbclid=y")" 200
like "a page that is not there, for people" \
    "$(get -H 'Accept: text/html' "$base/d/1?lang=en")" 'There is no such page'

# --- refusals over HTTP ---------------------------------------------------------------------------
refusals="$items?limit=0 $items?limit= $items?bbox=1,2,3 $items?bbox=NaN,1,2,3
    $items?unknownQueryParameter=1 $items?limit=1&limit=2 $items?q=%FF $items?q=%00
    $items?district=999999999 $items?cursor=abc $items?status=zqxjk /api/where
    /tiles/projects/23/0/0.geojson /tiles/projects/1/2/0.geojson
    $items/../../etc/passwd%00 /api/%2e%2e%2fetc /d/?limit=x"
for path in $refusals; do
    answer=$(get --path-as-is -w '\n%{http_code} %{content_type}' "$base$path")
    like "$path is refused" "${answer##*$'\n'}" '^4[0-9]{2} application/problem\+json'
    unlike "$path is not echoed" "$answer" 'zqxjk|passwd'
done
finish
