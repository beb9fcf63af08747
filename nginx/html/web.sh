#!/bin/sh
# Lays out the folder that nginx serves: our files, Leaflet with its licence,
# and a .gz beside each text for gzip_static.
# Usage: web.sh SOURCE BUILD   (makes BUILD/html; libraries go to BUILD/web)
set -eu

source=$1
build=$2
web=$build/web
html=$build/html
leaflet=$web/node_modules/leaflet

fetch_libraries() {
    mkdir -p "$web"
    cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" \
        "$web/"
    (cd "$web" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

copy_files() {
    rm -rf "$html.new"
    mkdir -p "$html.new/lib/leaflet"
    cp -R "$source/css" "$source/js" "$source/i18n" "$source/img" "$html.new/"
    rm -f "$html.new"/img/screenshot-*.png # those are of the README
    cp "$leaflet/dist/leaflet.js" "$leaflet/dist/leaflet.css" \
        "$leaflet/LICENSE" "$html.new/lib/leaflet/"
}

# The style sheets for the screen become one, in the order of the page.
join_styles() {
    sheets=$(sed -n 's/^<link rel="stylesheet" href="\([^"]*\)">$/\1/p' \
        "$source/index.html")
    (cd "$html.new" && cat $sheets > css/all.css)
}

# The modules that the page starts with are named in it, so that they are fetched
# side by side and not one after another as they import each other. Those that
# are imported later (card, filters and such) are left to their moment.
name_modules() {
    for file in "$source"/js/*.js; do
        case $(basename "$file") in
        card*.js | filters.js | near.js | overlay*.js | share.js) ;;
        *) printf '<link rel="modulepreload" href="js/%s">\n' \
            "$(basename "$file")" ;;
        esac
    done
    printf '<link rel="modulepreload" href="lib/leaflet/leaflet.js">\n'
}

write_page() {
    name_modules > "$web/modules"
    sed -e '/^<link rel="stylesheet" href="[^"]*">$/{
/tokens.css/!d
s/tokens.css/all.css/
}' -e "/<!-- modulepreload -->/{r $web/modules
d
}" "$source/index.html" > "$html.new/index.html"
    rm "$web/modules"
}

# Leaflet's own file is as small as it can be already.
lighten() {
    node "$source/bare.mjs" "$html.new"/js/*.js "$html.new"/css/*.css \
        "$html.new"/i18n/*.json
}

compress() {
    find "$html.new" -type f \( -name '*.html' -o -name '*.js' \
        -o -name '*.css' -o -name '*.json' -o -name '*.svg' \) |
        while read -r file; do
            gzip -9nc "$file" > "$file.gz"
            touch -r "$file" "$file.gz"
        done
}

fetch_libraries
copy_files
join_styles
write_page
chmod -R a+rX,u+w "$html.new"
lighten
compress
rm -rf "$html"
mv "$html.new" "$html"
echo "the page is in $html"
