#!/usr/bin/env bash
# Files for layers: round trips of foreign ones, what GDAL writes, what is meant
# to harm.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

db=$work/budgetmap.db
export BUDGETMAP_DATABASE=$db
data=$top/tests/data/kml

version() { sqlite3 "$db" "SELECT data_version FROM meta"; }
sql() { sqlite3 "$db" "$1"; }

"$BUDGETMAP" init >/dev/null

# --- round trips: export, import, export ---------------------------------------
for path in "$data"/*.kml; do
    name=$(basename "$path" .kml)
    run import layer "$name" "$path" --skip-refused --apply
    is "$name is taken" "$status" 0
    for format in kml kmz geojson csv; do
        first=$work/$name.1.$format second=$work/$name.2.$format
        "$BUDGETMAP" export layer "$name" "$first" --format $format >/dev/null
        before=$(version)
        run import layer "$name" "$first" --apply
        like "$name comes back from $format unchanged" "$output" \
            "Nothing changed; the data version stays $before"
        "$BUDGETMAP" export layer "$name" "$second" --format $format >/dev/null
        check "and goes out again byte for byte" cmp "$first" "$second"
    done
    check "its KML is well-formed" xmllint --noout "$work/$name.1.kml"
    run import layer "${name}_new" "$work/$name.1.kml" --apply
    "$BUDGETMAP" export layer "${name}_new" "$work/new.kml" --format kml >/dev/null
    # But for what it is called, for numbers of its own and for the order in
    # which its fields are met.
    plain() { # FILE NAME
        sed "s/\\b$2\\b/NAME/g; s/n[0-9]*\"/n\"/; s/\"id\">[0-9]*</\"id\"></
            s/<name>[0-9]*</<name></
            s/\"source_id\">[A-Za-z0-9_]*\.[0-9]*</\"source_id\"></
            s/<description><!.CDATA.*//; s/<BalloonStyle>.*//" "$1" | sort
    }
    check "as a layer of its own it is the same file" cmp \
        <(plain "$work/$name.1.kml" "$name") \
        <(plain "$work/new.kml" "${name}_new")
done
like "a style is kept" "$(cat "$work/google_earth.1.kml")" \
    '<StyleMap id="msn_ylw-pushpin">'
like "what is not understood is kept" "$(cat "$work/google_earth.1.kml")" \
    '<LookAt><longitude>68.25</longitude>'
like "in the order of the schema" "$(tr -d '\n' <"$work/google_earth.1.kml")" \
    '<visibility>0</visibility><description>.*</description><LookAt>.*</LookAt><styleUrl>'
is "heights are kept" "$(sql "SELECT group_concat(heights, '|') FROM
    (SELECT heights FROM layer_feature f JOIN layer l ON l.id = f.layer_id
        WHERE l.name = 'heights' ORDER BY f.id LIMIT 3)")" \
    "relativeToGround extrude 120.5|absolute 200 201.5 -|relativeToSeaFloor 10 13 12 11 10"
like "and go out again" "$(cat "$work/heights.1.kml")" \
    '<Point><extrude>1</extrude><altitudeMode>relativeToGround</altitudeMode><coordinates>68.25,43.3,120.5<'
like "in GeoJSON too" "$(cat "$work/heights.1.geojson")" \
    '\[\[68.1,43.1,200\],\[68.2,43.2,201.5\],\[68.3,43.3\]\]'
like "but not those of a place that moved" "$(sed 's/68.2500000,43.3/68.25,43.3/; s/,68.25,43.3,/,68.251,43.3,/' \
    "$work/heights.1.csv" >"$work/moved.csv"
    "$BUDGETMAP" import layer heights "$work/moved.csv" --dry-run 2>&1)" \
    'мұнара" changes: geometry, heights'
like "times of a track are an attribute" "$(sql "SELECT attributes ->> 'times' FROM
    layer_feature f JOIN layer l ON l.id = f.layer_id
    WHERE l.name = 'track' AND f.name = 'тексеру'")" \
    '^2026-05-01T08:00:00Z 2026-05-01T08:10:00Z$'
is "a table of ArcGIS is attributes" \
    "$(sql "SELECT attributes ->> 'places' FROM layer_feature f JOIN layer l
        ON l.id = f.layer_id WHERE l.name = 'arcgis'")" 600

