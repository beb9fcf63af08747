#!/bin/sh
# Prints the nginx rules that turn nginx's own errors into problem documents
# (RFC 9457). The worker's errors pass as they are.
#
#   problems.sh pages                which error leads to which document
#   problems.sh documents CONFDIR    the documents; where budgetmap-headers.conf lies
set -eu
what=$1
confdir=${2:-}

rows='400 Bad Request
404 Not Found
405 Method Not Allowed
408 Request Timeout
413 Content Too Large
414 URI Too Long
429 Too Many Requests
494 Request Header Fields Too Large
500 Internal Server Error
502 Bad Gateway
503 Service Unavailable
504 Gateway Timeout'

document() { # STATUS TITLE
    shown=$1
    [ "$1" != 494 ] || shown=431
    # Only what nginx itself reads from files is refused so.
    allow=
    [ "$1" != 405 ] || allow='add_header Allow "GET, HEAD" always;'
    cat <<RULE
location = /budgetmap-problem/$1 {
    internal;
    default_type application/problem+json;
    add_header Cache-Control no-store always;
    include $confdir/budgetmap-headers.conf;
    add_header Access-Control-Allow-Origin "*" always;
    $allow
    return $shown '{"type":"about:blank","title":"$2","status":$shown}';
}
RULE
}

echo "$rows" | while read -r status title; do
    case $what in
    pages) echo "error_page $status = /budgetmap-problem/$status;" ;;
    documents) document "$status" "$title" ;;
    *) echo "problems.sh: pages or documents?" >&2; exit 2 ;;
    esac
done
