#!/bin/sh
# Writes small files as C: one array of bytes each, and the list of them by name
# that src/api/pictures.h tells of.
set -eu

printf '#include "api/pictures.h"\n'
n=0
for file; do
	n=$((n + 1))
	printf '\nstatic const unsigned char file_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/ 0x\1,/g'
	printf '};\n'
done
printf '\nconst struct picture pictures[] = {\n'
n=0
for file; do
	n=$((n + 1))
	printf '\t{ "%s", file_%d, sizeof(file_%d) },\n' \
		"$(basename "$file")" "$n" "$n"
done
printf '};\nconst size_t pictures_count = %d;\n' "$n"
