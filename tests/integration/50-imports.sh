#!/usr/bin/env bash
# Importing and exporting: tables, districts, and what may go wrong meanwhile.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

data=$top/geodata
real=${GEODATA:-$top/../shared/geodata}
db=$work/budgetmap.db
export BUDGETMAP_DATABASE=$db
person=900101300007 # well-formed, and nobody's

sql() { sqlite3 "$db" "$1"; }
version() { sql "SELECT data_version FROM meta"; }
json() { sqlite3 :memory: "SELECT json_extract(readfile('$1'), '$2')"; }
sound() { "$BUDGETMAP" check >/dev/null; }

# --- words on the command line -------------------------------------------------
printf 'id\n' >"$work/empty.csv"
leaves "no database" 6 "no database" import projects "$work/empty.csv"
leaves "no words" 2 "usage" import
leaves "no such kind" 2 "no such kind" import roads "$work/empty.csv"
leaves "no such option" 2 "no such option" import projects x --force
leaves "a date that does not exist" 2 "YYYY-MM-DD" \
    import projects x --as-of 2026-02-30
leaves "dry and wet" 2 "exclude" import projects x --dry-run --apply
leaves "a person's number in the reason" 3 "person's number" \
    import projects "$work/empty.csv" --why "$person"
check "init" "$BUDGETMAP" init
leaves "no file" 6 "cannot be opened" import projects "$work/none.csv"
leaves "an unknown unit" 3 "tenge or thousand" \
    import projects "$work/empty.csv" --unit dollars
leaves "an unknown scope" 3 "kato or source" \
    import projects "$work/empty.csv" --replace-scope all
printf 'id\tplanned\n' | iconv -f UTF-8 -t UTF-16 >"$work/utf16.csv"
leaves "a spreadsheet's UTF-16" 3 "UTF-16: save it as UTF-8" \
    import projects "$work/utf16.csv" --unit tenge
leaves "help names the columns" 0 "budget_approved" import --help

# --- districts -------------------------------------------------------------------
layer=$data/districts.geojson
leaves "the generalised layer, dry" 0 "Dry run" \
    import districts "$layer" --dry-run
is "a dry run leaves nothing" "$(version)" 0
leaves "the generalised layer" 0 "17 new.*
.*Applied as data version 1" import districts "$layer" \
    --report "$work/report.json"
is "its checks are reported" "$(json "$work/report.json" \
    '$.checks[5].what') $(json "$work/report.json" '$.checks[5].passed')" \
    "each area within 15 % of the known one 1"
leaves "again" 0 "Nothing changed" import districts "$layer"

bad_layer() { # NAME PATTERN JSON-EXPRESSION: over the text of the layer, j
    sqlite3 :memory: "SELECT $3 FROM (SELECT readfile('$layer') AS j)" \
        >"$work/bad.geojson"
    leaves "a layer with $1" 3 "$2" import districts "$work/bad.geojson"
}
bad_layer "a district too few" "WRONG: 17 districts.*616400000 is missing" \
    "json_remove(j, '\$.features[16]')"
bad_layer "a district twice" "WRONG: 17 districts.*611000000 is there 2" \
    "json_set(j, '\$.features[1].properties.kato', '611000000',
        '\$.features[1].id', '611000000')"
bad_layer "a district of elsewhere" "1 features have no KATO" \
    "json_set(j, '\$.features[2].properties.kato', '791910000')"
bad_layer "a name missing" "WRONG: names.*611600000" \
    "json_remove(j, '\$.features[1].properties.name_ru')"
bad_layer "no source" "WRONG: a source.*say --source" \
    "json_remove(j, '\$.features[1].properties.source')"
bad_layer "two that overlap" "WRONG: no two districts share" \
    "json_set(j, '\$.features[0].geometry',
        json_extract(j, '\$.features[1].geometry'))"
bad_layer "a small one" "WRONG: each area.*616000000 has [0-9]+ km2" \
    "json_set(j, '\$.features[15].geometry', json('{\"type\":\"Polygon\",
        \"coordinates\":[[[70.34,42.52],[70.36,42.52],[70.36,42.55],
        [70.34,42.55],[70.34,42.52]]]}'))"
