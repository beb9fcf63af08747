#!/usr/bin/env bash
# What is installed, how the program is hardened, and that the manual is whole.
. "$(dirname "$0")/lib.sh"

stage=$work/stage
check "make install into a stage" make -s -C "$TEST_BUILD" install \
    "DESTDIR=$stage"
installed=$(cd "$stage" 2>/dev/null && find . -type f | sort)
for name in sbin/budgetmap share/man/man1/budgetmap.1 \
    share/man/man5/budgetmap.conf.5 share/budgetmap/nginx/site.conf.in \
    share/budgetmap/nginx/render.sh share/budgetmap/geodata/districts.geojson \
    share/budgetmap/html/index.html systemd/system/budgetmap.service \
    systemd/system/budgetmap.socket sysusers.d/budgetmap.conf \
    doc/budgetmap/examples/budgetmap.conf.example; do
    like "$name is installed" "$installed" "/$name\$"
done
unit=$(find "$stage" -name budgetmap.service -exec cat {} +)
unlike "the unit has no placeholder left" "$unit" '@[a-z]+@'
like "the unit starts the installed program" "$unit" \
    '^ExecStart=/.*/sbin/budgetmap serve --config /'
for guard in NoNewPrivileges=yes ProtectSystem=strict PrivateNetwork=yes \
    MemoryDenyWriteExecute=yes RestrictAddressFamilies=AF_UNIX \
    CapabilityBoundingSet= Type=notify; do
    like "the unit says $guard" "$unit" "^$guard\$"
done

# --- hardening ------------------------------------------------------------------
program=$(find "$stage" -path '*/sbin/budgetmap')
like "the program is position-independent" "$(readelf -hW "$program")" \
    'Type: +DYN'
like "its symbols are bound at start" "$(readelf -dW "$program")" 'BIND_NOW|NOW'
like "its relocations are read-only" "$(readelf -lW "$program")" 'GNU_RELRO'
unlike "its stack is not executable" \
    "$(readelf -lW "$program" | grep GNU_STACK)" 'RWE'
like "library calls are fortified" "$(readelf --dyn-syms -W "$program")" \
    '__[a-z]+_chk'
like "it has a build id" "$(readelf -nW "$program")" 'Build ID: [0-9a-f]+'
is "it gives no symbol of its own to libraries" \
    "$(readelf --dyn-syms -W "$program" | awk '$7 != "UND" && $5 == "GLOBAL" &&
        $4 == "FUNC" && $8 ~ /^(buf|str|err|geom|snapshot|query|db)_/' | wc -l)" 0

# --- the manual -------------------------------------------------------------------
keys=$("$BUDGETMAP" config --database "$work/none.db" |
    sed -n 's/^#\{0,1\} *\([a-z_]*\) = .*/\1/p' | sort -u)
like "the configuration lists its keys" "$keys" 'snapshot_dir'
for key in $keys; do
    grep -qE "^\.It Cm .*\b$key\b" "$top/src/app/budgetmap.conf.5" ||
        unknown="${unknown:-} $key"
done
is "every key stands in budgetmap.conf(5)" "${unknown:-}" ""
commands=$("$BUDGETMAP" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
like "the program lists its commands" "$commands" 'import'
for command in $commands; do
    grep -qE "^\.It Cm $command\b" "$top/src/app/budgetmap.1" ||
        unnamed="${unnamed:-} $command"
    "$BUDGETMAP" "$command" --help | grep -q '^usage: budgetmap' ||
        unhelped="${unhelped:-} $command"
done
is "every command stands in budgetmap(1)" "${unnamed:-}" ""
is "every command has --help" "${unhelped:-}" ""
finish
