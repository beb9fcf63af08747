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
    cp "$leaflet/dist/leaflet.js" "$leaflet/dist/leaflet.css" \
        "$leaflet/LICENSE" "$html.new/lib/leaflet/"
}

# The modules are named in the page, so that they are fetched side by side and
# not one after another as they import each other.
write_page() {
    {
        for file in "$source"/js/*.js; do
            printf '<link rel="modulepreload" href="js/%s">\n' \
                "$(basename "$file")"
        done
        printf '<link rel="modulepreload" href="lib/leaflet/leaflet.js">\n'
    } > "$web/preload"
    sed -e "/<!-- modulepreload -->/{r $web/preload
d
}" "$source/index.html" > "$html.new/index.html"
    rm "$web/preload"
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
write_page
chmod -R a+rX,u+w "$html.new"
compress
rm -rf "$html"
mv "$html.new" "$html"
echo "the page is in $html"