bad_layer "one that crosses itself" "WRONG: valid geometries.*616000000 Self" \
    "json_set(j, '\$.features[15].geometry', json('{\"type\":\"Polygon\",
        \"coordinates\":[[[70.1,42.4],[70.6,42.8],[70.6,42.4],[70.1,42.8],
        [70.1,42.4]]]}'))"
bad_layer "a point" "616000000 is no polygon" \
    "json_set(j, '\$.features[15].geometry',
        json('{\"type\":\"Point\",\"coordinates\":[70.3,42.5]}'))"
bad_layer "Shymkent in it" "WRONG: Shymkent" \
    "json_set(j, '\$.features[14].geometry', json('{\"type\":\"Polygon\",
        \"coordinates\":[[[69.4,42.1],[70.2,42.1],[70.2,42.45],[69.4,42.45],
        [69.4,42.1]]]}'))"
printf '{' >"$work/bad.geojson"
leaves "a layer that is no JSON" 3 "Nothing was applied" \
    import districts "$work/bad.geojson"
is "none of them was taken" "$(version)" 1

if [ -f "$real/turkistan_adm2_osm.geojson" ]; then
    leaves "real boundaries need a source" 3 "say --source" \
        import districts "$real/turkistan_adm2_osm.geojson"
    leaves "real boundaries" 0 "17 changed" import districts \
        "$real/turkistan_adm2_osm.geojson" --source OSM --as-of 2026-01-01
    check "they are not generalised" \
        test "$(sql "SELECT max(generalised) FROM district")" = 0
    leaves "boundaries of 2018" 3 "615500000 is missing" import districts \
        "$real/turkistan_adm2_geokz2024.geojson" --source geokz
    check "real boundaries go out as KML" "$BUDGETMAP" export districts \
        "$work/real.kml" --format kml
    leaves "and come back" 0 "Nothing changed" \
        import districts "$work/real.kml"
    leaves "back to the generalised ones" 0 "17 changed" \
        import districts "$layer"
else
    skip "real boundaries" "no real data on this machine"
fi

# --- tables: good ones -------------------------------------------------------------
printf '\xef\xbb\xbfbin;kind;name_kk;name_ru\r\n150140000002;state_body;"Білім; басқармасы";"Управление ""образования"""\r\n150140000305;company;"Құрылыс\nҚ";Стройка\r\n' \
    >"$work/parties.csv"
leaves "semicolons, quotes, a byte order mark" 0 "2 new" \
    import organisations "$work/parties.csv" --who tester --why "first"
is "quotes are taken off" \
    "$(sql "SELECT name_kk || '/' || name_ru FROM organisation
        WHERE bin = '150140000002'")" \
    'Білім; басқармасы/Управление "образования"'
is "who and why stand in the journal" \
    "$(sql "SELECT actor || ' ' || command || ' ' || reason || ' ' || file_name
        FROM journal_batch ORDER BY seq DESC LIMIT 1")" \
    "tester import organisations first parties.csv"

head='id,title_kk,status,category,work_kind,district,lon,lat,planned,customer_bin'
good='Мектеп,implementation,education,new_build'
{
    echo "$head"
    echo "TKS-2026-000001,$good,611000000,68.27,43.302,\"161 850,5\",150140000002"
    echo "TKS-2026-000002,$good,615600000,68.6,45.5,99000,"
    echo "TKS-2026-000003,$good,616400000,,,,"
} >"$work/mine.csv"
leaves "money without a unit" 3 "say --unit" \
    import projects "$work/mine.csv" --source test --as-of 2026-01-01
leaves "no source" 3 "source is missing" \
    import projects "$work/mine.csv" --unit thousand-tenge
before=$(version)
take=(import projects "$work/mine.csv" --unit thousand-tenge
    --source test --as-of 2026-01-01)
leaves "a dry run" 0 "3 new.*
.*Dry run: nothing was applied" "${take[@]}" --dry-run
is "it leaves nothing" "$(version) $(sql "SELECT count(*) FROM project")" \
    "$before 0"