# --- what a feature is called ----------------------------------------------------
cat >"$work/called.geojson" <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"Атауы":"Мектеп","code":1},"geometry":{"type":"Point","coordinates":[68.1,43.1]}},
{"type":"Feature","properties":{"Атауы":"77","code":2},"geometry":{"type":"Point","coordinates":[68.2,43.1]}},
{"type":"Feature","properties":{"code":3},"geometry":{"type":"Point","coordinates":[68.3,43.1]}}]}
END
printf 'Name,lon,lat\n1234,68.1,43.1\n5678,68.2,43.1\n' >"$work/numbered.csv"
for name in called.geojson numbered.csv; do
    layer=${name%.*}
    run import layer "$layer" "$work/$name" --apply
    for format in kml kmz geojson csv; do
        "$BUDGETMAP" export layer "$layer" "$work/$layer.1.$format" \
            --format $format >/dev/null
        run import layer "$layer" "$work/$layer.1.$format" --apply
        like "$layer comes back from $format as it is called" "$output" \
            "Nothing changed"
    done
done
names() { sed -n 's/^<name>\(.*\)<.name>$/\1/p' "$1" | tail -n +2 | sort; }
nameless=$(sql "SELECT f.id FROM layer_feature f JOIN layer l
    ON l.id = f.layer_id WHERE l.name = 'called' AND f.name IS NULL")
is "KML calls features as their file does, else by their number" \
    "$(names "$work/called.1.kml")" "$(printf '%s\n' "$nameless" 77 Мектеп | sort)"
is "and by numbers where those are the names" \
    "$(names "$work/numbered.1.kml" | tr '\n' ' ')" "1234 5678 "
sed "s/<name>$nameless</<name>Жаңа ат</" "$work/called.1.kml" >"$work/renamed.kml"
run import layer called "$work/renamed.kml" --dry-run
like "a name that was given since is taken" "$output" 'changes: name$'

# --- numbers ---------------------------------------------------------------------
echo '{"type":"Feature","geometry":null,"properties":{"a":155.91968623885195,"b":12345678.123456789,"c":1e-12,"d":0.5,"e":-3}}' \
    >"$work/numbers.geojson"
run import layer numbers "$work/numbers.geojson" --apply
like "numbers that are not kept to the last digit are told" "$output" \
    '2 numbers have more than nine decimals or fifteen digits'
for format in kml geojson csv; do
    "$BUDGETMAP" export layer numbers "$work/numbers.$format" --format $format >/dev/null
    run import layer numbers "$work/numbers.$format" --apply
    like "and come back from $format as they went" "$output" "Nothing changed"
    unlike "without a word" "$output" "rounded"
done
printf '<kml><Placemark><ExtendedData><Data name="a"><value>1</value></Data><Data name="a"><value>2</value></Data><Data name="a"><value>3</value></Data></ExtendedData></Placemark></kml>' \
    >"$work/again.kml"
run import layer again "$work/again.kml" --apply
is "an attribute that stands again and again is kept" "$(sql "SELECT attributes
    FROM layer_feature f JOIN layer l ON l.id = f.layer_id
    WHERE l.name = 'again'")" '{"a":1,"a_2":2,"a_3":3}'

# --- tables as they are ----------------------------------------------------------
printf 'Атауы;;Долгота;Широта;len;len;len\nМектеп;x;68,25;43,3;1;2;3\nБос;;;;4;5;6\n' \
    >"$work/table.csv"
run import layer table "$work/table.csv" --apply
is "columns without a name, or with that of another, have one" \
    "$(sql "SELECT group_concat(attributes) FROM (SELECT attributes FROM
        layer_feature f JOIN layer l ON l.id = f.layer_id WHERE l.name = 'table'
        ORDER BY f.id)")" \
    '{"atauy":"Мектеп","column_2":"x","len":1,"len_2":2,"len_3":3},{"atauy":"Бос","len":4,"len_2":5,"len_3":6}'
like "which is told" "$output" 'called by a number: 3'
like "and what has no place" "$output" 'records without coordinates.*: 1'
is "Долгота and Широта are the place" "$(sql "SELECT count(*) FROM layer_feature f
    JOIN layer l ON l.id = f.layer_id WHERE l.name = 'table'
    AND anchor_lon = 68.25 AND anchor_lat = 43.3")" 1
printf 'wkt,n\nSRID=4326;POINT(68 43),1\nPOINT EMPTY,2\n"LINESTRING Z (68 43 1, 69 44 2)",3\nSRID=32642;POINT(1 2),4\n' \
    >"$work/wkt.csv"
run import layer wkt "$work/wkt.csv" --apply --skip-refused
like "what PostGIS writes is taken" "$output" '3 new.* 1 refused'
like "another system is refused" "$output" 'line 5: feature 4 refused: .*SRID 4326'
like "what is empty is told" "$output" 'whose geometry is empty.*: 1'
like "heights that go are told" "$output" 'whose WKT has heights.*: 1'
printf 'n\n1\n' >"$work/flat.csv"
run import layer flat "$work/flat.csv" --apply
like "a table without places is taken, and says so" "$output" 'no column lon and lat.*: 1'
printf '\xcd\xe0,lon,lat\n1,68,43\n' >"$work/1251.csv"
run import layer harm "$work/1251.csv" --apply
like "of another encoding the way out is told" "$output" 'save the file as UTF-8'
printf '\377\376n\0\n\0' >"$work/utf16.csv"
run import layer harm "$work/utf16.csv" --apply
like "and of UTF-16" "$output" 'UTF-16: save it as UTF-8'

# --- what GDAL writes ------------------------------------------------------------
cat >"$work/source.geojson" <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"Name":"Нүкте","code":"007","n":5,"x":1.5,"day":"2026-05-01"},
 "geometry":{"type":"Point","coordinates":[68.25,43.3]}},
{"type":"Feature","properties":{"Name":"Сызық","code":"008","n":-3,"x":2.25,"day":"2026-05-02"},
 "geometry":{"type":"LineString","coordinates":[[68.2,43.3],[68.3,43.35]]}},
{"type":"Feature","properties":{"Name":"Аумақ","code":"009","n":0,"x":-0.5,"day":"2026-05-03"},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[68.2,43.2],[68.3,43.2],[68.3,43.3],[68.2,43.2]]]]}}]}
END
from_gdal() { # NAME FILE OPTION...
    local name=$1 file=$work/$2
    shift 2
    if ! ogr2ogr "$@" "$file" "$work/source.geojson" >"$work/ogr.log" 2>&1; then
        skip "$name" "ogr2ogr does not write it: $(head -n 1 "$work/ogr.log")"
        return
    fi
    run import layer "$name" "$file" --apply
    is "$name of GDAL is taken" "$status" 0
    is "$name: three features with places" "$(sql "SELECT count(*) FROM layer_feature f
        JOIN layer l ON l.id = f.layer_id WHERE l.name = '$name'
        AND f.geom IS NOT NULL")" 3
    is "$name: with their attributes" "$(sql "SELECT group_concat(v, '|') FROM
        (SELECT (attributes ->> 'name') || ' ' || (attributes ->> 'code') || ' ' ||
        (attributes ->> 'n') || ' ' || (attributes ->> 'x') || ' ' ||
        (attributes ->> 'day') AS v FROM layer_feature f
        JOIN layer l ON l.id = f.layer_id WHERE l.name = '$name' ORDER BY f.id)")" \
        "Нүкте 007 5 1.5 2026-05-01|Сызық 008 -3 2.25 2026-05-02|Аумақ 009 0 -0.5 2026-05-03"
}
if command -v ogr2ogr >/dev/null; then
    from_gdal gdal_kml a.kml -f KML
    from_gdal gdal_libkml b.kml -f LIBKML
    from_gdal gdal_kmz c.kmz -f LIBKML
    from_gdal gdal_geojson d.geojson -f GeoJSON
    from_gdal gdal_rfc7946 e.geojson -f GeoJSON -lco RFC7946=YES
    for crs in 3857 32641 32642; do
        from_gdal gdal_$crs $crs.geojson -f GeoJSON -t_srs EPSG:$crs
        is "gdal_$crs lies where it lay" "$(sql "SELECT count(*) FROM layer_feature a
            JOIN layer l ON l.id = a.layer_id AND l.name = 'gdal_$crs'
            JOIN layer_feature b ON b.geom = a.geom
            JOIN layer m ON m.id = b.layer_id AND m.name = 'gdal_geojson'")" 3
    done
    from_gdal gdal_seq f.geojsonl -f GeoJSONSeq
    from_gdal gdal_rs g.geojsons -f GeoJSONSeq -lco RS=YES
    for name in first second; do
        ogr2ogr -f LIBKML -update -append -nln "$name" "$work/layers.kml" \
            "$work/source.geojson" >"$work/ogr.log" 2>&1
    done
    if [ -s "$work/layers.kml" ]; then
        run import layer gdal_layers "$work/layers.kml" --apply
        is "two layers of GDAL in a KML are folders" "$(sql "SELECT
            group_concat(n, ' ') FROM (SELECT (attributes ->> 'folder') || ' ' ||
            count(*) AS n FROM layer_feature f JOIN layer l ON l.id = f.layer_id
            WHERE l.name = 'gdal_layers' GROUP BY attributes ->> 'folder')")" \
            "first 3 second 3"
    else
        skip "two layers of GDAL" "ogr2ogr does not append to KML: $(head -n 1 "$work/ogr.log")"
    fi
    from_gdal gdal_csv h.csv -f CSV -lco GEOMETRY=AS_WKT
    from_gdal gdal_semicolon i.csv -f CSV -lco GEOMETRY=AS_WKT \
        -lco SEPARATOR=SEMICOLON
