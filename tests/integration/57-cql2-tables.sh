#!/usr/bin/env bash
# The predicates of CQL2's abstract tests (OGC 21-065r2 annex A) on imported
# tables with the columns that they ask for: counts have to be those of SQL that
# GDAL answers from the same files.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

db=$work/budgetmap.db
export BUDGETMAP_DATABASE=$db
countries=ne_110m_admin_0_countries
places=ne_110m_populated_places_simple
rivers=ne_110m_rivers_lake_centerlines

# --- tables of our own, rough and small -----------------------------------------
collection() { # one feature a line
    awk 'BEGIN { printf "{\"type\":\"FeatureCollection\",\"features\":[" }
        { printf "%s%s", sep, $0; sep = ",\n" }
        END { print "]}" }'
}

collection <<'END' >"$work/$countries.geojson"
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[5.7,49.4],[6.5,49.4],[6.5,50.2],[5.7,50.2],[5.7,49.4]]]},"properties":{"NAME":"Luxembourg","POP_EST":619896}}
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[6,47.5],[15,47.5],[15,54.9],[6.5,54.9],[6.5,49.4],[6,49],[6,47.5]]]},"properties":{"NAME":"Germany","POP_EST":83132799}}
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-4.5,42.4],[7.5,43.7],[6,47.5],[6,49],[2.5,51],[-4.7,48.5],[-4.5,42.4]]]},"properties":{"NAME":"France","POP_EST":67059887}}
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[46.5,41],[87.3,41],[87.3,55.4],[46.5,55.4],[46.5,41]]]},"properties":{"NAME":"Қазақстан","POP_EST":18513930}}
{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[8,54.9],[10.5,54.9],[10.5,57.7],[8,57.7],[8,54.9]]],[[[11,54.9],[12.6,54.9],[12.6,56.1],[11,56.1],[11,54.9]]]]},"properties":{"NAME":"Danmark","POP_EST":5818553}}
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-60,-80],[60,-80],[60,-65],[-60,-65],[-60,-80]],[[-10,-75],[-10,-70],[10,-70],[10,-75],[-10,-75]]]},"properties":{"NAME":"Antarctica","POP_EST":0}}
{"type":"Feature","geometry":null,"properties":{"NAME":null,"POP_EST":null}}
END

# name|pop_other|lon|lat|further properties
{
    cat <<'END'
København|1038288|12.56|55.68|"date":"2022-04-16","start":"2022-04-16T10:13:19Z","end":"2022-04-16T10:15:10Z","boolean":true
Berlin|3013258|13.4|52.52|"date":"2022-04-17","start":"2022-04-16T10:15:10Z","end":"2022-04-16T10:16:06Z","boolean":true
Bern|275329|7.47|46.92|"date":"2021-04-16","start":"2021-04-16T10:15:59Z","end":"2022-04-16T10:16:06Z","boolean":false
Kiev|1611692|30.52|50.43|
Athens|112572|23.73|37.98|
Paris|11177000|2.33|48.87|
Luxembourg|107260|6.13|49.61|
Chișinău|688134|28.86|47|
Bratislava|373687|17.12|48.15|
Brazzaville|1355676|15.28|-4.26|
Brussels|1490000|4.33|50.84|
Brasília|2562963|-47.92|-15.78|
Түркістан|227098|68.25|43.3|
ШЫМКЕНТ|1038288|69.6|42.32|
Қызылорда|NULL|65.51|44.85|
STRASSE|5|8|48|
Straße|6|8.1|48.1|
Bar_bados|7|-59.6|13.1|
END
} | awk -F'|' '{
    pop = $2 == "NULL" ? "null" : $2
    printf "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%s,%s]},\"properties\":{\"name\":\"%s\",\"pop_other\":%s%s}}\n",
        $3, $4, $1, pop, ($5 == "" ? "" : "," $5) }' | collection >"$work/$places.geojson"

collection <<'END' >"$work/$rivers.geojson"
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[8.5,46.5],[7.6,47.6],[8.2,49],[6,51.9]]},"properties":{"name":"Rhein"}}
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[74,41],[68,43],[62,45.5],[61,46]]},"properties":{"name":"Сырдария"}}
{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[3,47],[2.5,48.9],[0.2,49.4]],[[4,48.5],[2.5,48.9]]]},"properties":{"name":"Seine"}}
END

# --- as layers --------------------------------------------------------------------
cp "$(demo_database)" "$db"
for table in $countries $places $rivers; do
    check "$table is imported" "$BUDGETMAP" import layer $table "$work/$table.geojson" \
        --title-kk "$table" --title-ru "$table" --title-en "$table" --licence CC0 --source "Test" --apply