is "not even a byte" "$(cat "$db" "$db-wal" | cksum)" \
    "$("$BUDGETMAP" "${take[@]}" --dry-run >/dev/null && cat "$db" "$db-wal" | cksum)"
leaves "projects" 0 "3 new" "${take[@]}"
is "thousands of tenge" "$(sql "SELECT planned FROM project WHERE id = 1")" \
    16185050000
leaves "the same again" 0 "3 unchanged.*
Nothing changed; the data version stays $((before + 1))" "${take[@]}"
is "it writes nothing" "$(version)" $((before + 1))
sed 's/"161 850,5"/"161 850 500"/; s/99000/99000000/' "$work/mine.csv" \
    >"$work/tenge.csv"
leaves "the same in tenge" 0 "3 unchanged" import projects "$work/tenge.csv" \
    --unit tenge --source test --as-of 2026-01-01
leaves "tenge taken for thousands" 0 "the unit may be wrong" import projects \
    "$work/tenge.csv" --unit thousand-tenge --dry-run --source test \
    --as-of 2026-01-01
echo "id,district
TKS-2026-000001,615600000" >"$work/moved.csv"
leaves "a district far from the place is kept" 0 "1 changed.* 1 warnings
.*line 2: warning: district contradicts the place, which is [0-9.]+ km" \
    import projects "$work/moved.csv"
is "as the file says" "$(sql "SELECT kato FROM project WHERE id = 1")" 615600000

# --- tables: bad ones ----------------------------------------------------------------
{
    echo "$head"
    echo "TKS-2026-000004,$good,611000000,68.27,43.302,1,"
    echo "TKS-2026-000004,$good,611000000,68.27,43.302,1,"
    echo "TKS-2026-000005,$good,611000000,43.302,68.27,1,"
    echo "TKS-2026-000006,$good,619900000,,,1,"
    echo "TKS-2026-000007,Мектеп,done,education,new_build,,,,1,"
    echo "TKS-2026-000008,$good,,,,1"
    echo "TKS-2026-000009,$good,,,,1,$person"
    echo "TKS-2026-000010,ЖСН $person,preparation,education,new_build,,,,1,"
    echo "TKS-2026-000011,$good,,,,-5,"
    echo "TKS-2026-000012,$good,,,,2.345,"
} >"$work/$person.csv"
before=$(version)
bad=(import projects "$work/$person.csv" --unit tenge --source test
    --as-of 2026-01-01)
leaves "refused records" 3 "1 new.* 9 refused.*
.*line 3: refused: id is a record that stands in line 2 already
.*line 4: refused: lon .*exchanged.*
.*line 5: refused: district.*
.*line 6: refused: status.*
.*line 7: refused: .*
.*line 8: refused: customer_bin holds a person's number.*
.*line 9: refused: title_kk holds a person's number.*
.*line 10: refused: planned is below zero
.*line 11: refused: planned is not an amount.*
Nothing was applied" "${bad[@]}" --report "$work/report.json"
echo "$output" >"$work/said"
is "nothing is applied" "$(version)" "$before"
is "the report of a refused record" \
    "$(sqlite3 :memory: "SELECT value FROM json_each(
        readfile('$work/report.json'), '\$.issues')
        WHERE json_extract(value, '\$.line') = 4")" \
    '{"line":4,"level":"refused","field":"lon","reason":"lies in another part of the world: lon and lat are exchanged (lon is 65 to 71.5 here, lat 40 to 46.5)"}'
is "the report counts" "$(json "$work/report.json" '$.counts.refused')/$(json \
    "$work/report.json" '$.applied')" "9/0"
leaves "the others, when told so" 0 "9 refused records were left out" \
    "${bad[@]}" --skip-refused
echo "$output" >>"$work/said"
is "one is applied" "$(sql "SELECT count(*) FROM project")" 4
printf 'id,colour\n' >"$work/colour.csv"
leaves "an unknown column" 3 'no column "colour"' \
    import projects "$work/colour.csv"
