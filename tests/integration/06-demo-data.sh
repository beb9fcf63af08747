#!/bin/sh
# The demonstration data: made anew, marked, varied, consistent (TAP).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec node "$here/../geodata/demo.mjs"
