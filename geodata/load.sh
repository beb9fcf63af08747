#!/bin/sh
# Imports what the repository holds into a database that exists.
#
#   load.sh ground|demo PROGRAM [OPTION...]
#
# ground: the districts and the places. demo: the demonstration tables, in the
# order in which they refer to each other. PROGRAM is budgetmap; the options go
# to each of its imports. Ends at the first one that fails.
set -eu

data=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
[ $# -ge 2 ] || { echo "usage: load.sh ground|demo PROGRAM [OPTION...]" >&2; exit 2; }
what=$1
program=$2
shift 2

case $what in
ground)
    "$program" import districts "$data/districts.geojson" --apply "$@"
    "$program" import places "$data/places.csv" --apply "$@"
    ;;
demo)
    for kind in organisations facilities projects funding contracts \
        amendments payments milestones documents; do
        "$program" import "$kind" "$data/demo/$kind.csv" --unit tenge \
            --apply "$@"
    done
    ;;
*)
    echo "load.sh: there is no '$what'" >&2
    exit 2
    ;;
esac
