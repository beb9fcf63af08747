/* The media types we answer with. */
#ifndef BUDGETMAP_API_MEDIA_H
#define BUDGETMAP_API_MEDIA_H

#define MEDIA_JSON "application/json"
#define MEDIA_GEOJSON "application/geo+json"
#define MEDIA_GEOPACKAGE "application/geopackage+sqlite3"
#define MEDIA_SEQUENCE "application/geo+json-seq"
#define MEDIA_SCHEMA "application/schema+json"
#define MEDIA_KMZ "application/vnd.google-earth.kmz"
#define MEDIA_KML "application/vnd.google-earth.kml+xml"
#define MEDIA_MVT "application/vnd.mapbox-vector-tile"
#define MEDIA_GL_STYLE "application/vnd.mapbox.style+json"
#define MEDIA_QML "application/xml"
#define MEDIA_CSV "text/csv; charset=utf-8"
#define MEDIA_HTML "text/html; charset=utf-8"
#define MEDIA_PAGE "text/html" /* in links */
#define MEDIA_OPENAPI "application/vnd.oai.openapi+json;version=3.0"

#endif
