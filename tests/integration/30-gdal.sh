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
is "CSV holds every project" \
    "$(ogrinfo -al -so "$work/all.csv" 2>&1 | sed -n 's/^Feature Count: //p')" \
    "$matched"
is "GeoJSON holds every project" \
    "$(ogrinfo -al -so "$work/all.geojson" 2>&1 | sed -n 's/^Feature Count: //p')" \
    "$matched"
finish
