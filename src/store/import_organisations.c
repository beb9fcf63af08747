/* The columns of organisations.csv, and what becomes of sole traders. */
#include "import_columns.h"
#include "import_private.h"

#include "base/array.h"
#include "base/hash.h"
#include "store/bin.h"

enum { NAME_MAX = 300, ID_MAX = 60 };

static const struct import_column columns[] = {
	{ .name = "bin", .type = IMPORT_BIN, .target = "bin" },
	{ .name = "kind",
	    .type = IMPORT_WORD,
	    .flags = COLUMN_REQUIRED,
	    .words = "state_body state_institution company "
		     "individual_entrepreneur ngo other",
	    .target = "kind" },
	IMPORT_THREE("name", IMPORT_TEXT, NAME_MAX),
	{ .name = "district", .type = IMPORT_KATO, .target = "kato" },
	{ .name = "external_id",
	    .type = IMPORT_TEXT,
	    .max = ID_MAX,
	    .target = "external_id",
	    .same = "$ IS NULL" },
	{ .name = "is_person",
	    .type = IMPORT_BOOL,
	    .flags = COLUMN_HIDDEN | COLUMN_ALWAYS | COLUMN_EMPTY,
	    .target = "is_person" },
};

/* An empty external id never takes a stored one away: prepare makes one for
 * sole traders, whether the file has the column or not.
 *
 * A sole trader is kept without the number, for it is a person's. Without an id
 * from elsewhere the names make one, so that the next file finds the record. */
static const char sole_trader[] = "individual_entrepreneur";

static char *id_of_names(struct import *i, const struct str *cells)
{
	enum { PREFIX = 3, LETTERS = 16 };
	static const char *const parts[] = { "name_kk", "name_ru", "district" };
	char text[] = "ie-................";
	uint64_t hash = 0;

	for (size_t p = 0; p < LENGTH(parts); p++) {
		int c = import_column_find(i->table, str_from(parts[p]));
		struct str cell = str_trim(cells[c]);

		hash = hash_bytes(cell.data, cell.len, hash + p + 1);
	}
	for (int l = 0; l < LETTERS; l++)
		text[PREFIX + l] = (char)('a' + (hash >> 4 * l & 0xF));
	return arena_copy(&i->record, text, sizeof(text) - 1);
}

static bool prepare(
    struct import *i, long line, struct str *cells, struct err *e)
{
	int bin = import_column_find(i->table, str_from("bin"));
	int kind = import_column_find(i->table, str_from("kind"));
	int external = import_column_find(i->table, str_from("external_id"));
	struct str number = str_trim(cells[bin]);
	char *id;

	if (!str_is(str_trim(cells[kind]), sole_trader))
		return true;
	if (number.len == BIN_DIGITS && number.data[4] <= '3') {
		cells[bin] = (struct str){ NULL, 0 };
		if (!import_warn(i, line, "bin",
			"the person's number (IIN) was left out", e))
			return false;
	}
	if (str_trim(cells[bin]).len > 0 || str_trim(cells[external]).len > 0)
		return true;
	id = id_of_names(i, cells);
	if (!id)
		return err_no_memory(e);
	cells[external] = str_from(id);
	i->in_file[external] = i->active[external] = true;
	return true;
}

static void merge(const struct import_table *t, struct value *is)
{
	int bin = import_column_find(t, str_from("bin"));
	int kind = import_column_find(t, str_from("kind"));
	int person = import_column_find(t, str_from("is_person"));

	is[person] = (struct value){ .type = VALUE_BOOL,
		.integer = is[bin].type == VALUE_NULL &&
			   is[kind].type == VALUE_TEXT &&
			   str_is(is[kind].text, sole_trader) };
}

static const struct import_rule rules[] = {
	{ "SELECT s.n FROM stage s JOIN organisation o ON "
	  "o.external_id = s.external_id "
	  "WHERE s.refused = 0 AND o.id IS NOT s.target",
	    "external_id", "belongs to an organisation with another BIN" },
	{ "SELECT s.n FROM stage s JOIN organisation o ON o.id = s.target "
	  "WHERE s.refused = 0 AND s.bin IS NOT NULL AND o.bin IS NOT NULL "
	  "AND o.bin <> s.bin",
	    "bin", "is not the one stored with this external_id" },
};

const struct import_table import_organisations = {
	.name = "organisations",
	.entity = "organisation",
	.columns = columns,
	.n_columns = LENGTH(columns),
	.keys = { { "bin" }, { "external_id" } },
	.find = "coalesce((SELECT id FROM organisation WHERE bin = s.bin), "
		"(SELECT id FROM organisation WHERE "
		"external_id = s.external_id))",
	.key = "coalesce(t.bin, t.external_id)",
	.prepare = prepare,
	.merge = merge,
	.names = { "name_kk", "name_ru" },
	.rules = rules,
	.n_rules = LENGTH(rules),
};
