#!/usr/bin/env bash
# What nginx adds: socket, kept connections, buffers, cache, limits, headers.
. "$(dirname "$0")/lib.sh"

items=/api/collections/projects/items

stack_configure "processes = 1" "threads = 2"
stack_start LOGLEVEL=warn >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

# --- socket and kept connections ------------------------------------------------
like "the worker is reached over a unix socket" \
    "$(cat "$work/budgetmap-generated.conf")" 'server "?unix:.*worker\.sock'
like "connections to the worker are kept" "$(cat "$work/budgetmap-worker.conf")" \
    'fastcgi_keep_conn on'

# Forty clients with twenty requests each on connections they keep, over two
# threads: were a kept connection bound to a thread, most would starve. The worker
# stands still until they all have asked.
open_connections() { grep -c "$work/worker.sock" /proc/net/unix; }
crowded() { [ "$(open_connections)" -gt 4 ]; }
clients() {
    local n list=
    for n in $(seq 20); do
        list="$list -o /dev/null $base$items?limit=$((500 + n))"
    done
    for n in $(seq 40); do
        # shellcheck disable=SC2086
        curl -s --max-time 60 -w '%{http_code}\n' $list >"$work/client.$n" &
        waiting="${waiting:-} $!"
    done
}
processes=$(pgrep -P "$worker_pid")
# shellcheck disable=SC2086
kill -STOP $processes
clients
check "more connections are open than there are threads" wait_for 30 crowded
# shellcheck disable=SC2086
kill -CONT $processes
# shellcheck disable=SC2086
wait $waiting
is "800 requests of 40 clients over 2 threads are all answered" \
    "$(cat "$work"/client.* | sort | uniq -c | tr -s ' ')" " 800 200"

# --- buffers ---------------------------------------------------------------------
for n in 1 2 3; do
    fetch "$items?limit=10000" >"$work/large"
done
unlike "a large answer needs no temporary file" "$(cat "$work/nginx.log")" \
    'buffered to a temporary file'

# --- cache -------------------------------------------------------------------------
cache_state() { header_of X-Cache "$@"; }
address=$base$items?limit=77
for n in 1 2; do get -H 'Accept-Encoding: gzip' "$address" >/dev/null; done
like "a repeated request is answered from the cache" \
    "$(cache_state -H 'Accept-Encoding: gzip' "$address")" '^(HIT|REVALIDATED)$'
like "another spelling of the same wish shares its place" \
    "$(cache_state -H 'Accept-Encoding: br, deflate, gzip;q=0.8' "$address")" \
    '^(HIT|REVALIDATED)$'
like "one without gzip has a place of its own" \
    "$(cache_state -H 'Accept-Encoding: gzip;q=0' "$address")" '^MISS$'
is "and is not compressed" \
    "$(header_of Content-Encoding -H 'Accept-Encoding: gzip;q=0' "$address")" ""
is "gzip is sent where it is accepted" \
    "$(header_of Content-Encoding -H 'Accept-Encoding: gzip' "$address")" gzip
like "Vary names what the answer depends on" "$(header_of Vary "$address")" \
    'Accept-Encoding'

poison=$base$items?limit=79
for n in 1 2 3; do headers_of -I "$poison" >/dev/null; done
like "HEAD does not poison the cache" "$(get "$poison")" '"FeatureCollection"'
is "HEAD has no body" "$(get -I "$poison" | tr -d '\r' | sed '1,/^$/d')" ""
is "HEAD tells the length of GET" \
    "$(header_of Content-Length -I -H 'Accept-Encoding: identity' "$poison")" \
    "$(get -H 'Accept-Encoding: identity' "$poison" | wc -c)"

export=$base$items?f=csv
for n in 1 2 3; do header_of X-Cache -H 'Accept-Encoding: identity' "$export"; done >"$work/states"
unlike "an export of any size takes no place in the cache" \
    "$(cat "$work/states")" 'HIT|REVALIDATED'

tag=$(header_of ETag "$address")
like "the entity tag is strong" "$tag" '^"[^"]+"$'
is "the same tag gives 304" "$(status_of -H "If-None-Match: $tag" "$address")" 304
headers=$(headers_of -H "If-None-Match: $tag" "$address")
like "a 304 repeats the tag" "$headers" '^ETag: "'
like "a 304 repeats Cache-Control" "$headers" '^Cache-Control: '
like "a 200 from the cache has its links" "$(headers_of "$address")" \
    '^Link: <.*rel="next"'
unlike "a 304 does not" "$headers" '^Link: '
is "another tag gives 200" \
    "$(status_of -H 'If-None-Match: "other"' "$address")" 200

is "a method that the page's files do not know is told which they do" \
    "$(header_of Allow -X POST "$base/")" "GET, HEAD"

# --- what the reader wants -----------------------------------------------------------
while IFS='|' read -r accept type; do
    is "Accept: $accept" "$(header_of Content-Type -H "Accept: $accept" "$base/api")" "$type"
done <<'END'
*/*|application/json
text/html|text/html; charset=utf-8
text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|text/html; charset=utf-8
text/*|text/html; charset=utf-8
text/html;level=1, application/json;q=0.9|text/html; charset=utf-8
application/geo+json, application/json|application/json
text/html;q=0.5, application/json|application/json
application/json, text/html;q=0.5|application/json
application/vnd.oai.openapi+json, text/html;q=0.9|application/json
text/html; q=0, */*|application/json
text/html;q=0.000|application/json
END
for n in 1 2 3; do
    for lang in kk ru en; do
        is "the answer tells that it is in $lang ($n)" \
            "$(header_of Content-Language -H "Accept-Language: $lang" "$base/api")" "$lang"
    done