done
stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }
is "$places has all its columns, typed" "$(fetch /api/collections/$places/queryables | jq -r \
    '.properties | [.name.type, .pop_other.type, .date.format, .start.format, .end.format, .boolean.type] | join(" ")')" \
    "string integer date date-time date-time boolean"

# --- predicates: table | CQL2 | SQL -------------------------------------------------
# casei and accenti stand in SQL as the lists of what they make equal.
cat >"$work/predicates" <<'END'
p|name IS NOT NULL|name IS NOT NULL
p|name IS NULL|name IS NULL
p|name='København'|name='København'
p|name>='København'|name>='København'
p|name>'København'|name>'København'
p|name<='København'|name<='København'
p|name<'København'|name<'København'
p|name<>'København'|name<>'København'
p|pop_other IS NULL|pop_other IS NULL
p|pop_other=1038288|pop_other=1038288
p|pop_other>=1038288|pop_other>=1038288
p|pop_other>1038288|pop_other>1038288
p|pop_other<=1038288|pop_other<=1038288
p|pop_other<1038288|pop_other<1038288
p|pop_other<>1038288|pop_other<>1038288
p|"date" IS NOT NULL|"date" IS NOT NULL
p|"date"=DATE('2022-04-16')|date(replace("date",'/','-'))='2022-04-16'
p|"date">=DATE('2022-04-16')|date(replace("date",'/','-'))>='2022-04-16'
p|"date"<DATE('2022-04-16')|date(replace("date",'/','-'))<'2022-04-16'
p|"date"<>DATE('2022-04-16')|date(replace("date",'/','-'))<>'2022-04-16'
p|"start"=TIMESTAMP('2022-04-16T10:13:19Z')|substr(replace("start",'/','-'),1,19) IN ('2022-04-16T10:13:19','2022-04-16 10:13:19')
p|"start" IS NULL|"start" IS NULL
p|"boolean"=true|"boolean"=1
p|"boolean"=false|"boolean"=0
p|"boolean" IS NULL|"boolean" IS NULL
p|NOT ("boolean"=true)|NOT ("boolean"=1)
p|pop_other>1000000 AND name<'C' OR name='Kiev'|pop_other>1000000 AND name<'C' OR name='Kiev'
p|NOT (pop_other>1000000 OR name<'C')|NOT (pop_other>1000000 OR name<'C')
p|name LIKE 'B_r%'|name GLOB 'B?r*'
p|name NOT LIKE 'B_r%'|NOT name GLOB 'B?r*'
p|name LIKE 'Bar\_b%'|name GLOB 'Bar_b*'
p|pop_other BETWEEN 1000000 AND 3000000|pop_other BETWEEN 1000000 AND 3000000
p|pop_other NOT BETWEEN 1000000 AND 3000000|pop_other NOT BETWEEN 1000000 AND 3000000
p|name IN ('Kiev','kobenhavn','Berlin','athens','foo')|name IN ('Kiev','kobenhavn','Berlin','athens','foo')
p|name NOT IN ('Kiev','kobenhavn','Berlin','athens','foo')|name NOT IN ('Kiev','kobenhavn','Berlin','athens','foo')
p|pop_other IN (1038288,1611692,3013258,3013257)|pop_other IN (1038288,1611692,3013258,3013257)
p|CASEI(name)=CASEI('KIEV')|name IN ('Kiev')
p|CASEI(name)=CASEI('kØBENHAVN')|name IN ('København')
p|CASEI(name)=CASEI('шымкент')|name IN ('ШЫМКЕНТ')
p|CASEI(name)=CASEI('ҚЫЗЫЛОРДА')|name IN ('Қызылорда')
p|CASEI(name)=CASEI('strasse')|name IN ('STRASSE','Straße')
p|CASEI(name) LIKE CASEI('b_R%')|name GLOB 'B?r*'
p|CASEI(name) IN (CASEI('Kiev'),CASEI('BERLIN'),CASEI('athens'))|name IN ('Kiev','Berlin','Athens')
p|CASEI(name)>=CASEI('LUX')|name IN ('Luxembourg','Paris','STRASSE','Straße','Түркістан','ШЫМКЕНТ','Қызылорда')
p|ACCENTI(name)=ACCENTI('Chisinau')|name IN ('Chișinău')
p|ACCENTI(name)=ACCENTI('Туркистан')|name IN ('Түркістан')
p|ACCENTI(name) LIKE ACCENTI('%ília')|name IN ('Brasília')
p|CASEI(ACCENTI(name))=CASEI(ACCENTI('CHIȘINĂU'))|name IN ('Chișinău')
p|pop_other=1038280+8|pop_other=1038280+8
p|pop_other>=1038290-2^1|pop_other>=1038290-2
p|pop_other<1000000*3+13258|pop_other<1000000*3+13258
p|pop_other/2>500000|pop_other/2.0>500000
p|pop_other % 2 = 0|pop_other % 2 = 0
p|pop_other div 1000 = 1038|pop_other / 1000 = 1038
p|T_AFTER("date",DATE('2022-04-16'))|date(replace("date",'/','-'))>'2022-04-16'
p|T_BEFORE("date",DATE('2022-04-16'))|date(replace("date",'/','-'))<'2022-04-16'
p|T_EQUALS("date",DATE('2022-04-16'))|date(replace("date",'/','-'))='2022-04-16'
p|T_DISJOINT("date",DATE('2022-04-16'))|date(replace("date",'/','-'))<>'2022-04-16'
p|T_INTERSECTS("date",INTERVAL('2021-01-01','2022-04-16'))|date(replace("date",'/','-')) BETWEEN '2021-01-01' AND '2022-04-16'
p|T_DURING(INTERVAL("start","end"),INTERVAL('2022-01-01T00:00:00Z','2022-12-31T00:00:00Z'))|name IN ('København','Berlin')
p|T_MEETS(INTERVAL("start","end"),INTERVAL('2022-04-16T10:15:10Z','2022-04-16T10:16:06Z'))|name IN ('København')
p|T_METBY(INTERVAL("start","end"),INTERVAL('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))|name IN ('Berlin')
p|T_FINISHEDBY(INTERVAL("start","end"),INTERVAL('2022-04-16T10:15:10Z','2022-04-16T10:16:06Z'))|name IN ('Bern')
p|T_STARTS(INTERVAL("start","end"),INTERVAL('2022-04-16T10:13:19Z','..'))|name IN ('København')
p|S_INTERSECTS(geom,POLYGON((0 45,10 45,10 51,0 51,0 45)))|ST_Intersects(geometry,GeomFromText('POLYGON((0 45,10 45,10 51,0 51,0 45))',4326))
p|S_WITHIN(geom,BBOX(0,45,10,51))|MbrWithin(geometry,BuildMbr(0,45,10,51,4326))
p|S_DISJOINT(geom,BBOX(0,45,10,51))|NOT MbrIntersects(geometry,BuildMbr(0,45,10,51,4326))
p|S_EQUALS(geom,POINT(6.13 49.61))|ST_Equals(geometry,MakePoint(6.13,49.61,4326))
c|S_INTERSECTS(geom,BBOX(0,40,10,50))|ST_Intersects(geometry,BuildMbr(0,40,10,50,4326))
c|S_INTERSECTS(geom,POINT(7.02 49.92))|ST_Intersects(geometry,MakePoint(7.02,49.92,4326))
c|S_INTERSECTS(geom,BBOX(150,-90,-150,90))|ST_Intersects(geometry,GeomFromText('MULTIPOLYGON(((150 -90,180 -90,180 90,150 90,150 -90)),((-180 -90,-150 -90,-150 90,-180 90,-180 -90)))',4326))
c|S_INTERSECTS(geom,BBOX(-9,-74,9,-71))|ST_Intersects(geometry,BuildMbr(-9,-74,9,-71,4326))
c|S_INTERSECTS(geom,LINESTRING(-10 50,20 50))|ST_Intersects(geometry,GeomFromText('LINESTRING(-10 50,20 50)',4326))
c|S_CONTAINS(geom,POINT(7.02 49.92))|ST_Contains(geometry,MakePoint(7.02,49.92,4326))
c|S_CONTAINS(geom,BBOX(7,50,8,51))|ST_Contains(geometry,BuildMbr(7,50,8,51,4326))
c|S_WITHIN(geom,BBOX(-180,-90,0,90))|ST_Within(geometry,BuildMbr(-180,-90,0,90,4326))
c|S_WITHIN(geom,POLYGON((5 45,20 45,20 60,5 60,5 45)))|ST_Within(geometry,GeomFromText('POLYGON((5 45,20 45,20 60,5 60,5 45))',4326))
c|S_TOUCHES(geom,POLYGON((6.5 49.4,6 49,5.7 48,7 48,6.5 49.4)))|ST_Touches(geometry,GeomFromText('POLYGON((6.5 49.4,6 49,5.7 48,7 48,6.5 49.4))',4326))
c|S_OVERLAPS(geom,BBOX(-180,-90,8,90))|ST_Overlaps(geometry,BuildMbr(-180,-90,8,90,4326))
c|S_DISJOINT(geom,BBOX(0,40,10,50))|ST_Disjoint(geometry,BuildMbr(0,40,10,50,4326))
c|S_EQUALS(geom,POLYGON((5.7 49.4,5.7 50.2,6.5 50.2,6.5 49.4,5.7 49.4)))|ST_Equals(geometry,GeomFromText('POLYGON((5.7 49.4,5.7 50.2,6.5 50.2,6.5 49.4,5.7 49.4))',4326))
c|POP_EST>1000000 AND S_INTERSECTS(geom,BBOX(0,40,10,50))|POP_EST>1000000 AND ST_Intersects(geometry,BuildMbr(0,40,10,50,4326))
c|NAME='Luxembourg' OR NAME IS NULL|NAME='Luxembourg' OR NAME IS NULL
r|S_CROSSES(geom,LINESTRING(5 49,9 49.5))|ST_Crosses(geometry,GeomFromText('LINESTRING(5 49,9 49.5)',4326))
r|S_CROSSES(geom,BBOX(0,40,8,50))|ST_Crosses(geometry,BuildMbr(0,40,8,50,4326))
r|S_INTERSECTS(geom,BBOX(60,40,70,46))|ST_Intersects(geometry,BuildMbr(60,40,70,46,4326))
r|S_TOUCHES(geom,LINESTRING(61 46,61 47))|ST_Touches(geometry,GeomFromText('LINESTRING(61 46,61 47)',4326))
r|S_OVERLAPS(geom,LINESTRING(7.6 47.6,8.2 49,9 49))|ST_Overlaps(geometry,GeomFromText('LINESTRING(7.6 47.6,8.2 49,9 49)',4326))
r|S_WITHIN(geom,BBOX(-10,40,10,55))|ST_Within(geometry,BuildMbr(-10,40,10,55,4326))
END
table_of() { case $1 in c) echo $countries ;; p) echo $places ;; r) echo $rivers ;; esac; }