else
    skip "files of GDAL" "ogr2ogr (gdal-bin) is not installed"
fi

echo '{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":null,
"properties":{"a":12345678901234567890123,"description":"<b>x</b><script>y</script>"},"kept":[1]}],"metadata":{"a":1},"name":"x"}' >"$work/members.json"
run import layer members "$work/members.json" --apply
like "members of a file are told, those of a feature kept" "$output" \
    'members of the file are left out: "metadata"$'
like "and go out again" "$("$BUDGETMAP" export layer members)" '"kept":\[1\]'
like "a number beyond 64 bits is a decimal" "$output" 'beyond 64 bits, which are now decimals: 1'
printf 'column,field\ninfo,description\n' >"$work/info.csv"
echo '{"type":"Feature","geometry":null,
"properties":{"name":"n","info":"<b>x</b><script>y</script><svg onload=z>"}}' >"$work/info.json"
run import layer info "$work/info.json" --map "$work/info.csv" --apply
is "whatever way a description came in, it goes out clean" \
    "$("$BUDGETMAP" export layer info --format kml | grep '^<description>&')" \
    '<description>&lt;b&gt;x&lt;/b&gt;</description>'
"$BUDGETMAP" export layer info "$work/info.kml" --format kml >/dev/null
like "the description says what its time is" "$(cat "$work/info.kml")" \
    '<description>(<!.CDATA.)?Деректер жарияланған уақыт: 20[-0-9T:]*Z\.'
