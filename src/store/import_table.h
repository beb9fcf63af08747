/* The tables that can be imported, as data: one row a column. */
#ifndef BUDGETMAP_STORE_IMPORT_TABLE_H
#define BUDGETMAP_STORE_IMPORT_TABLE_H

#include "base/err.h"
#include "base/str.h"
#include "geo/feature.h"
#include "query/codes.h"

#include <stdbool.h>
#include <stddef.h>

/* How a cell is read. What it becomes is told in brackets. */
enum import_type {
	IMPORT_DERIVED, /* passed over, for it follows from the rest */
	IMPORT_TEXT, /* one line (text) */
	IMPORT_LINES, /* text of several lines (text) */
	IMPORT_TOKEN, /* letters, digits and -._/: (text) */
	IMPORT_PUBLIC_ID, /* TKS-<year>-<6 digits> (text) */
	IMPORT_WORD, /* one of words (text) */
	IMPORT_WORDS, /* some of words, separated by ; (text) */
	IMPORT_CODE, /* one of codes (its number) */
	IMPORT_CODES, /* some of codes, separated by ; (bits) */
	IMPORT_YEARS, /* years separated by ; (bits from 2000) */
	IMPORT_MONEY, /* an amount in the file's unit (tiyn) */
	IMPORT_DAY, /* YYYY-MM-DD (YYYYMMDD) */
	IMPORT_INT, /* whole number, min to max */
	IMPORT_NUMBER, /* number, min to max */
	IMPORT_BOOL, /* true, false (1, 0) */
	IMPORT_BIN, /* number of an organisation (text) */
	IMPORT_KATO, /* nine digits of any unit of the country (text) */
	IMPORT_DISTRICT, /* KATO of a district in force (text) */
	IMPORT_ORGANISATION, /* BIN or external id (text) */
	IMPORT_ORGANISATIONS, /* several, separated by ; (text) */
	IMPORT_PROJECT, /* public id of a project (text) */
	IMPORT_FACILITY, /* id of a facility (text) */
	IMPORT_CONTRACT, /* id of a contract (text) */
	IMPORT_URL, /* address of a page or file (text) */
	IMPORT_SHA256, /* 64 hexadecimal digits (text) */
	IMPORT_WKT, /* geometry as text (none of its own) */
	IMPORT_GEOM /* made of lon, lat, wkt (blob) */
};

enum {
	COLUMN_REQUIRED = 1, /* no record is without */
	COLUMN_MEDIAN = 2, /* its median tells a wrong unit */
	COLUMN_NEGATIVE = 4, /* an amount that may be below zero */
	COLUMN_STAGED = 8, /* staged, though it is not stored */
	COLUMN_ALWAYS = 16, /* written even when the file does not have it */
	COLUMN_FROZEN = 32, /* never changes once it is there */
	COLUMN_EMPTY = 64, /* an empty cell is '' or 0, not NULL */
	COLUMN_HIDDEN = 128 /* not in the file, made from other cells */
};

enum { IMPORT_COLUMNS_MAX = 80, IMPORT_KEYS_MAX = 12 };

/* In SQL the stored row is t and the staged one s; $ stands for the staged
 * value, % for the target. */
struct import_column {
	const char *name; /* in the header, and in the journal */
	enum import_type type;
	unsigned flags;
	double min, max; /* numbers; max is also characters of a text */
	const struct codelist *codes;
	const char *words; /* separated by spaces */
	const char *target; /* column of the table; NULL: not stored there */
	const char *alias; /* the column it is another name of */
	const char *same; /* true when the stored value stays, because it
			   * already shows as what the file says */
	const char *wins; /* what is shown instead, NULL when nothing is */
};

/* A check of all staged records at once: SQL that gives their numbers. */
struct import_rule {
	const char *sql;
	const char *field;
	const char *reason;
};

/* The end is not before the start. */
struct import_order {
	const char *start, *end;
};

struct import;
struct import_table;

/* Completes the record as it will be stored, values by column number. */
typedef void import_merge(const struct import_table *t, struct value *is);

/* Changes the cells of a record, by column number, before they are read. */
typedef bool import_prepare(
    struct import *i, long line, struct str *cells, struct err *e);

/* SQL: what a stored and a staged row belong to; NULL: such records are never
 * withdrawn by an import. */
struct import_scope {
	const char *stored, *staged;
};

struct import_table {
	const char *name; /* on the command line */
	const char *entity; /* the table */
	const struct import_column *columns;
	size_t n_columns;
	/* What tells one record from another: the columns of the first key,
	 * and of a second one. A key with an empty cell is none. */
	const char *keys[2][IMPORT_KEYS_MAX];
	bool key_optional; /* a record without any key is a new one */
	const char *find; /* SQL: id of the stored record of s, or NULL */
	const char *key; /* SQL: public key of the stored row t */
	const char *owner; /* SQL: project of the row t; NULL: none */
	const char *gone; /* SQL: whether t is withdrawn; NULL: never */
	const char *names[2]; /* one of them must be there; may be NULL */
	import_prepare *prepare; /* may be NULL */
	import_merge *merge; /* may be NULL */
	const struct import_order *orders;
	size_t n_orders;
	const struct import_rule *rules;
	size_t n_rules;
	struct import_scope kato, source; /* for --replace-scope */
};

/* SQL of one reference: how it is read from t, written, and looked up (?1 is
 * the text; a row: 1 when it is withdrawn); missing is said when it is not
 * there. NULL for types that are no references. */
struct import_reference {
	const char *read, *write, *find, *missing;
};
const struct import_reference *import_reference_of(enum import_type type);

/* The number of a column by its name, -1 when there is none. */
int import_column_find(const struct import_table *t, struct str name);

/* Whether the temporary table has it. */
bool import_column_is_staged(const struct import_column *c);

extern const struct import_table import_projects, import_organisations,
    import_facilities, import_places, import_funding, import_contracts,
    import_amendments, import_payments, import_milestones, import_documents;

#endif