done
is "what is in all languages names none" "$(header_of Content-Language "$address")" ""
is "KML is in one" "$(header_of Content-Language "$base$items?f=kml&lang=ru")" ru
is "a page too, once" "$(headers_of "$base$items?f=html&lang=en" |
    grep -ci '^Content-Language: en')" 1
is "so is a refusal" "$(header_of Content-Language "$base$items?limit=x&lang=ru")" ru
tag=$(header_of ETag "$base/api")
unlike "a 304 does not repeat it" "$(headers_of -H "If-None-Match: $tag" "$base/api")" \
    '^Content-Language: '

# --- headers -------------------------------------------------------------------------
policy="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
for path in / /api /d/ "$items?limit=x"; do
    headers=$(headers_of "$base$path")
    like "$path has the strict CSP" "$headers" \
        "^Content-Security-Policy: $policy"
    like "$path forbids sniffing" "$headers" '^X-Content-Type-Options: nosniff'
    unlike "$path tells no version" "$headers" '^Server: nginx/'
    unlike "$path sets no cookie" "$headers" '^Set-Cookie'
done
unlike "the CSP allows nothing inline" "$headers" 'unsafe'
like "answers may be read from any origin" \
    "$(headers_of -H 'Origin: https://example.org' "$base/api")" \
    '^Access-Control-Allow-Origin: \*'
is "/metrics is not public" "$(status_of "$base/metrics")" 404
is "/health is not public" "$(status_of "$base/health")" 404
like "/metrics answers on the inner server" "$(metrics)" '^budgetmap_'
is "a Host header changes nothing in the answer" \
    "$(get -H 'Host: evil.example' "$base/api" | grep -c evil)" 0

# --- nginx's own errors are problem documents -----------------------------------------
long=$(head -c 70000 /dev/zero | tr '\0' a)
problem() { # NAME STATUS CURL-ARGUMENT...
    local name=$1 status=$2 answer
    shift 2
    answer=$(get -D - "$@" 2>/dev/null | tr -d '\r')
    like "$name is $status" "$(printf '%s' "$answer" | head -n 1)" " $status "
    like "$name is a problem document" "$answer" \
        '^Content-Type: application/problem\+json'
}
problem "a broken percent code" 400 "$base/%"
problem "a NUL" 400 "$base/%00"
problem "an endless address" 414 "$base/$long"
problem "an endless header" 431 -H "X-Long: $long" "$base/api"
head -c 100000 /dev/zero >"$work/long-body"
problem "a large body" 413 --data-binary "@$work/long-body" "$base/api"
problem "a missing file" 404 "$base/js/none.js"
page() { # NAME STATUS PATH: who asks for a page gets one, in three languages
    local answer
    answer=$(get -D - -H 'Accept: text/html' "$base$3" | tr -d '\r')
    like "$1 is a page for who asks for one" "$answer" "^HTTP/1.1 $2 "
    like "$1: its type" "$answer" '^Content-Type: text/html; charset=utf-8'
    like "$1: its policy" "$answer" '^Content-Security-Policy: '
    like "$1: its words" "$answer" 'lang="kk">[^<]+</p><p lang="ru">[^<]+</p><p lang="en">'
}
page "a missing file" 404 /js/none.js

# --- stale answers when the worker is gone ---------------------------------------------
for n in 1 2 3; do get "$base$items?limit=11" >"$work/fresh"; done
kill -KILL "$worker_pid"
wait "$worker_pid" 2>/dev/null
worker_pid=
gone() { [ "$(status_of "$base$items?limit=12345")" = 502 ]; }
check "the worker is gone" wait_for 5 gone
is "what is cached is still answered" \
    "$(get "$base$items?limit=11" | cksum)" "$(cksum <"$work/fresh")"
problem "what is not cached" 502 "$base$items?limit=1313"
page "what is not cached" 502 /d/
stack_stop

# --- more keys than the cache has place for -------------------------------------------
# Whether nginx's processes take the last place from each other is up to timing:
# told below, not tested.
stack_start KEYS=32k LOGLEVEL=warn >&2 ||
    { ok 1 "start with little place for keys" "$(tail -n 5 "$work"/*.log)"; finish; }
for n in 1 2 3 4; do
    get -Z --parallel-max 50 -o /dev/null -w '%{http_code}\n' \
        "$base/api/where?lon=68.${n}[1000-3999]&lat=42.3" 2>/dev/null
done | sort | uniq -c | tr -s ' ' >"$work/codes"
is "12000 keys that never come again, in a cache with place for 200" \
    "$(cat "$work/codes")" " 12000 200"
echo "# nginx had no place for a key $(grep -c 'could not allocate node' \
    "$work/nginx.log") times"
stack_stop

# --- request limits -------------------------------------------------------------------
stack_configure
seen=$(wc -l <"$work/nginx.log")
stack_start RATE=2r/s BURST=5 >&2 ||
    { ok 1 "start with a low limit" "$(tail -n 5 "$work"/*.log)"; finish; }
for n in $(seq 40); do status_of "$base/api"; echo; done >"$work/codes"
like "a flood is refused" "$(sort "$work/codes" | uniq -c)" ' 429'
like "a refusal is a problem document" "$(get "$base/api")" '"status":429'
get -o /dev/null --data-binary "@$work/long-body" "$base/api?q=qupiya"
unlike "nginx's log tells nobody's address and question" \
    "$(sed "1,${seen}d" "$work/nginx.log")" '127\.0\.0\.1|qupiya|GET'

finish
