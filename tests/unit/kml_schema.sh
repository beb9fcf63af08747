#!/bin/sh
# The KML we write is valid by the OGC's schema, where KML_XSD names a copy of
# ogckml22.xsd (with what it imports beside it); prints TAP.
set -eu

root=${abs_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
file=$root/tests/golden/kml/samples.kml

echo 1..1
if [ -z "${KML_XSD:-}" ]; then
    echo "ok 1 - samples.kml # SKIP KML_XSD names no schema"
elif ! command -v xmllint >/dev/null; then
    echo "ok 1 - samples.kml # SKIP xmllint is not installed"
elif problem=$(xmllint --nonet --noout --schema "$KML_XSD" "$file" 2>&1); then
    echo "ok 1 - samples.kml"
else
    echo "not ok 1 - samples.kml"
    printf '%s\n' "$problem" | sed 's/^/# /'
    exit 1
fi
