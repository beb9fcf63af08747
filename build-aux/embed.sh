#!/bin/sh
# Writes numbered SQL files as C: one array of bytes each, and the list of them
# that src/store/migrate.c walks.
set -eu

printf '#include "store/migrations.h"\n'
for file; do
	printf '\nstatic const char migration_%d[] = {\n' \
		"$(basename "$file" | sed 's/^0*\([0-9]*\)_.*/\1/')"
	od -An -v -tx1 "$file" |
		sed 's/ \([89a-f][0-9a-f]\)/ (char)0x\1,/g
			s/ \([0-7][0-9a-f]\)/ 0x\1,/g'
	printf '0x00 };\n'
done
printf '\nconst char *const migrations[] = {\n'
n=0
for file; do
	n=$((n + 1))
	printf '\tmigration_%d,\n' "$n"
done
printf '};\nconst int migrations_count = %d;\n' "$n"
