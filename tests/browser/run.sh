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
    "$BUDGETMAP" import layer trees "$here/../browser/trees.geojson" --apply \
        --title-kk Ағаштар --title-ru Деревья --title-en Trees --licence CC0 \
        --source "Parks office" --attribution "Parks of the oblast" \
        --date 2026-03-01 --database "$work/budgetmap.db" >&2
    has_layer() { fetch /api/collections | grep -q '"id":"trees"'; }
    wait_for 10 has_layer >&2
    BASE_URL=$base
fi
export BASE_URL
node --test-reporter=tap "$here/../browser/all.mjs"
