#!/usr/bin/env bash
# The API's description: valid OpenAPI 3.0 in each language, and true.
. "$(dirname "$0")/lib.sh"

export NODE_LIBRARIES=${NODE_LIBRARIES:-$TEST_BUILD/web}
[ -d "$NODE_LIBRARIES/node_modules" ] || {
    skip "the description is valid" "run 'make web' first"
    finish
}
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

files=
for lang in kk ru en; do
    fetch "/api/openapi.json?lang=$lang" >"$work/openapi-$lang.json"
    files="$files $work/openapi-$lang.json"
done
# shellcheck disable=SC2086
node "$top/tests/tools/openapi.mjs" $files
