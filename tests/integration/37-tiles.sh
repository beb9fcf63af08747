#!/usr/bin/env bash
# Vector tiles over the whole stack, read by decoders that are not ours.
. "$(dirname "$0")/lib.sh"

# Polygons that like to become invalid on a grid: rings that touch themselves,
# holes that touch the ring or each other, slivers, holes smaller than a unit, a
# spike, one over the antimeridian, one up to the pole, very many corners.
nasty=$work/nasty.geojson
{
    echo '{"type":"FeatureCollection","features":['
    while IFS='|' read -r name geometry; do
        [ "$name" = pinch ] || echo ,
        echo '{"type":"Feature","geometry":'"$geometry"',"properties":{"name":"'"$name"'","n":1.5}}'
    done <<'END'
pinch|{"type":"Polygon","coordinates":[[[60,40],[62,40],[61,41],[62,42],[60,42],[61,41.000001],[60,40]]]}
hole touches|{"type":"Polygon","coordinates":[[[63,40],[65,40],[65,42],[63,42],[63,40]],[[63,41],[64,40.5],[64,41.5],[63,41]]]}
holes touch|{"type":"Polygon","coordinates":[[[66,40],[68,40],[68,42],[66,42],[66,40]],[[66.5,40.5],[67,41],[66.5,41.5],[66.5,40.5]],[[67.5,40.5],[67.5,41.5],[67,41],[67.5,40.5]]]}
sliver|{"type":"Polygon","coordinates":[[[60,44],[66,44.00001],[72,44],[66,44.00002],[60,44]]]}
tiny holes|{"type":"Polygon","coordinates":[[[69,40],[71,40],[71,42],[69,42],[69,40]],[[69.5,40.5],[69.5001,40.5],[69.5,40.5001],[69.5,40.5]],[[70.5,41.5],[70.50001,41.5],[70.5,41.50001],[70.5,41.5]],[[69.50005,40.50006],[69.5001,40.50006],[69.50005,40.5001],[69.50005,40.50006]]]}
spike|{"type":"Polygon","coordinates":[[[72,40],[74,40],[74,41],[77,41.0000001],[74,41.0000002],[74,42],[72,42],[72,40]]]}
antimeridian|{"type":"MultiPolygon","coordinates":[[[[178,0],[180,0],[180,1],[179,2],[178,0]]],[[[-180,0],[-179,0],[-180,1],[-180,0]]]]}
pole|{"type":"Polygon","coordinates":[[[10,70],[10.5,70],[10.5,90],[10,90],[10,70]]]}
bow tie|{"type":"Polygon","coordinates":[[[75,43],[77,45],[77,43],[75,45],[75,43]]]}
END
    awk 'BEGIN { pi = atan2(0, -1); printf ",{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
        for (i = 0; i <= 5000; i++) { k = i % 5000; r = k % 2 ? 1 : 0.2; t = 2 * pi * k / 5000
            printf "%s[%.6f,%.6f]", i ? "," : "", 80 + r * cos(t), 43 + r * sin(t) }
        print "]]},\"properties\":{\"name\":\"star\",\"n\":2}}]}" }'
} >"$nasty"
cp "$(demo_database)" "$work/budgetmap.db"
check "polygons that like to become invalid" "$BUDGETMAP" import layer nasty "$nasty" \
    --database "$work/budgetmap.db" --title-kk Nasty --title-ru Nasty --title-en Nasty \
    --licence CC0 --source Test --apply
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
export NODE_LIBRARIES=${NODE_LIBRARIES:-$TEST_BUILD/web}

# --- all tiles of the demonstration data ------------------------------------------
if [ -d "$NODE_LIBRARIES/node_modules/@mapbox/vector-tile" ]; then
    node "$here/../tools/tiles.mjs" "$base" nasty 10 >"$work/tiles" 2>&1 ||
        grep -q '^not ok' "$work/tiles" || echo "not ok - tiles.mjs ended badly" >>"$work/tiles"
    while IFS= read -r line; do
        case $line in
        "ok - "*) ok 0 "${line#ok - }" ;;
        "not ok - "*) ok 1 "${line#not ok - }" "$(grep -A 1 -F "$line" "$work/tiles")" ;;
        esac
    done <"$work/tiles"
    check "there were tests" grep -q '^ok' "$work/tiles"
else
    skip "tiles by @mapbox/vector-tile" "run 'make web' first"
fi

