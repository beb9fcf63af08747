# MapServer on the same data, for run.sh (bash): a SpatiaLite database that
# ogr2ogr makes of the product's own export, read by MapServer's OGR layer with
# its spatial index, four FastCGI processes that keep their connections, behind
# an nginx with as many workers and buffers as the product's. Boxes are asked for
# by OGC API - Features, as the product's are, tiles as vector tiles.
mapserver_pid=
mapserver_nginx=
mapserver_json=

# Why it cannot be measured; nothing when it can.
mapserver_missing() {
    local program
    for program in mapserv ogr2ogr; do
        command -v "$program" >/dev/null || echo "$program is not installed"
    done
    [ "$features" -lt "$million" ] || echo "it takes too long with so many"
}

# Points only: a layer of MapServer has one kind of geometry.
mapserver_data() { # FOLDER
    local columns
    fetch '/api/collections/projects/items?f=geojsonseq&place=located' \
        >"$1/projects.geojsonl" || return 1
    columns=$(fetch '/api/collections/projects/items?f=csv&limit=1' |
        head -n 1 | tr -d '\r' | sed 's/^[^i]*//; s/,lon,lat,wkt$//')
    ogr2ogr -q -f SQLite -dsco SPATIALITE=YES "$1/projects.sqlite" \
        "GeoJSONSeq:$1/projects.geojsonl" -nln projects -a_srs EPSG:4326 \
        -dialect SQLite -sql "SELECT ST_Centroid(geometry) AS geometry,
            $columns FROM projects" -nlt POINT -gt 65536
}

# What boxes have is all attributes, what tiles have is about what ours have.
mapserver_layer() { # FOLDER NAME ATTRIBUTES
    cat <<EOF
  LAYER
    NAME "$2" TYPE POINT STATUS ON TEMPLATE "none"
    CONNECTIONTYPE OGR CONNECTION "$1/projects.sqlite" DATA "projects"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    PROJECTION "init=epsg:4326" END
    METADATA
      "ows_title" "$2" "ows_srs" "EPSG:4326" "gml_featureid" "id"
      "gml_include_items" "$3" "gml_types" "auto"
    END
    CLASS STYLE COLOR 0 0 0 SIZE 4 END END
  END
EOF
}

mapserver_map() { # FOLDER
    cat >"$1/bench.map" <<EOF
MAP
  NAME "bench"
  EXTENT 60 40 75 48
  SIZE 256 256
  IMAGETYPE "mvt"
  PROJECTION "init=epsg:4326" END
  OUTPUTFORMAT NAME "mvt" DRIVER "MVT" END
  WEB METADATA
    "ows_enable_request" "*" "ows_title" "bench"
    "oga_onlineresource" "http://127.0.0.1/bench/ogcapi"
  END END
EOF
    mapserver_layer "$1" projects all >>"$1/bench.map"
    mapserver_layer "$1" marks status,category,work_kind,planned,paid,overdue \
        >>"$1/bench.map"
    echo END >>"$1/bench.map"
    printf 'CONFIG\n MAPS\n  bench "%s"\n END\nEND\n' "$1/bench.map" \
        >"$1/mapserver.conf"
}

mapserver_nginx_conf() { # FOLDER PORT
    local user=
    [ "$(id -u)" -ne 0 ] || user="user root;"
    cat >"$1/nginx.conf" <<EOF
$user
worker_processes 2;
daemon off;
pid $1/nginx.pid;
error_log $1/nginx.log warn;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path $1/body;
  fastcgi_temp_path $1/fastcgi;
  proxy_temp_path $1/proxy;
  scgi_temp_path $1/scgi;
  uwsgi_temp_path $1/uwsgi;
  keepalive_requests 100000;
  server {
    listen 127.0.0.1:$2;
    fastcgi_buffer_size 64k;
    fastcgi_buffers 64 64k;
    fastcgi_param REQUEST_METHOD \$request_method;
    fastcgi_param QUERY_STRING \$query_string;
    fastcgi_param SCRIPT_NAME "";
    fastcgi_param PATH_INFO \$path;
    fastcgi_param SERVER_NAME 127.0.0.1;
    fastcgi_param SERVER_PORT $2;
    fastcgi_param SERVER_PROTOCOL \$server_protocol;
    fastcgi_param MAPSERVER_CONFIG_FILE $1/mapserver.conf;
    location / {
      set \$path "";
      fastcgi_pass unix:$1/mapserver.sock;
    }
    location /bench/ {
      set \$path \$uri;
      fastcgi_pass unix:$1/mapserver.sock;
    }
  }
}
EOF
}

mapserver_start() {
    local folder=$work/mapserver product_port=$port own
    mkdir -p "$folder"
    mapserver_data "$folder" && mapserver_map "$folder" || return 1
    free_port
    own=$port
    port=$product_port
    mapserver_nginx_conf "$folder" "$own"
    MAPSERVER_CONFIG_FILE=$folder/mapserver.conf "$TEST_BUILD/tests/bench/spawn" \
        "$folder/mapserver.sock" 4 "$(command -v mapserv)" &
    mapserver_pid=$!
    "$(command -v nginx || echo /usr/sbin/nginx)" -e "$folder/nginx.log" \
        -c "$folder/nginx.conf" 2>>"$folder/nginx.log" &
    mapserver_nginx=$!
    mapserver_json="{\"base\":\"http://127.0.0.1:$own\",\"pids\":[$mapserver_pid,$mapserver_nginx]}"
    wait_for 10 curl -fs -o /dev/null "http://127.0.0.1:$own/bench/ogcapi/collections?f=json"
}

mapserver_stop() {
    [ -z "$mapserver_pid" ] || kill -TERM "$mapserver_pid" 2>/dev/null
    [ -z "$mapserver_nginx" ] || kill -QUIT "$mapserver_nginx" 2>/dev/null
    mapserver_pid=
    mapserver_nginx=
}
