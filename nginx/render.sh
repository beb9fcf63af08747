#!/bin/sh
# Writes the nginx configuration of one installation into a folder.
#
#   render.sh OUT KEY=VALUE...
#
# Keys: CONFDIR (where the includes will lie; default OUT), CACHEDIR, LISTEN,
# METRICS_LISTEN, RATE (requests a second and address), BURST, KEYS (memory for
# the cache's keys; a megabyte holds 8000), LOG and LOGLEVEL (below "crit" it
# tells who asked for what); for a server of its own also RUNDIR (pid, temp
# paths) and USER. OUT must hold budgetmap-generated.conf, made by
# `budgetmap config --nginx`.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: render.sh OUT KEY=VALUE..." >&2; exit 2; }
out=$1
shift

defaults='CACHEDIR=/var/lib/nginx/budgetmap LISTEN=80
    METRICS_LISTEN=127.0.0.1:9180 RATE=50r/s BURST=200 KEYS=16m
    RUNDIR=/run/budgetmap LOG=/var/log/nginx/error.log LOGLEVEL=crit USER='
# What was given comes first and so leaves nothing for the default to replace.
script=
for pair in "$@" "CONFDIR=$out" $defaults; do
    case $pair in
    [A-Z]*=*) ;;
    *) echo "render.sh: '$pair' is not KEY=VALUE" >&2; exit 2 ;;
    esac
    script="$script
s|@${pair%%=*}@|${pair#*=}|g"
done

mkdir -p "$out"
sed "$script" "$here/site.conf.in" >"$out/budgetmap.conf"
sed "$script" "$here/worker.conf.in" >"$out/budgetmap-worker.conf"
sed "$script" "$here/headers.conf.in" >"$out/budgetmap-headers.conf"
sed "$script" "$here/nginx.conf.in" >"$out/nginx.conf"
confdir=$(printf '@CONFDIR@\n' | sed "$script")
sh "$here/problems.sh" pages >"$out/budgetmap-errors.conf"
sh "$here/problems.sh" documents "$confdir" >"$out/budgetmap-problems.conf"
