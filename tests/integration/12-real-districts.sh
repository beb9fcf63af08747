#!/usr/bin/env bash
# Real boundaries and real settlements, where this machine has them: each
# project must find the district it lies in.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

real=${GEODATA:-$top/../shared/geodata}
db=$work/budgetmap.db
export BUDGETMAP_DATABASE=$db

if [ ! -f "$real/turkistan_adm2_osm.geojson" ]; then
    skip "real districts" "no real data on this machine"
    finish
fi

# The known answers: what, longitude, latitude, KATO of the district or none.
known() {
    cat <<'ANSWERS'
Turkistan,68.270,43.302,611000000
Shornak,68.024,43.395,615500000
Shymkent,69.590,42.342,
Tashkent,69.280,41.311,
Kyzylorda,66.500,44.500,
Taraz,71.370,42.900,
Sozak,68.600,45.500,615600000
Kentau exclave,68.895,43.593,612000000
Tole Bi exclave,69.556,42.010,615800000
Arys exclave,69.189,42.818,611600000
ANSWERS
}

# Settlements of the source in the same form: name, lon, lat, KATO.
settlements() {
    sqlite3 -cmd ".import --csv $real/settlements.csv place" :memory: \
        "SELECT 'settlement,' || lon || ',' || lat || ',' || district_kato
            FROM place"
}

projects() { # points on stdin
    echo "id,title_kk,status,category,work_kind,precision,lon,lat,source,as_of"
    awk -F, '{ printf "TKS-2025-%06d,%s,implementation,education,new_build,exact,%s,%s,test,2025-01-01\n", NR, $1, $2, $3 }'
}

{ known; settlements; } >"$work/points"
projects <"$work/points" >"$work/projects.csv"
check "init" "$BUDGETMAP" init
check "real districts come in" "$BUDGETMAP" import districts \
    "$real/turkistan_adm2_osm.geojson" --source OSM --as-of 2025-01-01 --apply
check "a project at each point" "$BUDGETMAP" import projects \
    "$work/projects.csv" --unit tenge --apply

sqlite3 "$db" "WITH numbered AS (SELECT kato, row_number() OVER
        (ORDER BY kato) - 1 AS number FROM district WHERE valid_to IS NULL)
    SELECT coalesce(numbered.kato, '') FROM project
    LEFT JOIN numbered ON number = home ORDER BY public_id" >"$work/homes"
cut -d, -f4 "$work/points" >"$work/wanted"
is "the known answers" "$(head -n 10 "$work/homes" | tr '\n' ' ')" \
    "$(head -n 10 "$work/wanted" | tr '\n' ' ')"
total=$(wc -l <"$work/points")
check "there are settlements to look at" test "$total" -gt 900
is "settlements outside of the district they are listed in" \
    "$(paste "$work/homes" "$work/wanted" | awk '$1 != $2' | wc -l)" 0
check "the database is sound" "$BUDGETMAP" check
finish
