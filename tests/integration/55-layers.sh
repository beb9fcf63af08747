#!/usr/bin/env bash
# Imported layers: into the database, onto the map, out again.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

db=$work/budgetmap.db
export BUDGETMAP_DATABASE=$db

version() { sqlite3 "$db" "SELECT data_version FROM meta"; }
sound() { "$BUDGETMAP" check >/dev/null; }
shows() { # PATH PATTERN: the answer has it
    fetch "$1" | grep -qE -- "$2"
}

cp "$(demo_database)" "$db"
cat >"$work/trees.geojson" <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","id":"t1","geometry":{"type":"Point","coordinates":[68.25,43.3]},
 "properties":{"Атауы":"Шынар","height":31.5,"planted":"1870-05-01","alive":true,"rings":150}},
{"type":"Feature","id":"t2","geometry":{"type":"LineString","coordinates":[[68.2,43.3],[68.3,43.35]]},
 "properties":{"Атауы":"Тал қатары","height":4,"rings":12}},
{"type":"Feature","id":"t3","geometry":{"type":"Polygon","coordinates":[[[68.2,43.2],[68.3,43.2],[68.3,43.3],[68.2,43.3],[68.2,43.2]]]},
 "properties":{"Атауы":"Тоғай","height":12}},
{"type":"Feature","id":"t4","geometry":null,"properties":{"Атауы":"Белгісіз"}}]}
END

# --- words ---------------------------------------------------------------------
leaves "no name" 2 "layer" import layer "$work/trees.geojson"
leaves "a name that is taken" 3 "cannot be called" \
    import layer projects "$work/trees.geojson"
leaves "a name that cannot be" 3 "letters a to z" \
    import layer Trees! "$work/trees.geojson"
leaves "no file" 6 "cannot be opened" import layer trees "$work/none"
before=$(version)
leaves "dry" 0 "4 new.*
.*field atauy: text, of the column Атауы" \
    import layer trees "$work/trees.geojson" --dry-run
is "a dry run leaves nothing" "$(version)" "$before"

# --- a layer on the map ------------------------------------------------------------
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
layer=/api/collections/trees
is "before there is none" "$(status_of "$base$layer")" 404
leaves "a layer" 0 "Applied as data version $((before + 1))" \
    import layer trees "$work/trees.geojson" --apply --title-kk Ағаштар \
    --title-ru Деревья --title-en Trees --licence CC0 --source "Саябақ" \
    --attribution "Саябақтар" --date 2026-03-01 --report "$work/report.json"
is "the report has each feature" \
    "$(sqlite3 :memory: "SELECT json_array_length(readfile('$work/report.json'),
        '\$.features')")" 4
check "it is a collection at once" wait_for 10 shows "$layer?lang=en" '"Trees"'
like "with licence, source and day" "$(fetch "$layer")" \
    '"licence":"CC0".*"source":"Саябақ".*"date":"2026-03-01"'
like "it is listed" "$(fetch /api/collections)" '"id":"trees"'
like "with its extent" "$(fetch "$layer")" '68.2,43.2,68.3,43.35'
items=$(fetch "$layer/items")
like "its features are typed" "$items" \
    '"atauy":"Шынар","height":31.5,"planted":"1870-05-01","alive":true,"rings":150'
like "and counted" "$items" '"numberMatched":4,"numberReturned":4'
is "one by its number" \
    "$(status_of "$base$layer/items/$(sqlite3 "$db" "SELECT min(id) FROM layer_feature")")" 200
like "in a box" "$(fetch "$layer/items?bbox=68.29,43.34,68.31,43.36&place=located")" \
    '"numberMatched":1'
like "as CSV" "$(fetch "$layer/items?f=csv")" 'source_id,atauy,height'
like "as KML" "$(fetch "$layer/items?f=kml&lang=kk")" 'Шынар'
next=$(fetch "$layer/items?limit=2" |
    grep -oE '[^"]*cursor=[^"]*' | head -n 1 | sed 's/\\u0026/\&/g')
like "a page has a next one" "$next" 'cursor='

# --- a change ------------------------------------------------------------------------
sed 's/31.5/32/' "$work/trees.geojson" >"$work/trees2.geojson"
leaves "the same again" 0 "Nothing changed" \
    import layer trees "$work/trees.geojson" --apply
sed '/"id":"t2"/,+1d' "$work/trees.geojson" >"$work/trees1.geojson"
leaves "what a whole layer no longer has is told" 0 'file: "Тал қатары" is not in the file and is taken out' \
    import layer trees "$work/trees1.geojson" --replace-scope layer --dry-run
leaves "a change is told" 0 '"Шынар" changes: height' \
    import layer trees "$work/trees2.geojson" --apply
check "it shows" wait_for 10 shows "$layer/items" '"height":32,'
is "a page of before goes on" "$(status_of "$next")" 200
leaves "what changed nothing keeps what was told" 0 "0 new" \
    import layer trees "$work/trees2.geojson" --dry-run
check "other data does not touch the layer" "$BUDGETMAP" withdraw \
    "$(sqlite3 "$db" "SELECT min(public_id) FROM project WHERE state = 'published'")" \
    --reason test
is "a page of the layer goes on then too" "$(status_of "$next")" 200

# --- out again ------------------------------------------------------------------------
leaves "a removal needs a reason" 2 usage remove layer trees
leaves "a removal" 0 "removed layer trees with 4 features" \
    remove layer trees --reason "a test"
