#!/usr/bin/env bash
# GDAL as a client that knows nothing of us: OAPIF, KML, CSV, GeoJSON.
. "$(dirname "$0")/lib.sh"

command -v ogrinfo >/dev/null || {
    skip "GDAL as a client" "ogrinfo (gdal-bin) is not installed"
    finish
}
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

items=/api/collections/projects/items
matched=$(fetch "$items?limit=1" | grep -oE '"numberMatched":[0-9]+' | cut -d: -f2)

list=$(ogrinfo "OAPIF:$base/api" 2>&1)
like "OAPIF lists the projects" "$list" 'projects'
like "OAPIF lists the districts" "$list" 'districts'
unlike "without an error" "$list" 'ERROR'
count=$(ogrinfo -so "OAPIF:$base/api" projects 2>&1)
like "it counts what the API counts" "$count" "Feature Count: $matched\$"
whole=$(ogr2ogr -f CSV /vsistdout/ "OAPIF:$base/api" projects \
    -oo PAGE_SIZE=50 -select title_kk 2>&1 | tail -n +2 | wc -l)
is "it reads all pages" "$whole" "$matched"
boxed=$(ogrinfo -ro -al -so -spat 68 42.5 69.5 43.5 "OAPIF:$base/api" \
    projects 2>&1 | sed -n 's/^Feature Count: //p')
own=$(fetch "$items?bbox=68,42.5,69.5,43.5&place=located&limit=1" |
    grep -oE '"numberMatched":[0-9]+' | cut -d: -f2)
like "its box finds what ours finds" "$boxed" "^$own\$"
is "17 districts" "$(ogrinfo -so "OAPIF:$base/api" districts 2>&1 |
    sed -n 's/^Feature Count: //p')" 17

# What PROJ makes of our degrees is what we say in metres.
crs=http://www.opengis.net/def/crs/EPSG/0
points() { # FILE [OPTION...]
    ogr2ogr -f CSV /vsistdout/ "$1" -lco GEOMETRY=AS_XY -select id \
        -where "OGR_GEOMETRY='POINT'" "${@:2}" 2>&1 | tail -n +2 |
        awk -F, '{ print $3, $1, $2 }' | sort
}
# How many points there are, and the largest difference in whole decimetres.
differ() { # FILE FILE
    join "$1" "$2" | awk '{ n++; a = ($2 - $4) ^ 2 + ($3 - $5) ^ 2
        if (a > most) most = a } END { print n, int(sqrt(most) * 10) }'
}
fetch "$items?limit=10000&place=located" >"$work/degrees.geojson"
for zone in 32641 32642 3857; do
    fetch "$items?limit=10000&place=located&crs=$crs/$zone" >"$work/metres.geojson"
    points "$work/metres.geojson" >"$work/ours"
    points "$work/degrees.geojson" -t_srs "EPSG:$zone" >"$work/theirs"
    is "EPSG:$zone as GDAL has it" "$(differ "$work/ours" "$work/theirs")" \
        "$(wc -l <"$work/theirs") 0"
done
box=$(printf '68 42.5\n69.5 43.5\n' |
    gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:3857 |
    awk '{ printf "%s%s,%s", s, $1, $2; s = "," }')
is "a box in metres" "$(fetch \
    "$items?limit=1&place=located&bbox=$box&bbox-crs=$crs/3857" |
    grep -oE '"numberMatched":[0-9]+')" \
    "$(fetch "$items?limit=1&place=located&bbox=68,42.5,69.5,43.5" |
        grep -oE '"numberMatched":[0-9]+')"
is "datetime: all works, whatever their time" "$(fetch \
    "$items?limit=1&datetime=1900-01-01/2200-01-01" |
    grep -oE '"numberMatched":[0-9]+')" "\"numberMatched\":$matched"

# What GDAL cannot ask of us it filters itself: it must be ours that answers.
pushed() { # WHERE
    CPL_DEBUG=OAPIF ogrinfo -al -so -where "$1" "OAPIF:$base/api" projects 2>&1
}
count_of() { sed -n 's/^Feature Count: //p'; }
ours() { # CQL2
    get -G --data-urlencode "filter=$1" -d limit=1 "$base$items" |
        grep -oE '"numberMatched":[0-9]+' | cut -d: -f2
}
for where in "status = 'completion'" "planned > 500000000" \
    "NOT (planned <= 500000000 OR category = 'education')" \
    "status = 'completion' AND work_kind LIKE 'cap%'"; do
    asked=$(pushed "$where")
    unlike "-where $where is asked of the API" "$asked" 'client side'
    is "and has its answer" "$(printf '%s\n' "$asked" | count_of)" "$(ours "$where")"