run import layer info "$work/info.kml" --apply
like "and the attribute stays what it was" "$output" 'Nothing changed'

# --- a map -----------------------------------------------------------------------
cat >"$work/map.csv" <<'END'
column,field,type,title_kk,title_ru,title_en
code,source_id,,,,
Name,title,,Атауы,Название,Title
n,floors,text,,,
x,,,,,
END
run import layer mapped "$work/source.geojson" --map "$work/map.csv" --apply
like "a map names fields" "$output" 'field floors: text, of the column n'
is "leaves out, types, titles and finds ids" \
    "$(sql "SELECT attributes || f.source_id FROM layer_feature f
        JOIN layer l ON l.id = f.layer_id WHERE l.name = 'mapped'
        ORDER BY f.id LIMIT 1")" \
    '{"title":"Нүкте","floors":"5","day":"2026-05-01"}007'
is "in three languages" "$(sql "SELECT fields ->> '\$[0].title_ru' FROM layer
    WHERE name = 'mapped'")" Название

# --- a large file ---------------------------------------------------------------
awk 'BEGIN {
    words = "мәтін "; for (i = 0; i < 5; i++) words = words words
    print "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
    for (i = 0; i < 100000; i++)
        printf "<Placemark id=\"p%d\"><name>Нысан %d</name><description>%s</description>" \
            "<Point><coordinates>%.5f,%.5f</coordinates></Point></Placemark>\n",
            i, i, words, 66 + i % 400 / 100, 41 + i / 25000
    print "</Document></kml>"
}' >"$work/large.kml"
check "the file has 50 MB" test "$(stat -c %s "$work/large.kml")" -gt 50000000
large=$( (ulimit -v 200000; ulimit -t 20
    exec "$BUDGETMAP" import layer large "$work/large.kml" --apply) 2>&1 </dev/null)
like "100000 placemarks come in in 20 s of CPU and 200 MB of memory" "$large" \
    '100000 new.*0 refused'
rm "$work/large.kml"

# --- exchanged coordinates ----------------------------------------------------------
sed 's/\[68.25,43.3\]/[43.3,68.25]/; s/\[\[68.2,43.3\],\[68.3,43.35\]\]/[[43.3,68.2],[43.35,68.3]]/' \
    "$work/source.geojson" >"$work/swapped.geojson"
