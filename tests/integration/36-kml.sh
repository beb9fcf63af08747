#!/usr/bin/env bash
# KML as Google Earth follows it, read by GDAL: the whole pyramid from its root.
. "$(dirname "$0")/lib.sh"

command -v ogrinfo >/dev/null || {
    skip "KML read by GDAL" "ogrinfo (gdal-bin) is not installed"
    finish
}
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

items=/api/collections/projects/items

# Links of a KML file, one a line.
links() {
    sed -n 's/^<href>\(.*\)<\/href>$/\1/p' "$1" | sed 's/&amp;/\&/g' |
        grep '\.kml'
}

# Follows all links from a path; the files are FOLDER/0.kml, FOLDER/1.kml ...
walk() { # FOLDER PATH
    local n=0 next=1 link
    rm -rf "${work:?}/$1"
    mkdir "$work/$1"
    fetch "$2" >"$work/$1/0.kml"
    while [ -f "$work/$1/$n.kml" ] && [ "$next" -lt 200 ]; do
        while IFS= read -r link; do
            get "$link" >"$work/$1/$next.kml"
            next=$((next + 1))
        done < <(links "$work/$1/$n.kml")
        n=$((n + 1))
    done
}

# An attribute of all placemarks of a file, by GDAL, one a line.
attribute() { # NAME FILE
    ogrinfo -ro -al "$2" 2>/dev/null | sed -n "s/^  $1 ([A-Za-z]*) = //p"
}
in_pyramid() { # NAME FOLDER: of placemarks of projects
    local file
    for file in "$work/$2"/*.kml; do
        ! grep -q 'id="schema-projects"' "$file" || attribute "$1" "$file"
    done
}
in_items() { # COLUMN QUERY
    fetch "$items?f=csv&$2" >"$work/items.csv"
    ogrinfo -ro -al -oo AUTODETECT_TYPE=NO "$work/items.csv" 2>/dev/null |
        sed -n "s/^  $1 (String) = //p" | grep -v '^(null)$'
}
sum() { awk '{ s += $1 } END { printf "%.2f", s }'; }

# A filter in CQL2: planned > 100000000 AND CASEI(title_ru) LIKE CASEI('%ШКОЛ%')
cql2='filter=planned%20%3E%20100000000%20AND%20CASEI(title_ru)%20LIKE%20CASEI(%27%25%D0%A8%D0%9A%D0%9E%D0%9B%25%27)'
for query in 'lang=ru' 'lang=en&status=implementation' 'lang=kk&overdue=true' \
    "lang=ru&$cql2"; do
    walk pyramid "/kml/projects.kml?$query"
    is "every project is there once ($query)" \
        "$(in_pyramid id pyramid | sort)" "$(in_items id "$query" | sort)"
    is "planned adds up ($query)" "$(in_pyramid planned pyramid | sum)" \
        "$(in_items planned "$query" | sum)"
done

walk pyramid '/kml/projects.kml?lang=ru'
most=0
for file in "$work"/pyramid/*.kml; do
    count=$(grep -c '^<Placemark' "$file")
    [ "$count" -le "$most" ] || most=$count
done
at_most "placemarks in a file" "$most" 500
groups=$(grep -l 'id="schema-groups"' "$work"/pyramid/*.kml | head -n 1)
is "the marks of the first file count all that have a place" \
    "$(attribute count "$groups" | sum)" \
    "$(in_items id place=located | wc -l).00"
is "and add up to the same" "$(attribute planned "$groups" | sum)" \
    "$(in_items planned place=located | sum)"
is "marks are typed" "$(ogrinfo -ro -al -so "$groups" 2>/dev/null |
    grep -cE '^(count|overdue|missing_planned): Integer')" \
    "$(($(ogrinfo -ro "$groups" 2>/dev/null | grep -c '^[0-9]*: ') * 3))"

leaf=$(grep -l '^<Point>' $(grep -l 'id="schema-projects"' \
    "$work"/pyramid/*.kml) | head -n 1)
types=$(ogrinfo -ro -al -so "$leaf" 2>/dev/null)
for field in 'id: String' 'title_ru: String' 'status: String' 'planned: Real' \
    'paid: Real' 'progress: Real' 'overdue: Integer' 'demo: Integer' \
    'planned_start: String' 'begin: DateTime'; do
    like "LIBKML has $field" "$types" "^$field"
done
plain=$(ogrinfo -ro -al -so --config GDAL_SKIP LIBKML "$leaf" 2>/dev/null)
like "the KML driver opens it too" "$plain" 'driver `KML'
is "and finds as many placemarks" \
    "$(printf '%s\n' "$plain" | awk '/^Feature Count/ { n += $3 } END { print n }')" \
    "$(grep -c '^<Placemark' "$leaf")"
like "folders by district and status" "$(ogrinfo -ro "$leaf" 2>/dev/null)" \
    '^[0-9]+: .* \([0-9]+\)'

for file in "$work"/pyramid/*.kml; do
    xmllint --noout "$file" 2>>"$work/xml.log"
    [ -z "${KML_XSD:-}" ] ||
        xmllint --noout --schema "$KML_XSD" "$file" 2>>"$work/xsd.log"
done
is "every file is well-formed" "$(cat "$work/xml.log")" ""
if [ -n "${KML_XSD:-}" ]; then
    is "every file is valid by the schema" \
        "$(grep -v ' validates$' "$work/xsd.log")" ""
else
    skip "KML by the OGC schema" "KML_XSD does not name ogckml22.xsd"
fi

root=$base/kml/projects.kml
is "an empty BBOX" "$(status_of "$root?BBOX=")" 200
is "a BBOX of the world" "$(status_of "$root?BBOX=-180,-90,180,90")" 200
is "a broken one" "$(status_of "$root?BBOX=1,2")" 400
is "an unknown parameter" "$(status_of "$root?colour=red")" 400
is "an unknown collection" "$(status_of "$base/kml/none_such.kml")" 404
like "its media type" "$(header_of Content-Type "$root")" \
    '^application/vnd\.google-earth\.kml\+xml'
etag=$(header_of ETag "$root")
is "304 for its tag" \
    "$(status_of -H "If-None-Match: $etag" "$root")" 304
like "compressed when asked for" \
    "$(header_of Content-Encoding -H 'Accept-Encoding: gzip' "$root")" gzip
like "it may be kept" "$(header_of Cache-Control "$root")" 'max-age'
for picture in mark legend-kk legend-ru legend-en; do
    is "the picture $picture is served" \
        "$(get -o /dev/null -w '%{http_code} %{content_type}' \
            "$base/img/$picture.png")" '200 image/png'
done

kmz() {
    for query in lang=ru lang=en; do
        fetch "/kml/projects.kmz?$query" >"$work/root.kmz"
        is "a KMZ begins with doc.kml ($query)" \
            "$(unzip -Z1 "$work/root.kmz" | tr '\n' ' ')" \
            'doc.kml files/legend.png '
        is "and is the same root, but for the picture" \
            "$(unzip -p "$work/root.kmz" doc.kml | sed 's|files/legend|LEGEND|')" \
            "$(fetch "/kml/projects.kml?$query" |
                sed "s|$base/img/legend-${query#lang=}|LEGEND|")"
    done
    fetch "$items?f=kmz&lang=ru" >"$work/items.kmz"
    is "items as KMZ" "$(unzip -Z1 "$work/items.kmz" | tr '\n' ' ')" \
        'doc.kml files/mark.png '
    is "GDAL reads as many from KMZ as from KML" \
        "$(attribute id "$work/items.kmz" | sort)" "$(in_items id lang=ru | sort)"
    like "its media type" "$(header_of Content-Type "$base$items?f=kmz&limit=3")" \
        '^application/vnd\.google-earth\.kmz'
    is "not compressed twice" \
        "$(header_of Content-Encoding -H 'Accept-Encoding: gzip' "$base/kml/projects.kmz")" ""
    unzip -p "$work/root.kmz" files/legend.png >"$work/legend.png"
    check "the picture in it is the page's" cmp "$work/legend.png" \
        "$top/nginx/html/img/legend-en.png"
}
if command -v unzip >/dev/null; then
    kmz
else
    skip "KMZ" "unzip is not installed"
fi

# What both drivers find in each file is all that is in it; GDAL's own one passes
# over what has no place.
found_by() { # [OPTION...] FILE: placemarks
    ogrinfo -ro -al -so "$@" 2>/dev/null |
        awk '/^Feature Count/ { n += $3 } END { print n + 0 }'
}
for file in "$work"/pyramid/*.kml; do
    count=$(grep -c '^<Placemark' "$file")
    [ "$(found_by "$file")" = "$count" ] &&
        { ! grep -q '<coordinates>' "$file" ||
            [ "$(found_by --config GDAL_SKIP LIBKML "$file")" = "$count" ]; } ||
        echo "$file"
done >"$work/differ"
is "LIBKML and KML find all placemarks of each file" "$(cat "$work/differ")" ""

layer_everywhere() {
    awk 'BEGIN { for (i = 1; i <= 1300; i++)
        printf "{\"type\":\"Feature\",\"id\":\"w%d\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]},\"properties\":{\"depth\":%d,\"dug\":\"2020-01-%02d\"}}\n",
        i, 67 + (i * 7 % 401) / 100, 41 + (i * 11 % 503) / 100, i % 90, i % 28 + 1 }' \
        >"$work/wells.geojsonl"
    "$BUDGETMAP" import layer wells "$work/wells.geojsonl" --apply \
        --title-kk Құдықтар --title-ru Колодцы --title-en Wells --licence CC0 \
        --source test --database "$work/budgetmap.db" >&2 || return 1
    wait_for 10 get -f -o /dev/null "$base/kml/wells.kml"
}
check "import a layer" layer_everywhere
walk wells '/kml/wells.kml?lang=en'
is "every well is there once" \
    "$(for file in "$work"/wells/*.kml; do
        ! grep -q 'id="schema-wells"' "$file" || attribute source_id "$file"
    done | sort)" "$(seq -f 'w%g' 1300 | sort)"
like "in more files than one" "$(ls "$work/wells" | wc -l)" '^([5-9]|[1-9][0-9]+)$'
like "typed" "$(ogrinfo -ro -al -so "$(grep -l 'id="schema-wells"' \
    "$work"/wells/*.kml | head -n 1)" 2>/dev/null)" '^depth: Integer'

walk districts '/kml/districts.kml?lang=en'
is "17 districts" "$(attribute id "$work/districts/1.kml" | sort -u | wc -l)" 17
finish