done

id=$(fetch "$items?limit=1" | jq -r '.features[0].id')
asked=$(pushed "id = '$id'")
unlike "a project is found by its id" "$asked" 'ERROR'
is "and no other" "$(printf '%s\n' "$asked" | count_of)" 1

fetch "$items?f=kml&lang=ru" >"$work/all.kml"
fetch "$items?f=csv" >"$work/all.csv"
fetch "$items?limit=10000" >"$work/all.geojson"
kml=$(ogrinfo -al -so "$work/all.kml" 2>&1)
is "KML holds every project" \
    "$(printf '%s\n' "$kml" | awk '/^Feature Count/ { n += $3 } END { print n }')" \
    "$matched"
like "KML has typed money" "$kml" 'planned: Real'
like "KML has typed numbers and text" "$kml" 'title_kk: String'
check "KML is well-formed" xmllint --noout "$work/all.kml"
if [ -n "${KML_XSD:-}" ]; then
    check "KML is valid by the schema" xmllint --noout --schema "$KML_XSD" \
        "$work/all.kml"
else
    skip "KML by the OGC schema" "KML_XSD does not name ogckml22.xsd"
fi
# A GeoPackage: every row, every attribute typed, the same geometries.
get "$base$items?f=gpkg&lang=en" >"$work/all.gpkg"
gpkg=$(ogrinfo -al -so "$work/all.gpkg" 2>&1)
like "GeoPackage holds every project" "$gpkg" "Feature Count: $matched\$"
unlike "GeoPackage gives no error" "$gpkg" 'ERROR|Warning'
like "GeoPackage is in longitude and latitude" "$gpkg" 'ID\["EPSG",4326\]'
for typed in 'title_kk: String' 'planned: Real' 'planned_end: Date' \
    'overdue: Integer\(Boolean\)' 'demo: Integer\(Boolean\)' 'progress: Real'; do
    like "GeoPackage: $typed" "$gpkg" "^$typed"
done
is "GeoPackage and GeoJSON hold the same" \
    "$(ogr2ogr -f CSV /vsistdout/ "$work/all.gpkg" -lco GEOMETRY=AS_WKT \
        -select id,planned_end 2>&1 | sort | cksum)" \
    "$(ogr2ogr -f CSV /vsistdout/ "$work/all.geojson" -lco GEOMETRY=AS_WKT \
        -select id,planned_end 2>&1 | sort | cksum)"
get "$base$items?f=gpkg&status=completion&properties=paid" >"$work/some.gpkg"
some=$(ogrinfo -al -so "$work/some.gpkg" 2>&1)
like "GeoPackage obeys filters" "$some" "Feature Count: $(fetch \
    "$items?limit=1&status=completion" | grep -oE '"numberMatched":[0-9]+' |
    cut -d: -f2)\$"
unlike "and properties" "$some" '^title_kk'
get "$base/api/collections/districts/items?f=gpkg" >"$work/districts.gpkg"
like "GeoPackage of districts" "$(ogrinfo -al -so "$work/districts.gpkg" 2>&1)" \
    'Feature Count: 17$'
get "$base/api/collections/districts/items?f=gpkg&zoom-level=7" >"$work/simple.gpkg"
# Neighbours are simplified alike: no gap, no overlap.
seams=$(ogrinfo -q -dialect sqlite -sql "SELECT abs(sum(st_area(geom)) -
    st_area(st_union(geom))) < 1e-9 AS seamless, min(st_isvalid(geom)) AS valid
    FROM districts" "$work/simple.gpkg" 2>&1)
like "simplified districts have shared borders" "$seams" 'seamless \(Integer\) = 1'
like "and are valid" "$seams" 'valid \(Integer\) = 1'
check "and are smaller" test "$(stat -c %s "$work/simple.gpkg")" -lt \
    "$(stat -c %s "$work/districts.gpkg")"
get "$base$items?f=geojsonseq" >"$work/all.geojsonl"
is "a GeoJSON sequence holds every project" \
    "$(ogrinfo -al -so "$work/all.geojsonl" 2>&1 | sed -n 's/^Feature Count: //p')" \
    "$matched"

is "CSV holds every project" \
    "$(ogrinfo -al -so "$work/all.csv" 2>&1 | sed -n 's/^Feature Count: //p')" \
    "$matched"
is "GeoJSON holds every project" \
    "$(ogrinfo -al -so "$work/all.geojson" 2>&1 | sed -n 's/^Feature Count: //p')" \
    "$matched"
finish