run import layer swapped "$work/swapped.geojson" --dry-run
like "exchanged coordinates are told" "$output" \
    '2 of 3 features lie in the oblast only when lon and lat are exchanged: try --swap'
run import layer swapped "$work/swapped.geojson" --swap --apply
is "and exchanged back" "$(sql "SELECT anchor_lon || ' ' || anchor_lat FROM
    layer_feature f JOIN layer l ON l.id = f.layer_id
    WHERE l.name = 'swapped' AND f.name = 'Нүкте'")" "68.25 43.3"

# --- what is meant to harm --------------------------------------------------------------
sum() { sqlite3 "$db" .dump | sha256sum; } # of all that is stored
before=$(version) before_sum=$(sum)
harm() { # NAME FILE PATTERN: refused, quickly, in little memory, nothing stored
    local status=0 output
    output=$( (ulimit -v 500000; ulimit -t 20
        exec "$BUDGETMAP" import layer harm "$2" --apply) 2>&1 </dev/null) ||
        status=$?
    is "$1 is refused" "$status" 3
    like "$1: with a reason" "$output" "$3"
}
kml() { # TEXT: a KML file of it
    printf '<kml xmlns="http://www.opengis.net/kml/2.2">%s</kml>' "$1"
}
harm "nothing" /dev/null 'empty|read twice'
: >"$work/harm"
harm "an empty file" "$work/harm" 'empty'
kml '' >"$work/harm"
harm "an empty document" "$work/harm" 'no features'
kml '<NetworkLink><Link><href> http://10.0.0.1/a.kml</href></Link></NetworkLink>' >"$work/harm"
harm "nothing but links" "$work/harm" 'only links.*never followed: open http://10.0.0.1/a.kml'
echo '{"type":"FeatureCollection","features":[]}' >"$work/harm"
harm "an empty collection" "$work/harm" 'no features'
cat >"$work/harm" <<'END'
<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
<kml><Placemark><name>&f;&f;&f;&f;</name></Placemark></kml>
END
harm "billions of laughs" "$work/harm" 'DOCTYPE'
printf '<!DOCTYPE kml SYSTEM "file:///etc/passwd"><kml/>' >"$work/harm"
harm "a file from elsewhere" "$work/harm" 'DOCTYPE'
head -c 600 "$data/google_earth.kml" >"$work/harm"
"$BUDGETMAP" import layer harm "$work/harm" --dry-run --report "$work/report.json" \
    >"$work/out" 2>&1 </dev/null
like "machines are told too" "$(cat "$work/report.json")" \
    '"applied":false,.*"failure":"the file is not valid XML at line [0-9]+"'
harm "a truncated KML" "$work/harm" 'not valid XML at line'
head -c 300 "$work/source.geojson" >"$work/harm"
harm "a truncated GeoJSON" "$work/harm" 'not valid JSON at line [0-9]+, byte'
head -c 200 "$work/c.kmz" >"$work/harm" 2>/dev/null || printf 'PK\3\4' >"$work/harm"
harm "a truncated KMZ" "$work/harm" 'no whole zip'
kml '<Placemark><name>n</name><Point><coordinates>NaN,43</coordinates></Point></Placemark>' \
    >"$work/harm"
harm "no number" "$work/harm" 'line 1: "n" refused: .*coordinates'
echo '{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,43]}}' >"$work/harm"
harm "no number in GeoJSON" "$work/harm" 'line 1: feature 1 refused: not valid JSON at byte'
printf '{"type":"FeatureCollection","features":[%s,%s]}' \
    '{"type":"Feature","geometry":null,"properties":{"a":1}}' \
    '{"type":"Feature","geometry":{"type":"Point"},"properties":{"a":2}}' >"$work/harm"
run import layer harm "$work/harm" --dry-run --report "$work/report.json"
like "features of one line are told apart" "$output" \
    'line 1: feature 2 refused: .*
