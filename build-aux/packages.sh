#!/bin/sh
# Installs the Debian packages that a group of work needs and that are missing.
# Usage: packages.sh GROUP...   (build, run, test, bench)
set -eu

packages_of() {
    case $1 in
    build) echo autoconf automake autoconf-archive make gcc libc6-dev \
        pkg-config libfcgi-dev libsqlite3-dev libspatialite-dev \
        libsqlite3-mod-spatialite libgeos-dev libproj-dev libxml2-dev \
        libzip-dev libjansson-dev libutf8proc-dev libdeflate-dev libsodium-dev libcmocka-dev xz-utils \
        ca-certificates ;;
    run) echo nginx-light curl tzdata fonts-dejavu-core ;;
    test) echo gdal-bin chromium libxml2-utils sqlite3 jq unzip clang \
        libclang-rt-14-dev clang-format git util-linux procps wrk ;;
    bench) echo wrk cgi-mapserver gdal-bin ;;
    *) echo "packages.sh: unknown group '$1'" >&2; exit 2 ;;
    esac
}

# Node comes with Debian only where the machine has none of its own.
missing_node() {
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

is_installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null |
        grep -q 'ok installed'
}

wanted=
for group in "$@"; do
    for package in $(packages_of "$group"); do
        is_installed "$package" || wanted="$wanted $package"
    done
done
wanted="$wanted $(missing_node)"
wanted=$(echo $wanted)
[ -n "$wanted" ] || exit 0

command -v apt-get >/dev/null || {
    echo "packages.sh: this is not Debian; install by hand: $wanted" >&2
    exit 1
}
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "packages.sh: run as root or install sudo; missing: $wanted" >&2
        exit 1
    }
    as_root=sudo
fi
echo "packages.sh: installing $wanted"

# Debian starts a service at once when its package is installed; ours runs nginx
# on a port of its own, so nothing may be started here.
policy=/usr/sbin/policy-rc.d
made_policy=
if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
cleanup() {
    [ -z "$made_policy" ] || $as_root rm -f "$policy"
}
trap cleanup EXIT INT TERM

log=$(mktemp)
run_apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" \
        >"$log" 2>&1 </dev/null
}
if ! { run_apt update && run_apt install -y --no-install-recommends $wanted; }
then
    cat "$log" >&2
    echo "packages.sh: apt-get failed; needed: $wanted" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