printf '' >"$work/nothing.csv"
leaves "an empty file" 3 "Nothing was applied" \
    import projects "$work/nothing.csv"
head -c 3000 /dev/urandom >"$work/noise.csv"
run import projects "$work/noise.csv"
is "noise is refused" "$status" 3

# --- a person's number is nowhere ------------------------------------------------------
{
    echo "bin,kind,name_kk,external_id"
    echo "$person,individual_entrepreneur,ЖК Сынақ,IP-1"
    echo "$person,individual_entrepreneur,ЖК Басқа,"
} >"$work/traders.csv"
leaves "sole traders lose the number" 0 "2 new.* 2 warnings" \
    import organisations "$work/traders.csv" --report "$work/traders.json"
echo "$output" >>"$work/said"
leaves "and are found again" 0 "2 unchanged" \
    import organisations "$work/traders.csv"
"$BUDGETMAP" export organisations "$work/parties-out.csv" >/dev/null
is "no number in the database, its log, reports, output, exports" \
    "$(cat "$db" "$db-wal" "$work/said" "$work/report.json" \
        "$work/traders.json" "$work/parties-out.csv" 2>/dev/null |
        grep -acF "$person")" 0
like "the masked name of the file" "$(json "$work/report.json" '$.file')" \
    '^\*{12}\.csv$'

# --- what the file no longer has ---------------------------------------------------------
printf 'id,district,status\nTKS-2026-000002,615600000,implementation\n' \
    >"$work/scope.csv"
leaves "what a district no longer has" 0 "1 unchanged, 1 withdrawn" \
    import projects "$work/scope.csv" --replace-scope kato
is "it leaves a tombstone" "$(sql "SELECT state FROM project
    WHERE public_id = 'TKS-2026-000001'")" withdrawn
printf 'id,status\nTKS-2026-000001,implementation\n' >"$work/back.csv"
leaves "its id is not used again" 3 "is withdrawn" \
    import projects "$work/back.csv"
before=$(version)
for report in "$work/none/report.json" "$work" /dev/full; do
    leaves "no report in $report" 1 "Nothing was applied" import projects \
        "$work/back.csv" --restore-withdrawn --report "$report"
done
is "without its report nothing is applied" "$(version)" "$before"
status=0
"$BUDGETMAP" import projects "$work/back.csv" --restore-withdrawn \
    --report "$work/told.json" >/dev/full 2>"$work/errors" || status=$?
is "an import that cannot say what it did" "$status" 1
like "says that it did it" "$(cat "$work/errors")" "data was applied"
is "and has its report" "$(json "$work/told.json" '$.applied')" 1
leaves "it is restored" 0 "1 unchanged" import projects "$work/back.csv"
check "a report leaves nothing beside it" \
    test -z "$(find "$work" -name '*.json.*')"
status=0
"$BUDGETMAP" --version >/dev/full 2>&1 || status=$?
is "the version on a full disk" "$status" 1
check "the database is sound" sound