.*line 1: feature 1 new'
is "by machines too" "$(sqlite3 :memory: "SELECT group_concat(
    readfile('$work/report.json') ->> value, ' ')
    FROM json_each('[\"\$.issues[0].number\",\"\$.features[0].number\"]')")" "2 1"
{
    printf '<kml><Placemark><name>many</name><Polygon><outerBoundaryIs><LinearRing><coordinates>'
    awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "68.%d,43 ", i % 10 }'
    printf '</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>'
} >"$work/harm"
harm "a million vertices" "$work/harm" 'line 1.*500000 positions|longer than 10 MB'
{
    printf '{"type":"Feature","geometry":{"type":"LineString","coordinates":[[68,43]'
    awk 'BEGIN { for (i = 0; i < 1000000; i++) printf ",[68,43]" }'
    printf ']}}'
} >"$work/harm"
harm "a million vertices in GeoJSON" "$work/harm" '500000 positions'
{
    printf '{"type":"Feature","geometry":null,"properties":{"a":[{}'
    awk 'BEGIN { for (i = 0; i < 4000000; i++) printf ",{}" }'
    printf ']}}'
} >"$work/harm"
harm "millions of objects" "$work/harm" 'line 1: feature 1 refused: holds too many values'
{
    printf '<kml>'
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<Folder>" }'
} >"$work/harm"
harm "folders in folders" "$work/harm" '64 levels'
{
    printf '{"type":"FeatureCollection","features":'
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }'
} >"$work/harm"
harm "brackets in brackets" "$work/harm" '64 levels'
if command -v python3 >/dev/null; then
    archive() { # PYTHON: writes entries to the archive z
        python3 -c "
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
$1
z.close()" "$work/harm"
    }
    archive "z.writestr('doc.kml', '<kml>' + ' ' * 300000000 + '</kml>')"
    harm "a bomb of white space" "$work/harm" 'longer than 10 MB|200 times'
    archive "z.writestr('doc.kml', '<kml>' + '<Folder/>' * 12000000 + '</kml>')"
    harm "a bomb" "$work/harm" '200 times'
    archive "z.writestr('doc.kml', '<kml/>'); z.writestr('../../evil', 'x')"
    harm "a way out of the archive" "$work/harm" 'leads out'
    archive "z.writestr('doc.kml', '<kml/>'); z.writestr('a.kmz', 'x')"
    harm "an archive in the archive" "$work/harm" 'archive lies in'
    archive "
for i in range(20000): z.writestr(str(i), '')"
    harm "very many entries" "$work/harm" '10000 entries'
fi
person=900101300007 # well-formed, and nobody's
echo '{"type":"Feature","geometry":null,"properties":{"owner":"'$person'"}}' >"$work/harm"
harm "a person's number" "$work/harm" "person's number"
unlike "which is not shown" "$output" "$person"
echo '{"type":"Feature","geometry":null,"properties":{"n'$person'":1}}' >"$work/harm"
harm "a column called by it" "$work/harm" "column holds a person's number"
unlike "which is not shown either" "$output" "$person"
leaves "a layer called by it" 3 "name holds a person's number" \
    import layer "n$person" "$work/source.geojson" --apply
printf 'column,field,type,title_ru\na,b,,ИИН %s\n' "$person" >"$work/harm.csv"
echo '{"type":"Feature","geometry":null,"properties":{"a":1}}' >"$work/harm"
leaves "a title of a column with it" 3 "column holds a person's number" \
    import layer harm "$work/harm" --map "$work/harm.csv" --apply
# Cut somewhere.
kml '<Placemark id="a"><name>&#1072;</name><Point><coordinates>68,43</coordinates></Point></Placemark>' \
    >"$work/whole"
cut_at() { # refused, whatever its length; every byte: test_foreign_stream
    local n
    for ((n = 0; n < $(stat -c %s "$work/whole"); n += 3)); do
        head -c "$n" "$work/whole" >"$work/harm"
        "$BUDGETMAP" import layer harm "$work/harm" --apply >"$work/out" 2>&1 </dev/null
        [ $? -eq 3 ] || { echo "cut at $n: $(cat "$work/out")"; return 1; }
    done
}
check "a file that is cut anywhere is refused" cut_at
is "the data is byte for byte what it was" "$(sum)" "$before_sum"
is "nothing of all that is stored" "$(version) $(sql "SELECT count(*) FROM layer
    WHERE name = 'harm'")" "$before 0"
printf '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><snippet>%s</snippet><description>%s</description><Style id="s%s"/><Placemark><Point><coordinates>68,43</coordinates></Point></Placemark></Document></kml>' \
    "$person" "$person" "$person" >"$work/harm"
leaves "a document that tells it" 0 "number .IIN.: left out" \
    import layer told "$work/harm" --apply
unlike "nothing shows it" "$output" "$person"
is "and nothing keeps it" "$(cat "$BUDGETMAP_DATABASE" "$BUDGETMAP_DATABASE-wal" 2>/dev/null | grep -acF "$person")" 0
check "the database is sound" "$BUDGETMAP" check
finish