if command -v ogr2ogr >/dev/null; then
    for table in $countries $places $rivers; do
        more=(-update)
        [ -f "$work/tables.sqlite" ] || more=(-dsco SPATIALITE=YES)
        ogr2ogr -f SQLite "${more[@]}" "$work/tables.sqlite" "$work/$table.geojson" -nln "$table" \
            -nlt GEOMETRY -lco LAUNDER=NO 2>>"$work/gdal.log"
    done
    # One statement for all: line and count.
    awk -F'|' -v c=$countries -v p=$places -v r=$rivers '{
        # Without a geometry SpatiaLite says -1, which is true.
        if (gsub(/geometry/, "GEOMETRY", $3)) $3 = "GEOMETRY IS NOT NULL AND (" $3 ")"
        printf "%sSELECT %d AS k, (SELECT count(*) FROM %s WHERE %s) AS n", sep, NR,
            ($1 == "c" ? c : $1 == "p" ? p : r), $3
        sep = " UNION ALL " }' "$work/predicates" >"$work/all.sql"
    ogr2ogr -f CSV /vsistdout/ "$work/tables.sqlite" -sql "@$work/all.sql" 2>>"$work/gdal.log" |
        awk -F, 'NR > 1 { gsub(/"/, "", $0); print $2 }' >"$work/wanted"
    is "GDAL answers every predicate" "$(wc -l <"$work/wanted")" "$(wc -l <"$work/predicates")"
    line=0
    while IFS='|' read -r table filter _ <&3 && read -r wanted <&4; do
        line=$((line + 1))
        path=api/collections/$(table_of "$table")
        got=$(get -G --data-urlencode "filter=$filter" "$base/$path/items?limit=1" | jq -r .numberMatched)
        tile=$(get -G --data-urlencode "filter=$filter" "$base/tiles/$(table_of "$table")/0/0/0.geojson" |
            jq -r .found)
        located=$(get -G --data-urlencode "filter=$filter" \
            "$base/$path/items?limit=1&place=located" | jq -r .numberMatched)
        is "$table: $filter" "$got; $tile in the tile" "$wanted; $located in the tile"
    done 3<"$work/predicates" 4<"$work/wanted"
else
    skip "predicates against SQL" "ogr2ogr (gdal-bin) is not installed"
fi
finish
