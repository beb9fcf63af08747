#!/usr/bin/env bash
# GDAL opens what the writers write: the golden files of the unit tests, which
# hold every kind of attribute and geometry. Needs no stack.
. "$(dirname "$0")/lib.sh"

golden=$top/tests/golden

command -v ogrinfo >/dev/null || {
    skip "GDAL opens the golden files" "ogrinfo (gdal-bin) is not installed"
    finish
}

# The geometries alone, one a line, in the order of the file.
geometries() { # FILE [OPTION...]
    local file=$1
    shift
    ogrinfo -al "$@" "$file" 2>&1 |
        sed -nE 's/^  ((MULTI)?(POINT|LINESTRING|POLYGON) .*)/\1/p'
}

for file in kml/samples.kml geojson/samples.geojson csv/samples.csv; do
    summary=$(ogrinfo -al -so "$golden/$file" 2>&1)
    is "$file holds 8 features" \
        "$(printf '%s\n' "$summary" | sed -n 's/^Feature Count: //p')" 8
    like "$file lies where it should" "$summary" \
        '^Extent: \(68\.0+, 43\.0+\) - \(71\.0+, 44\.0+\)'
    unlike "$file gives no error" "$summary" 'ERROR'
done

is "KML and GeoJSON hold the same geometries" \
    "$(geometries "$golden/kml/samples.kml")" \
    "$(geometries "$golden/geojson/samples.geojson")"
is "CSV holds those that are no points as WKT" \
    "$(geometries "$golden/csv/samples.csv" | wc -l)" 5

kml=$(ogrinfo -al "$golden/kml/samples.kml" 2>&1)
like "KML: money is a number" "$kml" 'planned \(Real\) = 1234567890\.5'
like "KML: true is 1" "$kml" 'overdue \(Integer(\(Boolean\))?\) = 1'
like "KML: time spans" "$kml" 'begin \(DateTime\) = 2024/02/29'
like "KML: texts survive" "$kml" '</script>&amp;'
unlike "KML: no value is misread" \
    "$(printf '%s\n' "$kml" | grep -av 9007199254740993)" 'parsed incompletely'

json=$(ogrinfo -al "$golden/geojson/samples.geojson" 2>&1)
like "GeoJSON: money is a number" "$json" 'planned \(Real\) = 1234567890\.5'
like "GeoJSON: days are dates" "$json" 'starts \(Date\) = 2024/02/29'
like "GeoJSON: lists are lists" "$json" \
    'sectors \(StringList\) = \(2:education,education.primary\)'
like "GeoJSON: texts survive" "$json" '</script>&amp;'

csv=$(ogrinfo -al "$golden/csv/samples.csv" 2>&1)
like "CSV: the byte order mark is no part of a name" "$csv" '^id: String'
like "CSV: texts survive" "$csv" "title_kk \(String\) = '=1\+1; \"a\","
finish
