/* The derived columns of one project, computed from the rest. */
#ifndef BUDGETMAP_STORE_DERIVED_H
#define BUDGETMAP_STORE_DERIVED_H

#include "query/project.h"
#include "store/sql.h"

struct derived {
	struct facts facts; /* money, years, districts, home, levels only */
	int64_t key;
	bool has_anchor;
	struct position anchor;
	struct str year_lines, search; /* data NULL: none */
};

/* What is read of a project; text lives until the statement's next step. */
struct subject {
	int64_t id;
	bool published;
	struct str kato;
	const struct geom *geom;
	int64_t budget, contracted, paid; /* the record's own summaries */
	uint64_t years;
	uint8_t levels;
	int64_t facility, customer, contractor; /* 0: none */
	const struct str *texts; /* what else is searched */
	size_t n_texts;
};

/* A year in year_lines: number (2 bytes), 2 bytes of zero, planned, contracted,
 * paid (8 bytes each), little-endian. */
enum { YEAR_LINE_BYTES = 28, YEAR_LINES_MAX = YEAR_LAST - YEAR_FIRST + 1 };

/* The districts in force, ready for many tests; one thread. NULL on failure. */
struct district_set *district_set_open(struct db *d, struct err *e);
void district_set_close(struct district_set *s);
/* Text of all names of a district, folded; data NULL for DISTRICT_NONE. */
struct str district_set_names(const struct district_set *s, int number);

/* Each fills its part of out; arrays and text live in the arena. */
bool derive_sums(struct derived *out, struct db *d, const struct subject *p,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));
void derive_place(
    struct derived *out, const struct district_set *s, const struct subject *p);
bool derive_search(struct derived *out, struct db *d,
    const struct district_set *s, const struct subject *p, struct buf *scratch,
    struct err *e) __attribute__((warn_unused_result));

#endif