# --- what goes out comes back ---------------------------------------------------------------
demo=$(demo_database) || true
if [ -n "$demo" ]; then
    export BUDGETMAP_DATABASE=$work/demo.db
    cp "$demo" "$work/demo.db"
    for kind in organisations facilities places projects funding contracts \
        amendments payments milestones documents; do
        check "$kind go out" "$BUDGETMAP" export $kind "$work/$kind.csv"
        leaves "$kind come back" 0 "0 new, 0 changed, [0-9]+ unchanged, 0 withdrawn, 0 refused" \
            import $kind "$work/$kind.csv" --unit tenge
    done
    "$BUDGETMAP" export projects "$work/full.csv" --full >/dev/null
    leaves "all columns come back" 0 "0 new, 0 changed, 600 unchanged" \
        import projects "$work/full.csv" --unit tenge
    "$BUDGETMAP" export districts "$work/d.kml" --format kml >/dev/null
    leaves "districts come back" 0 "17 unchanged" \
        import districts "$work/d.kml"
    check "projects go out as GeoJSON" "$BUDGETMAP" export projects \
        "$work/p.geojson" --format geojson
    is "with licence and mark" "$(json "$work/p.geojson" '$.licence') $(json \
        "$work/p.geojson" '$.features[0].properties.demo')" \
        "$(json "$work/p.geojson" '$.licence') 1"
    like "they have a licence" "$(json "$work/p.geojson" '$.licence')" .
    check "projects go out as KML" "$BUDGETMAP" export projects \
        "$work/p.kml" --format kml
    is "with every project" "$(grep -c '<Placemark' "$work/p.kml")" 600
    if command -v ogr2ogr >/dev/null; then
        again_by_gdal() { # FILE OPTION...: what GDAL makes of the projects
            local file=$1
            shift
            ogr2ogr "$@" "$work/$file" "$work/p.geojson" 2>"$work/ogr.log"
            leaves "$* of GDAL comes back" 0 \
                "0 new, 0 changed, 600 unchanged, 0 withdrawn, 0 refused" \
                import projects "$work/$file" --dry-run --unit tenge
        }
        again_by_gdal o.kml -f KML
        again_by_gdal l.kml -f LIBKML
        again_by_gdal w.csv -f CSV -lco GEOMETRY=AS_WKT
    else
        skip "projects of GDAL" "ogr2ogr (gdal-bin) is not installed"
    fi
    is "standard output is the same as a file" \
        "$("$BUDGETMAP" export projects --format csv | cksum)" \
        "$(cksum <"$work/projects.csv")"
    leaves "payments have no place" 3 "only csv" \
        export payments "$work/x.kml" --format kml
    check "a failed export leaves no file" \
        test -z "$(find "$work" -name 'x.kml*')"
    status=0
    "$BUDGETMAP" export projects >/dev/full 2>"$work/errors" || status=$?
    is "an export to a full disk" "$status" 1
    like "says so" "$(cat "$work/errors")" "disk is full"
    # the whole demonstration, from its exports alone
    export BUDGETMAP_DATABASE=$work/again.db
    "$BUDGETMAP" init >/dev/null
    "$BUDGETMAP" import districts "$work/d.kml" >/dev/null
    for kind in organisations facilities places full funding contracts \
        amendments payments milestones documents; do
        name=$kind
        [ $kind != full ] || name=projects
        "$BUDGETMAP" import $name "$work/$kind.csv" --unit tenge >/dev/null ||
            echo "# $kind does not come in"
    done
    "$BUDGETMAP" export projects "$work/again.csv" >/dev/null
    is "a database made of exports has the same projects" \
        "$(tail -n +2 "$work/again.csv" | sort | cksum)" \
        "$(tail -n +2 "$work/projects.csv" | sort | cksum)"
    export BUDGETMAP_DATABASE=$db
else
    skip "the demonstration" "it cannot be made"
fi

# --- two at once, a killed one, a full disk ---------------------------------------------------
"$BUDGETMAP" generate --features 20000 >"$work/many.csv"
many=(import projects "$work/many.csv" --unit tenge)
before=$(version)
held=$work/held
exec 8> >(sqlite3 "$db" >"$held" 2>&1)
holder=$!
echo "BEGIN IMMEDIATE; SELECT 'held';" >&8
wait_for 5 grep -q held "$held"
leaves "while somebody writes" 5 "[Ss]omebody else.*
Nothing was applied" "${many[@]}"
echo "ROLLBACK; .quit" >&8
exec 8>&-
wait "$holder" 2>/dev/null || :

"$BUDGETMAP" "${many[@]}" >"$work/one" 2>&1 &
one=$!
"$BUDGETMAP" "${many[@]}" >"$work/two" 2>&1 &
two=$!
first=0
second=0
wait $one || first=$?
wait $two || second=$?
like "two at once: both are done, or one is told to wait" \
    "$first$second" '^(00|05|50)$'
if [ "$first$second" = 00 ]; then
    is "each report tells what was applied" \
        "$(cat "$work/one" "$work/two" | grep -oE '[0-9]+ (new|unchanged)' | sort | tr '\n' ' ')" \
        "0 new 0 unchanged 19996 new 20000 unchanged "
