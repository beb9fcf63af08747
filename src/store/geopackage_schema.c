#include "store/geopackage_schema.h"

#include "base/array.h"

#include <string.h>
#include <strings.h>

enum { SRS = 4326, NAME_SIZE = 32, DIGITS = 7 };

/* "GPKG" and version 1.3.0 (requirement 2); the definitions of tables are those
 * of annex C. */
const char geopackage_tables[] =
    "PRAGMA application_id = 1196444487;"
    "PRAGMA user_version = 10300;"
    "PRAGMA journal_mode = OFF;"
    "PRAGMA temp_store = MEMORY;"
    "BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, "
    "organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, "
    "description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES "
    "('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', "
    "'undefined cartesian coordinate reference system'),"
    "('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', "
    "'undefined geographic coordinate reference system'),"
    "('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\","
    "DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
    "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],"
    "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
    "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"
    "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
    "AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude coordinates in "
    "decimal degrees on the WGS 84 spheroid');"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, "
    "data_type TEXT NOT NULL, identifier TEXT UNIQUE, "
    "description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT "
    "(strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, "
    "max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) "
    "REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, "
    "column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, "
    "CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT uk_gc_table_name UNIQUE (table_name), "
    "CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) "
    "REFERENCES gpkg_contents(table_name), "
    "CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) "
    "REFERENCES gpkg_spatial_ref_sys(srs_id));";

/* Table 1, column data types. */
static const char *const types[] = {
	[VALUE_NULL] = "TEXT",
	[VALUE_TEXT] = "TEXT",
	[VALUE_INT] = "INTEGER",
	[VALUE_NUMBER] = "DOUBLE",
	[VALUE_MONEY] = "DOUBLE",
	[VALUE_BOOL] = "BOOLEAN",
	[VALUE_DAY] = "DATE",
	[VALUE_LIST] = "TEXT",
	[VALUE_TIME] = "DATETIME",
};

void geopackage_add_name(struct buf *b, const char *name)
{
	buf_add_char(b, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_add_char(b, '"');
		buf_add_char(b, *name);
	}
	buf_add_char(b, '"');
}

static bool has_field(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_fields; i++)
		if (!strcasecmp(s->fields[i].name, name))
			return true;
	return false;
}

/* A column of ours: under a name that no attribute has. */
static void add_own(struct buf *b, const struct schema *s, const char *name)
{
	char free_name[NAME_SIZE];
	size_t len = strlen(name);

	memcpy(free_name, name, len + 1);
	while (has_field(s, free_name) && len + 1 < NAME_SIZE) {
		free_name[len++] = '_';
		free_name[len] = '\0';
	}
	geopackage_add_name(b, free_name);
}

void geopackage_add_table(
    struct buf *b, const char *table, const struct schema *s)
{
	buf_add_text(b, "CREATE TABLE ");
	geopackage_add_name(b, table);
	buf_add_text(b, " (");
	add_own(b, s, "fid");
	buf_add_text(b, " INTEGER NOT NULL PRIMARY KEY, ");
	add_own(b, s, "geom");
	buf_add_text(b, " GEOMETRY, ");
	add_own(b, s, "id");
	buf_add_text(b, " TEXT");
	for (size_t i = 0; i < s->n_fields; i++) {
		buf_add_text(b, ", ");
		geopackage_add_name(b, s->fields[i].name);
		buf_add_format(b, " %s", types[s->fields[i].type]);
	}
	buf_add_char(b, ')');
}

static void add_literal(struct buf *b, const char *text)
{
	buf_add_char(b, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_add_char(b, '\'');
		buf_add_char(b, *text);
	}
	buf_add_char(b, '\'');
}

static void add_number(struct buf *b, double number)
{
	buf_add_char(b, ',');
	buf_add_double(b, number, DIGITS);
}

void geopackage_add_contents(
    struct buf *b, const char *table, const struct bbox *extent)
{
	buf_add_text(b, "INSERT INTO gpkg_contents SELECT ");
	add_literal(b, table);
	buf_add_text(b, ",'features',?,?,?");
	if (bbox_is_empty(extent)) {
		buf_add_text(b, ",NULL,NULL,NULL,NULL");
	} else {
		add_number(b, extent->west);
		add_number(b, extent->south);
		add_number(b, extent->east);
		add_number(b, extent->north);
	}
	buf_add_format(b, ",%d", SRS);
}

void geopackage_add_geometry_column(struct buf *b, const char *table)
{
	buf_add_text(b, "INSERT INTO gpkg_geometry_columns SELECT ");
	add_literal(b, table);
	/* Whatever the second column had to be called. */
	buf_add_text(b, ", name, 'GEOMETRY', 4326, 0, 0 FROM "
			"pragma_table_info(");
	add_literal(b, table);
	buf_add_text(b, ") WHERE cid = 1");
}

/* Section 2.1.3.1: magic, version, flags, reference system, box. */
enum {
	HEADER_VERSION = 0,
	FLAG_LITTLE = 1,
	FLAG_BOX = 1 << 1, /* west, east, south, north */
	LITTLE_BYTES = 4
};

static void add_header(struct buf *b, bool boxed)
{
	buf_add_text(b, "GP");
	buf_add_char(b, HEADER_VERSION);
	buf_add_char(b, (char)(FLAG_LITTLE | (boxed ? FLAG_BOX : 0)));
	for (int i = 0; i < LITTLE_BYTES; i++)
		buf_add_char(b, (char)(SRS >> 8 * i & 0xFF));
}

void geopackage_add_geometry(struct buf *b, const struct geom *g)
{
	const double box[] = { g->box.west, g->box.east, g->box.south,
		g->box.north };
	bool boxed = g->type != GEOM_POINT;

	add_header(b, boxed);
	for (size_t i = 0; boxed && i < LENGTH(box); i++)
		geom_add_double(b, box[i]);
	geom_add_wkb(b, g);
}
