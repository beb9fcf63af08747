#!/usr/bin/env bash
# The README's commands do what it says: its blocks are run as they stand.
. "$(dirname "$0")/lib.sh"

stack_start >&2 || { ok 1 "start the stack" "$(tail -n 5 "$work"/*.log)"; finish; }

# The N-th block of a section in a language (shell), for this stack.
block() { # SECTION N [LANGUAGE]
    awk -v section="## $1" -v wanted="$2" -v mark="\`\`\`${3:-sh}\$" '
        /^## / { inside = ($0 == section) }
        inside && $0 ~ "^ *" mark { n++; take = (n == wanted); next }
        /^ *```$/ { take = 0 }
        inside && take { sub(/^  +/, ""); print }' "$top/README.md" |
        sed -e "s|http://127.0.0.1:8080|$base|g" \
            -e "s|build/budgetmap|$BUDGETMAP|g" \
            -e "s|build/demo/service.conf|$conf|g" \
            -e "s|^budgetmap |$BUDGETMAP |" -e "s| geodata/| $top/geodata/|"
}
run_block() {
    block "$@" >"$work/block"
    [ -s "$work/block" ] || return 1
    (cd "$work" && bash -eu ./block)
}

check "the questions of the tour run" run_block "Five minutes" 1
answers=$(run_block "Five minutes" 1)
like "and answer with projects" "$answers" '"FeatureCollection"'
like "and sums" "$answers" '"paid_share"'
like "and a district" "$answers" '"kato":"611000000"'
like "the export holds schools" "$(cat "$work/schools.csv")" 'мектеп'
check "the change of the tour runs" run_block "Five minutes" 2
changed() {
    fetch '/api/collections/projects/items?limit=1' | grep -q '"suspended"'
}
check "and the map follows" wait_for 5 changed

if command -v ogrinfo >/dev/null; then
    check "the lines for GDAL run" run_block "Use it from a GIS" 1
    like "the copy is whole" "$(ogrinfo -so "$work/projects.gpkg" projects)" \
        "Feature Count: [1-9][0-9]{2}"
else
    skip "the lines for GDAL" "gdal-bin is not installed"
fi
check "the filters run" run_block "Use it from a GIS" 2
answers=$(run_block "Use it from a GIS" 2)
unlike "none is refused" "$answers" '"status": ?4'
is "all find something" "$(printf '%s' "$answers" |
    grep -oE '"numberMatched":[1-9]' | wc -l)" 5
check "the GeoPackage is one" test -s "$work/turkistan.gpkg"
check "the tile is one" test -s "$work/overdue.mvt"
like "the KML is one" "$(cat "$work/schools.kml")" '<NetworkLink>'
check "a layer is imported" run_block "Use it from a GIS" 3
imported() {
    fetch '/api/collections/finished/items?limit=1' |
        grep -qE '"numberMatched":[1-9]'
}
check "and is a collection" wait_for 10 imported

# One's own data, with the example of a project.
own() {
    export BUDGETMAP_DATABASE=$work/own.db
    cp "$top/geodata/demo/organisations.csv" "$work/"
    block "Load your own data" 1 csv >"$work/projects.csv"
    run_block "Load your own data" 1 </dev/null >"$work/own.out"
}
check "one's own data is loaded" own
is "and the example is a project with a place and an amount" \
    "$(sqlite3 "$work/own.db" "SELECT public_id || ' ' || planned FROM project
        WHERE geom IS NOT NULL")" "TKS-2026-000001 98000000000"

for path in $(grep -oE '`[a-z]+/[a-zA-Z0-9_/.-]+\.(c|h|sh|md|in)`' \
    "$top/README.md" | tr -d '`'); do
    [ -e "$top/$path" ] || missing="${missing:-} $path"
done
is "every file it names exists" "${missing:-}" ""
is "its picture exists" "$(cd "$top" && ls nginx/html/img/screenshot-desktop.png)" \
    "nginx/html/img/screenshot-desktop.png"
for command in $(grep -oE '\bbudgetmap (import|export|backup|restore|init|config|serve|check|withdraw|generate|undo|remove)\b' \
    "$top/README.md" | cut -d' ' -f2 | sort -u); do
    "$BUDGETMAP" "$command" --help >/dev/null 2>&1 ||
        unknown="${unknown:-} $command"
done
is "every command it names exists" "${unknown:-}" ""

# --- the man pages -----------------------------------------------------------------
manual=$top/src/app/budgetmap.1
untold=$("$BUDGETMAP" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p' | sort -u |
    while read -r command; do
        grep -q "^\.It Cm $command" "$manual" || echo "$command"
        "$BUDGETMAP" "$command" --help | grep -oE -- '--[a-z-]+' | sort -u |
            sed 's/^--//' | grep -vxE 'database|config|help' |
            while read -r option; do
                grep -qE "Fl Fl $option( |\$)" "$manual" ||
                    echo "$command --$option"
            done
    done)
is "the manual tells every command and option" "$untold" ""
untold=$("$BUDGETMAP" config --config "$conf" | sed 's/ .*//' |
    while read -r key; do
        grep -q "$key" "$top/src/app/budgetmap.conf.5" || echo "$key"
    done)
is "and every key of the configuration" "$untold" ""
finish
