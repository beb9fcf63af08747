#include "import_table.h"

#include "base/array.h"
#include "store/import.h"

#include <string.h>

/* In the order in which an empty database is filled. */
static const struct import_table *const tables[] = {
	&import_organisations,
	&import_facilities,
	&import_places,
	&import_projects,
	&import_funding,
	&import_contracts,
	&import_amendments,
	&import_payments,
	&import_milestones,
	&import_documents,
};

static const struct import_reference references[] = {
	[IMPORT_ORGANISATION] = { "(SELECT coalesce(bin, external_id) FROM "
				  "organisation "
				  "WHERE id = t.%)",
	    "(SELECT id FROM organisation WHERE bin = $ UNION ALL "
	    "SELECT id FROM organisation WHERE external_id = $ LIMIT 1)",
	    "SELECT 0 FROM organisation WHERE bin = ?1 UNION ALL "
	    "SELECT 0 FROM organisation WHERE external_id = ?1 LIMIT 1",
	    "is not among the organisations: import them first" },
	[IMPORT_ORGANISATIONS] = { "(SELECT group_concat(x, ';') FROM (SELECT "
				   "coalesce(o.bin, o.external_id) AS x FROM "
				   "contract_supplier c "
				   "JOIN organisation o ON o.id = "
				   "c.organisation_id "
				   "WHERE c.contract_id = t.id ORDER BY x))",
	    NULL,
	    "SELECT 0 FROM organisation WHERE bin = ?1 UNION ALL "
	    "SELECT 0 FROM organisation WHERE external_id = ?1 LIMIT 1",
	    "is not among the organisations: import them first" },
	[IMPORT_PROJECT] = { "(SELECT public_id FROM project WHERE id = t.%)",
	    "(SELECT id FROM project WHERE public_id = $)",
	    "SELECT state = 'withdrawn' FROM project WHERE public_id = ?1",
	    "is not among the projects: import them first" },
	[IMPORT_FACILITY] = { "(SELECT public_id FROM facility WHERE id = t.%)",
	    "(SELECT id FROM facility WHERE public_id = $)",
	    "SELECT 0 FROM facility WHERE public_id = ?1",
	    "is not among the facilities: import them first" },
	[IMPORT_CONTRACT] = { "(SELECT contract_id FROM contract WHERE id = "
			      "t.%)",
	    "(SELECT id FROM contract WHERE contract_id = $)",
	    "SELECT 0 FROM contract WHERE contract_id = ?1",
	    "is not among the contracts: import them first" },
};

const struct import_table *import_table_find(const char *name)
{
	for (size_t i = 0; i < LENGTH(tables); i++)
		if (strcmp(tables[i]->name, name) == 0)
			return tables[i];
	return NULL;
}

const char *import_table_name(size_t nth)
{
	return nth < LENGTH(tables) ? tables[nth]->name : NULL;
}

const char *import_table_column(const struct import_table *t, size_t nth)
{
	for (size_t k = 0; k < t->n_columns; k++)
		if (!(t->columns[k].flags & COLUMN_HIDDEN) && nth-- == 0)
			return t->columns[k].name;
	return NULL;
}

const struct import_reference *import_reference_of(enum import_type type)
{
	if (type >= LENGTH(references) || !references[type].read)
		return NULL;
	return &references[type];
}

int import_column_find(const struct import_table *t, struct str name)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		const char *column = t->columns[i].name;

		/* It is asked of every record. */
		if (name.len > 0 && column[0] == name.data[0] &&
		    str_is(name, column))
			return (int)i;
	}
	return -1;
}

bool import_column_is_staged(const struct import_column *c)
{
	return c->target || (c->flags & COLUMN_STAGED);
}