else
    skip "each report tells what was applied" "one had to wait too long"
fi
is "all projects are there once" \
    "$(sql "SELECT count(*) FROM project WHERE demo = 1")" 20000
is "one version was published" "$(version)" $((before + 1))

# Killed while it writes: the write-ahead log has grown, nothing is committed.
grows() { [ "$(stat -c %s "$db-wal" 2>/dev/null || echo 0)" -gt 1000000 ]; }
kill_in_the_middle() {
    sed -i '2,$s/,/,Жаңа /' "$work/many.csv"
    before=$(version)
    sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    "$BUDGETMAP" "${many[@]}" >"$work/killed" 2>&1 &
    killed=$!
    wait_for 60 grows
    kill -9 $killed
    wait $killed 2>/dev/null
    # A kill that came too late finds it done; then another try is due.
    [ "$(version)" = "$before" ]
}
for try in 1 2 3 4 5; do
    ! kill_in_the_middle || break
done
is "killed before it was done" "$(grep -c Applied "$work/killed")" 0
is "nothing of it is there" "$(version) $(sql "SELECT count(*) FROM project
    WHERE change > $before")" "$before 0"
check "the database is sound after it" sound
leaves "the next one finds it so" 0 "changed" "${many[@]}"
is "and publishes one version" "$(version)" $((before + 1))

full_disk() { # in a name space of its own: DATABASE in a small file system
    mount -t tmpfs -o size=24m none "$work/small"
    cp "$work/seed.db" "$work/small/budgetmap.db"
    export BUDGETMAP_DATABASE=$work/small/budgetmap.db TMPDIR=$1
    export SQLITE_TMPDIR=$1
    status=0
    output=$("$BUDGETMAP" "${many[@]}" 2>&1) || status=$?
    echo "$status $(echo "$output" | tr '\n' ' ')"
    echo "$(sqlite3 "$BUDGETMAP_DATABASE" "SELECT data_version FROM meta") $(
        sqlite3 "$BUDGETMAP_DATABASE" "SELECT count(*) FROM project")"
    "$BUDGETMAP" check | grep -vc sound
}
mkdir "$work/small" "$work/large"
export -f full_disk
export BUDGETMAP work
if unshare -rm true 2>/dev/null; then
    BUDGETMAP_DATABASE=$work/seed.db "$BUDGETMAP" init >/dev/null
    BUDGETMAP_DATABASE=$work/seed.db "$BUDGETMAP" import districts "$layer" \
        >/dev/null
    sqlite3 "$work/seed.db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    for place in small large; do
        output=$(unshare -rm bash -c "$(declare -p many); full_disk '$work/$place'" 2>&1)
        like "a full disk under the $place temporary folder" \
            "$(echo "$output" | sed -n 1p)" \
            '^1 .*The disk is full.*Nothing was applied'
        is "nothing of it is there" "$(echo "$output" | sed -n 2p)" "1 0"
        is "the database is sound" "$(echo "$output" | sed -n 3p)" 1
    done
else
    skip "a full disk" "unshare is not allowed here"
fi

# --- at a terminal -------------------------------------------------------------------------------
if command -v script >/dev/null; then
    before=$(version)
    sed -i 's/,Мектеп,/,Мектебі,/' "$work/mine.csv"
    printf '#!/bin/sh\nexec %q import projects %q --unit thousand-tenge --source test --as-of 2026-01-01\n' \
        "$BUDGETMAP" "$work/mine.csv" >"$work/ask"
    chmod +x "$work/ask"
    output=$(echo n | script -qec "$work/ask" /dev/null)
    like "a person is asked" "$output" "changed.*"
    like "after the report" "$output" "Apply this"
    like "and may say no" "$output" "Nothing was applied"
    is "then nothing is" "$(version)" "$before"
    output=$(echo y | script -qec "$work/ask" /dev/null)
    like "or yes" "$output" "Applied as data version $((before + 1))"
    like "with a bar" "$output" "reading +\["
else
    skip "at a terminal" "there is no script(1)"
fi
finish
