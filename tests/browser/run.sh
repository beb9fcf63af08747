#!/usr/bin/env bash
# The page in Debian's chromium, against a real nginx and worker (TAP).
# With BASE_URL it uses the server that runs there, else it starts one.
. "$(dirname "$0")/../integration/lib.sh"

export NODE_LIBRARIES=${NODE_LIBRARIES:-$TEST_BUILD/web}
CHROMIUM=${CHROMIUM:-$(command -v chromium)} || {
    skip "browser tests" "chromium is not installed"
    finish
}
export CHROMIUM

[ -d "$NODE_LIBRARIES/node_modules" ] || {
    ok 1 "the page is laid out" "run 'make web' first"
    finish
}
if [ -z "${BASE_URL:-}" ]; then
    stack_start >&2 || {
        ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"
        finish
    }
    BASE_URL=$base
fi
export BASE_URL
node --test-reporter=tap "$here/../browser/all.mjs"