gone() { [ "$(status_of "$base$layer")" = 404 ]; }
check "it is gone" wait_for 10 gone
check "its file too" test ! -e "$work/snapshots/layer-trees.snapshot"
leaves "nothing to remove" 6 "no such layer" remove layer trees --reason x

# --- undone ---------------------------------------------------------------------------
removed=$(version)
leaves "a removal is taken back" 0 "5 restored|4 restored" undo "$removed"
check "the layer is there again" wait_for 10 shows "$layer/items" '"height":32,'
leaves "once is enough" 7 "taken back already" undo "$removed"
leaves "an import that something changed after" 7 "layer_feature trees/[0-9]+ changed" \
    undo $((before + 1))
leaves "the change is taken back" 0 "1 as they were" undo $((before + 2))
check "it shows as it was" wait_for 10 shows "$layer/items" '"height":31.5'
leaves "now the import can be taken back" 0 "4 taken out" undo $((before + 1))
check "and the layer is gone" wait_for 10 gone
leaves "nothing made that version" 6 "No batch" undo 999
leaves "what cannot be taken back" 3 "Only imports" undo 1

# --- projects of KML --------------------------------------------------------------------
cat >"$work/new.kml" <<'END'
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Жаңа мектеп</name><ExtendedData><Data name="Құны"><value>1500000</value></Data>
<Data name="Ескерту"><value>x</value></Data></ExtendedData>
<Point><coordinates>68.2518,43.2973</coordinates></Point></Placemark>
</Document></kml>
END
cat >"$work/map.csv" <<'END'
column,field
name,title_kk
Құны,budget_approved
Ескерту,
=preparation,status
=education,category
=new_build,work_kind
=exact,precision
=Әкімдік,source
=2026-06-01,as_of
END
leaves "attributes that are no columns" 3 "no columns for: Құны, Ескерту" \
    import projects "$work/new.kml" --unit tenge
sed 's/<Point>.*/<MultiGeometry><Point><coordinates>68.2,43.2,5<\/coordinates><\/Point>\
<LineString><coordinates>68.2518,43.2973,9 68.2519,43.2974,9<\/coordinates><\/LineString><\/MultiGeometry><\/Placemark>/' \
    "$work/new.kml" >"$work/mixed.kml"
leaves "a mixed geometry is taken in part, and said" 0 "only the first part.*|heights of 1 features" \
    import projects "$work/mixed.kml" --unit tenge --map "$work/map.csv" --dry-run
leaves "with a map" 0 "1 new.*" \
    import projects "$work/new.kml" --unit tenge --map "$work/map.csv"
made=$(version)
leaves "again it is found by name and place" 0 "1 unchanged" \
    import projects "$work/new.kml" --unit tenge --map "$work/map.csv"
sed 's/1500000/1600000/; s/68.2518,43.2973/68.2519,43.2974/' "$work/new.kml" >"$work/moved.kml"
leaves "what would change is told of each" 0 'line 2: "Жаңа мектеп" changes: geometry, budget_approved' \
    import projects "$work/moved.kml" --unit tenge --map "$work/map.csv" --dry-run \
    --report "$work/report.json"
is "and in the report for machines" "$(sqlite3 :memory: "SELECT
    readfile('$work/report.json') ->> '\$.features[0].what'")" \
    "changes: geometry, budget_approved"
sed 's/68.2518,43.2973/43.2973,68.2518/' "$work/new.kml" >"$work/turned.kml"
leaves "exchanged coordinates are told" 3 '"Жаңа мектеп" refused: .*--swap' \
    import projects "$work/turned.kml" --unit tenge --map "$work/map.csv"
leaves "and exchanged back" 0 "1 unchanged" \
    import projects "$work/turned.kml" --unit tenge --map "$work/map.csv" --swap
leaves "a change" 0 "1 changed" \
    import projects "$work/moved.kml" --unit tenge --map "$work/map.csv"
changed=$(version)
leaves "an import that something changed after is not taken back" 7 "project TKS-[0-9-]+ changed" \
    undo "$made"
leaves "the change is" 0 "1 as they were" undo "$changed"
sed 's/Жаңа мектеп/Өзге мектеп/; s/68.2518,43.2973/68.3,43.2/' "$work/new.kml" >"$work/other.kml"
leaves "what a source no longer has is told by id and name" 0 \
    '"Жаңа мектеп" TKS-[0-9-]+ is not in the file and is withdrawn' \
    import projects "$work/other.kml" --unit tenge --map "$work/map.csv" \
    --replace-scope source --dry-run
leaves "and taken back" 0 "1 taken out" undo "$made"
sed 's/^Ескерту,$/Ескерту,source_ref\
=akimat,source_system/' "$work/map.csv" >"$work/ref.csv"
leaves "projects known by a number of their source" 0 "1 new" \
    import projects "$work/new.kml" --unit tenge --map "$work/ref.csv"
leaves "are found by it and keep their id" 0 "1 unchanged" \
    import projects "$work/new.kml" --unit tenge --map "$work/ref.csv" --apply
check "of that import, too" "$BUDGETMAP" undo "$(version)"
"$BUDGETMAP" export projects "$work/all.kml" --format kml >/dev/null
leaves "our own KML changes nothing" 0 "0 new, 0 changed, 600 unchanged|0 new, 0 changed, 599 unchanged" \
    import projects "$work/all.kml" --unit tenge --dry-run
"$BUDGETMAP" export projects "$work/all.geojson" --format geojson >/dev/null
leaves "our own GeoJSON changes nothing" 0 "0 new, 0 changed, [0-9]+ unchanged" \
    import projects "$work/all.geojson" --unit tenge --dry-run
check "the database is sound" sound
finish