# --- GDAL ----------------------------------------------------------------------------
tile() { # COLLECTION Z X Y: reads it by GDAL's MVT driver
    fetch "/tiles/$1/$2/$3/$4.mvt" >"$work/$1.mvt"
    printf '%s\n' "$work/$1.mvt" -oo "Z=$2" -oo "X=$3" -oo "Y=$4"
}
if command -v ogrinfo >/dev/null; then
    mapfile -t source < <(tile districts 6 44 23)
    summary=$(ogrinfo -ro -al -so "${source[@]}" 2>&1)
    like "GDAL reads districts" "$summary" 'Layer name: districts'
    like "and their labels" "$summary" 'Layer name: districts_labels'
    like "area is a number" "$summary" 'area_km2: Real'
    like "generalised is a bool" "$summary" 'generalised: Integer\(Boolean\)'
    like "kato is text" "$summary" 'kato: String'
    unlike "without an error" "$summary" 'ERROR|Warning'
    is "all are valid" "$(ogrinfo -ro -q "${source[@]}" -dialect sqlite -sql \
        'SELECT count(*) AS n FROM districts WHERE NOT ST_IsValid(geometry)' 2>&1 |
        grep -oE '= [0-9]+')" "= 0"
    for at in "0 0 0" "3 5 3" "6 43 24"; do
        read -r -a zxy <<<"$at"
        mapfile -t source < <(tile nasty "${zxy[@]}")
        is "all of nasty are valid in ${at// //}" "$(ogrinfo -ro -q "${source[@]}" -dialect sqlite -sql \
            'SELECT count(*) AS n FROM nasty WHERE NOT ST_IsValid(geometry)' 2>&1 |
            grep -oE '= [0-9]+')" "= 0"
    done
    mapfile -t source < <(tile projects 9 353 187)
    summary=$(ogrinfo -ro -al "${source[@]}" 2>&1)
    like "GDAL reads clusters" "$summary" 'Layer name: projects_clusters'
    like "counts are integers" "$summary" 'point_count: Integer'
    like "sums are numbers" "$summary" 'planned: Real'
    # One project, found in its tile where the API says it is.
    read -r id lon lat < <(ogr2ogr -f CSV /vsistdout/ -lco GEOMETRY=AS_XY -select id \
        -where "OGR_GEOMETRY='POINT'" "GeoJSON:$base/api/collections/projects/items?limit=1000&place=located" \
        2>/dev/null | awk -F, 'NR > 1 { gsub(/"/, "", $3); print $3, $1, $2; exit }')
    mapfile -t source < <(read -r x y < <(awk -v lon="$lon" -v lat="$lat" 'BEGIN {
        pi = atan2(0, -1); n = 2 ^ 17; s = sin(lat * pi / 180)
        print int((lon + 180) / 360 * n),
            int((0.5 - log((1 + s) / (1 - s)) / (4 * pi)) * n) }'); tile projects 17 "$x" "$y")
    found=$(ogr2ogr -f GeoJSON /vsistdout/ "${source[@]}" -t_srs EPSG:4326 \
        -where "id = '$id'" projects 2>/dev/null)
    like "$id is in its tile, with its title" "$found" '"title_kk": "'
    like "within a metre" "$(printf '%s' "$found" |
        sed -n 's/.*"coordinates": \[ *\([0-9.]*\), \([0-9.]*\).*/\1 \2/p' |
        awk -v lon="$lon" -v lat="$lat" '{
            d = ($1 - lon) ^ 2 + ($2 - lat) ^ 2; print (d < 1e-10 ? "near" : "far") }')" '^near$'
else
    skip "GDAL reads tiles" "ogrinfo (gdal-bin) is not installed"
fi

# --- HTTP -------------------------------------------------------------------------------
full=$base/tiles/projects/6/44/23.mvt
empty=$base/tiles/projects/12/0/0.mvt
headers=$(headers_of "$full")
like "media type" "$headers" '^Content-Type: application/vnd.mapbox-vector-tile$'
like "a strong tag" "$headers" '^ETag: "[0-9a-f]+"$'
like "CORS" "$headers" '^Access-Control-Allow-Origin: \*$'
like "it is kept by browsers" "$headers" '^Cache-Control: public, max-age='
is "304 for its tag" "$(status_of -H "If-None-Match: $(header_of ETag "$full")" "$full")" 304
is "HEAD" "$(status_of -I "$full")" 200
is "gzip of the same bytes" "$(get -H 'Accept-Encoding: gzip' "$full" | gunzip | cksum)" \
    "$(get "$full" | cksum)"
