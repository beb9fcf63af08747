#!/usr/bin/env bash
# The help page for GIS specialists: what it offers is there and works.
. "$(dirname "$0")/lib.sh"

stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
export NODE_LIBRARIES=${NODE_LIBRARIES:-$TEST_BUILD/web}

"$BUDGETMAP" import layer places "$here/../data/kml/google_earth.kml" --apply \
    --title-kk Орындар --title-ru Места --title-en Places --licence CC0 \
    --source "Google Earth" --database "$work/budgetmap.db" >"$work/import" 2>&1
is "a layer is imported" $? 0
shows() { fetch "$1" | grep -qF -- "$2"; }
check "the page has it" wait_for 10 shows '/gis?lang=en' 'id="c-places"'

# --- what it offers ------------------------------------------------------------
for lang in kk ru en; do
    page=$(fetch "/gis?lang=$lang")
    like "$lang: it is in its language" "$page" "<html lang=\"$lang\">"
    unlike "$lang: nothing is left unfilled" "$page" '@[BCL]'
    dead=$(printf '%s' "$page" | grep -oE 'href="/[^"]*"' |
        sed -e 's/^href="//; s/"$//; s/&amp;/\&/g' | sort -u |
        grep -vE '^/(css|img)/' | while read -r path; do
            [ "$(status_of "$base$path")" = 200 ] || echo "$path"
        done)
    is "$lang: every link leads somewhere" "$dead" ""
done
for path in '/d/?lang=en' '/api?f=html&lang=en' '/words?lang=en' \
    '/api/collections/projects?f=html&lang=en' '/api/collections/places?f=html'; do
    like "it is linked from $path" "$(fetch "$path")" 'href="/gis'
done
copies=$(fetch '/gis?lang=en' | grep -oE '<code class="copy">[^<]*' |
    sed -e 's/^[^>]*>//' -e "s/&#39;/'/g; s/&quot;/\"/g; s/&amp;/\&/g")
wrong=$(printf '%s\n' "$copies" | grep -oE "^$base[^ ]*" |
    sed -e 's|{z}/{x}/{y}|7/88/46|' | while read -r address; do
        case $(status_of "$address") in 200 | 204) ;; *) echo "$address" ;; esac
    done)
is "every address to copy answers" "$wrong" ""

# --- programs --------------------------------------------------------------------
if command -v ogrinfo >/dev/null; then
    commands() { # TOOL
        printf '%s\n' "$copies" | grep "^$1 "
    }
    wrong=$(cd "$work" && { commands ogrinfo; commands ogr2ogr; } |
        while read -r line; do
            bash -c "$line" >>"$work/gdal.log" 2>&1 </dev/null || echo "$line"
        done)
    is "the lines for GDAL run" "$wrong" ""
    like "the copy has all projects" "$(ogrinfo -so "$work/projects.gpkg" projects)" \
        "Feature Count: $(fetch '/api/collections/projects/items?limit=1' |
            grep -oE '"numberMatched":[0-9]+' | cut -d: -f2)"
    like "the selection has its status" "$(cat "$work/turkistan.geojson")" \
        '"status": "implementation"'
    like "a collection opens by its source" \
        "$(ogrinfo -ro "OAPIF:$base/api/collections/places" 2>&1)" 'places'
else
    skip "the lines for GDAL" "gdal-bin is not installed"
fi

# --- styles ------------------------------------------------------------------------
for path in projects/point projects/line projects/polygon districts/polygon \
    places/point; do
    fetch "/styles/$path.qml?lang=ru" >"$work/style.qml"
    if command -v xmllint >/dev/null; then
        check "$path.qml is well-formed" xmllint --nonet --noout "$work/style.qml"
    fi
    like "$path.qml is for QGIS" "$(cat "$work/style.qml")" '<!DOCTYPE qgis.*'
done
if [ -d "$NODE_LIBRARIES/node_modules/@maplibre/maplibre-gl-style-spec" ]; then
    check "styles of Mapbox GL are valid and draw what is there" \
        node "$here/../tools/styles.mjs" "$base" projects districts places
else
    skip "styles of Mapbox GL" "run 'make web' first"
fi
finish
