#!/bin/sh
# The shipped district layer and the centres, measured (TAP).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec node "$here/../geodata/measure.mjs"