headers=$(headers_of "$empty")
like "an empty tile is 204" "$headers" '^HTTP/1.1 204'
like "with a tag" "$headers" '^ETag: "'
like "kept as well" "$headers" '^Cache-Control: public, max-age='
unlike "without a length" "$headers" '^Content-(Length|Type):'
is "HEAD of it" "$(status_of -I "$empty")" 204
for _ in 1 2 3 4; do state=$(header_of X-Cache "$empty"); done
like "nginx keeps it" "$state" '^(HIT|REVALIDATED|UPDATING|EXPIRED)$'
is "and it stays 204" "$(status_of "$empty")" 204
is "outside of the matrix" "$(status_of "$base/tiles/projects/1/2/0.mvt")" 404
is "no such zoom" "$(status_of "$base/tiles/projects/23/0/0.mvt")" 404
is "malformed" "$(status_of "$base/tiles/projects/x/0/0.mvt")" 400
is "an unknown parameter" "$(status_of "$full?color=red")" 400

# --- OGC API - Tiles: as a client finds its way -------------------------------------------
link() { # REL < JSON: the first address of that relation
    jq -r --arg rel "$1" '[.. | objects | select(.rel? == $rel) | .href][0]'
}
rel=http://www.opengis.net/def/rel/ogc/1.0
sets=$(fetch /api | link $rel/tilesets-vector)
is "the landing page leads to tilesets" "$sets" "$base/api/tiles"
set=$(get "$sets" | jq -r '.tilesets[0].links[] | select(.rel == "self").href')
is "the list leads to a tileset" "$set" "$base/api/tiles/WebMercatorQuad"
template=$(get "$set" | jq -r '[.links[] | select(.rel == "item" and
    .type == "application/vnd.mapbox-vector-tile").href][0]')
address=${template/\{tileMatrix\}/6} address=${address/\{tileRow\}/23} address=${address/\{tileCol\}/44}
is "the template leads to a tile" "$(status_of "$address")" 200
is "of all collections" "$(get "$address" | grep -aoE '(districts|projects)(_[a-z]+)?' |
    sort -u | tr '\n' ' ')" "districts districts_labels projects_clusters "
sets=$(fetch /api/collections/projects | link $rel/tilesets-vector)
is "the collection leads to its tilesets" "$sets" "$base/api/collections/projects/tiles"
is "row before column" "$(get "$sets/WebMercatorQuad/6/23/44" | cksum)" \
    "$(get "$full" | cksum)"
scheme=$(get "$set" | link $rel/tiling-scheme)
is "the tiling scheme is there" "$(get "$scheme" | jq -r '.tileMatrices | length')" 23
is "its last matrix" "$(get "$scheme" | jq -r '.tileMatrices[22].matrixWidth')" 4194304
limits=$(get "$sets/WebMercatorQuad" | jq -r \
    '.tileMatrixSetLimits[8] | "\(.minTileRow) \(.maxTileRow) \(.minTileCol) \(.maxTileCol)"')
read -r top bottom left right <<<"$limits"
is "beyond the limits" "$(status_of "$sets/WebMercatorQuad/8/$((top - 1))/$left") $(status_of \
    "$sets/WebMercatorQuad/8/$top/$((right + 1))")" "404 404"
like "within them" "$(for row in $top $bottom; do status_of \
    "$sets/WebMercatorQuad/8/$row/$left"; done)" '^(200|204)(200|204)$'
is "GeoJSON of the same tile" "$(get "$sets/WebMercatorQuad/6/23/44?f=geojson" | jq -r .type)" \
    FeatureCollection
tilejson=$(fetch /tiles/projects.json?overdue=true)
is "TileJSON" "$(jq -r .tilejson <<<"$tilejson")" 3.0.0
is "its tiles carry the filter" "$(jq -r '.tiles[0]' <<<"$tilejson")" \
    "$base/tiles/projects/{z}/{x}/{y}.mvt?overdue=true"
is "every layer has fields" "$(jq -r '[.vector_layers[].fields | length > 0] | all' <<<"$tilejson")" true
for class in core tileset tilesets-list dataset-tilesets geodata-tilesets mvt geojson; do
    like "the class $class is declared" "$(fetch /api/conformance)" \
        "ogcapi-tiles-1/1.0/conf/$class\""
done
finish
