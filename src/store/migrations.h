/* The migrations of geodata/migrations, compiled in by build-aux/embed.sh. */
#ifndef BUDGETMAP_STORE_MIGRATIONS_H
#define BUDGETMAP_STORE_MIGRATIONS_H

/* SQL text of schema version i + 1. */
extern const char *const migrations[];
extern const int migrations_count;

#endif
