#!/bin/sh
# Prints the nginx rules that turn nginx's own errors into problem documents
# (RFC 9457), and into pages for who asks for a page. The worker's errors pass as
# they are.
#
#   problems.sh pages                which error leads to which document
#   problems.sh documents CONFDIR    the documents; where budgetmap-headers.conf lies
set -eu
what=$1
confdir=${2:-}

# Status, which of the words below a page says, title.
rows='400 wrong Bad Request
404 wrong Not Found
405 wrong Method Not Allowed
408 again Request Timeout
413 wrong Content Too Large
414 wrong URI Too Long
429 often Too Many Requests
494 wrong Request Header Fields Too Large
500 again Internal Server Error
502 again Bad Gateway
503 again Service Unavailable
504 again Gateway Timeout'

words() { # WHICH: a line a language
    case $1 in
    wrong) cat <<'WORDS'
kk Мұндай бет жоқ немесе сұраныс қате.
ru Такой страницы нет, или запрос неверен.
en There is no such page, or the request is wrong.
WORDS
        ;;
    often) cat <<'WORDS'
kk Сұраныс тым көп келді. Бір минуттан кейін қайталаңыз.
ru Слишком много запросов. Повторите через минуту.
en Too many requests. Please try again in a minute.
WORDS
        ;;
    again) cat <<'WORDS'
kk Қызмет қазір жауап бермей тұр. Біраздан кейін қайталаңыз.
ru Сервис сейчас не отвечает. Повторите немного позже.
en The service does not answer at the moment. Please try again a little later.
WORDS
        ;;
    esac
}

page() { # STATUS WHICH
    printf '%s' '<!DOCTYPE html><html lang="kk"><meta charset="utf-8">' \
        '<meta name="viewport" content="width=device-width, initial-scale=1">' \
        "<title>$1</title>" '<meta name="robots" content="noindex">' \
        '<link rel="stylesheet" href="/css/tokens.css">' \
        '<link rel="stylesheet" href="/css/plain.css">' \
        "<main><h1>$1</h1>"
    words "$2" | while read -r lang text; do
        printf '<p lang="%s">%s</p>' "$lang" "$text"
    done
    printf '</main></html>'
}

answer() { # PLACE STATUS TYPE HEADERS BODY
    cat <<RULE
location = /budgetmap-$1 {
    internal;
    charset utf-8;
    default_type $3;
    add_header Cache-Control no-store always;
    include $confdir/budgetmap-headers.conf;
    $4
    return $2 '$5';
}
RULE
}

document() { # STATUS WHICH TITLE
    shown=$1
    [ "$1" != 494 ] || shown=431
    # Only what nginx itself reads from files is refused so.
    allow=
    [ "$1" != 405 ] || allow='add_header Allow "GET, HEAD" always;'
    answer "problem/$1" "$shown" application/problem+json \
        "add_header Access-Control-Allow-Origin \"*\" always; $allow
    if (\$budgetmap_accept = text/html) {
        rewrite ^ /budgetmap-page/$1 last;
    }" "{\"type\":\"about:blank\",\"title\":\"$3\",\"status\":$shown}"
    answer "page/$1" "$shown" text/html "$allow" "$(page "$shown" "$2")"
}

echo "$rows" | while read -r status which title; do
    case $what in
    pages) echo "error_page $status = /budgetmap-problem/$status;" ;;
    documents) document "$status" "$which" "$title" ;;
    *) echo "problems.sh: pages or documents?" >&2; exit 2 ;;
    esac
done
