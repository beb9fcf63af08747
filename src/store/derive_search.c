#include "base/utf8.h"
#include "store/derived.h"

static void add_folded(struct buf *b, struct str text)
{
	if (text.len == 0)
		return;
	if (b->len > 0)
		buf_add_char(b, ' ');
	if (!utf8_add_folded(b, text))
		b->failed = true;
}

/* Names of what the project refers to: every column of every row. */
static bool add_names(
    struct buf *b, struct db *d, const char *text, int64_t id, struct err *e)
{
	sqlite3_stmt *s;
	enum sql_step step;
	int i;

	if (id == 0)
		return true;
	s = sql_prepare(d, text, e);
	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		for (i = 0; i < sqlite3_column_count(s); i++)
			add_folded(b, sql_text(s, i));
	}
	return step == SQL_DONE;
}

bool derive_search(struct derived *out, struct db *d,
    const struct district_set *set, const struct subject *p, struct buf *b,
    struct err *e)
{
	static const char organisation[] =
	    "SELECT name_kk, name_ru, name_en, bin FROM organisation "
	    "WHERE id = ?";
	struct str district = district_set_names(set, out->facts.home);
	size_t i;

	out->search = (struct str){ NULL, 0 };
	if (!p->published)
		return true;
	buf_reset(b);
	for (i = 0; i < p->n_texts; i++)
		add_folded(b, p->texts[i]);
	if (!add_names(b, d,
		"SELECT name_kk, name_ru, name_en, public_id FROM facility "
		"WHERE id = ?",
		p->facility, e) ||
	    !add_names(b, d, organisation, p->customer, e) ||
	    !add_names(b, d, organisation, p->contractor, e) ||
	    !add_names(b, d,
		"SELECT o.name_kk, o.name_ru, o.bin FROM contract c "
		"JOIN contract_supplier s ON s.contract_id = c.id "
		"JOIN organisation o ON o.id = s.organisation_id "
		"WHERE c.project_id = ? ORDER BY c.id, o.id",
		p->id, e))
		return false;
	if (district.len > 0) {
		buf_add_char(b, ' ');
		buf_add_str(b, district);
	}
	if (b->failed)
		return err_set(e, ERR_LIMIT, "A project's text is too long.");
	out->search = buf_str(b);
	return true;
}
