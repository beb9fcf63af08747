#!/usr/bin/env bash
# nginx/demo.sh as a newcomer runs it: ready line, data, a second run, the end.
. "$(dirname "$0")/lib.sh"

free_port
state=$work/demo
start() {
    : >"$work/demo.out" # or the ready line of the run before counts
    # A shell lets what runs in the background ignore SIGINT: undo that.
    BUDGETMAP_BUILD=$TEST_BUILD env --default-signal=INT "$top/nginx/demo.sh" --port "$port" \
        --state "$state" >"$work/demo.out" 2>"$work/demo.err" &
    demo=$!
}
is_ready() { grep -qx "ready http://127.0.0.1:$port/" "$work/demo.out"; }
ended() { ! kill -0 "$demo" 2>/dev/null; }
count() {
    get "http://127.0.0.1:$port/api/collections/projects/items?limit=1" |
        grep -oE '"numberMatched":[0-9]+'
}
quiet() { ! curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$port/"; }

start
check "the first run gets ready" wait_for 300 is_ready ||
    cat "$work/demo.err"
first=$(count)
like "it shows hundreds of projects" "$first" ':[5-9][0-9][0-9]$'
like "the page is there" "$(get "http://127.0.0.1:$port/")" '<html'
like "demonstration data says so" \
    "$(get "http://127.0.0.1:$port/api/collections/projects/items?limit=1")" \
    '"demo":true'
kill -TERM "$demo"
check "SIGTERM ends it" wait_for 20 ended
check "and everything it started" wait_for 5 quiet
is "no process of it is left" "$(pgrep -f "$state" | wc -l)" 0

begin=$SECONDS
start
check "a second run gets ready" wait_for 60 is_ready
at_most "seconds of the second run" $((SECONDS - begin)) 30
is "and keeps the data" "$(count)" "$first"
kill -INT "$demo"
check "Ctrl-C ends it" wait_for 20 ended

# What an interrupted bootstrap leaves: each step begun, none at its end.
cut=$work/cut
mkdir -p "$cut/build" "$cut/bin"
tar -C "$top" --exclude='./build*' --exclude=./.git --exclude=Makefile.in \
    --exclude=autom4te.cache -cf - . | tar -C "$cut" -xf -
cp -R "$top/build-aux" "$cut/"
rm -f "$cut/build-aux/install-sh"
touch "$cut/build/config.status" "$cut/configure"
chmod +x "$cut/configure"
cat >"$cut/bin/make" <<END
#!/bin/sh
[ "\$1" != -C ] && exec $(command -v make) "\$@"
END
chmod +x "$cut/bin/make"
env -u BUDGETMAP_BUILD PATH="$cut/bin:$PATH" "$cut/nginx/demo.sh" \
    --port "$port" >"$work/cut.out" 2>&1
like "a bootstrap that was cut short is done again, up to make" \
    "$(cat "$work/cut.out")" "failed: make -C $cut/build"
check "and at its end" test -f "$cut/build/Makefile"

for wrong in --port=x "--port 0" "--port 99999999999" "--features 0" \
    "--features x" --what; do
    # shellcheck disable=SC2086
    "$top/nginx/demo.sh" $wrong >"$work/wrong" 2>&1
    is "demo.sh $wrong is refused" "$?" 1
done
finish
