#include "index/snapshot_view.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { BITS_OF_BYTE = 8 };

bool snapshot_damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "the index of the data is damaged");
}

static bool damaged(struct err *e, const char *what)
{
	snapshot_damaged(e);
	return err_detail(e, "%s", what);
}

static bool check_header(
    const struct file_header *h, size_t size, struct err *e)
{
	if (memcmp(h->magic, FILE_MAGIC, sizeof(h->magic)) != 0)
		return damaged(e, "the magic is missing");
	if (h->order != FILE_ORDER || h->format != FILE_FORMAT)
		return damaged(e, "another format or byte order");
	if (h->checksum != file_header_checksum(h))
		return damaged(e, "checksum of the header");
	if (h->file_size != size)
		return damaged(e, "the file is cut or longer");
	if (h->located > h->n || h->n_shapes > h->located ||
	    h->n_katos > DISTRICTS_MAX)
		return damaged(e, "counts");
	return true;
}

static bool check_sections(const struct file_header *h, struct err *e)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		const struct file_entry *s = &h->sections[i];

		if (s->offset < FILE_HEADER_SIZE ||
		    s->offset % FILE_ALIGN != 0 || s->offset > h->file_size ||
		    s->size > h->file_size - s->offset ||
		    !file_size_fits(h, (enum section)i))
			return damaged(e, "directory");
	}
	return true;
}

static bool check_sums(const struct snapshot *s, struct err *e)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		const struct file_entry *entry = &s->header->sections[i];

		if (file_checksum(s->map + entry->offset,
			(size_t)entry->size) != entry->checksum) {
			damaged(e, "checksum of a section");
			return err_detail(e, "section %d", i);
		}
	}
	return true;
}

static const void *section(const struct snapshot *s, enum section which)
{
	return s->map + s->header->sections[which].offset;
}

static size_t section_size(const struct snapshot *s, enum section which)
{
	return (size_t)s->header->sections[which].size;
}

static struct str section_text(const struct snapshot *s, enum section which)
{
	return (struct str){ section(s, which), section_size(s, which) };
}

static void point_at_rows(struct snapshot *s)
{
	s->ids = section(s, SECTION_IDS);
	s->keys = section(s, SECTION_KEYS);
	s->changes = section(s, SECTION_CHANGES);
	s->planned = section(s, SECTION_PLANNED);
	s->contracted = section(s, SECTION_CONTRACTED);
	s->paid = section(s, SECTION_PAID);
	s->years = section(s, SECTION_YEARS);
	s->districts = section(s, SECTION_DISTRICTS);
	s->status = section(s, SECTION_STATUS);
	s->category = section(s, SECTION_CATEGORY);
	s->work_kind = section(s, SECTION_WORK_KIND);
	s->home = section(s, SECTION_HOME);
	s->levels = section(s, SECTION_LEVELS);
	s->overdue = section(s, SECTION_OVERDUE);
	s->days = section(s, SECTION_DAYS);
	s->anchors = section(s, SECTION_ANCHORS);
	s->public_id_ends = section(s, SECTION_PUBLIC_ID_ENDS);
	s->public_ids = section_text(s, SECTION_PUBLIC_IDS);
	s->cells = section(s, SECTION_CELLS);
	s->place_marks = section(s, SECTION_PLACE_MARKS);
	s->shape_of = section(s, SECTION_SHAPE_OF);
	s->shapes = section(s, SECTION_SHAPES);
	s->shape_rows = section(s, SECTION_SHAPE_ROWS);
	s->shape_data = section_text(s, SECTION_SHAPE_DATA);
	s->corners = section(s, SECTION_CORNERS);
	s->shape_cells = section(s, SECTION_SHAPE_CELLS);
	s->fragment_ends = section(s, SECTION_FRAGMENT_ENDS);
	s->fragments = section_text(s, SECTION_FRAGMENTS);
	s->line_ends = section(s, SECTION_LINE_ENDS);
	s->line_years = section(s, SECTION_LINE_YEARS);
	s->line_money = section(s, SECTION_LINE_MONEY);
	s->value_numbers = section(s, SECTION_VALUE_NUMBERS);
	s->values = section_text(s, SECTION_VALUES);
	s->value_lengths = section(s, SECTION_VALUE_LENGTHS);
}

static void point_at_derived(struct snapshot *s)
{
	s->tree = (struct rtree){
		.items = section(s, SECTION_BOXES),
		.nodes = section(s, SECTION_NODES),
		.n_items = s->located,
	};
	s->shape_tree = (struct rtree){
		.items = section(s, SECTION_SHAPE_BOXES),
		.nodes = section(s, SECTION_SHAPE_NODES),
		.n_items = s->n_shapes,
	};
	s->anchor_nodes = section(s, SECTION_ANCHOR_NODES);
	s->blocks = section(s, SECTION_BLOCKS);
	s->id_table = section(s, SECTION_ID_TABLE);
	s->bitmap_index = section(s, SECTION_BITMAP_INDEX);
	s->bitmaps = section(s, SECTION_BITMAPS);
	s->run_index = section(s, SECTION_RUN_INDEX);
	s->runs = section(s, SECTION_RUNS);
	s->tiles = section(s, SECTION_TILES);
	s->homes = section(s, SECTION_HOMES);
}

static void count_elements(struct snapshot *s)
{
	size_t lines =
	    section_size(s, SECTION_LINE_YEARS) / sizeof(*s->line_years);
	size_t money =
	    section_size(s, SECTION_LINE_MONEY) / sizeof(*s->line_money);

	s->n_lines = lines < money ? lines : money;
	s->n_runs = section_size(s, SECTION_RUNS) / sizeof(*s->runs);
	s->n_tiles = section_size(s, SECTION_TILES) / sizeof(*s->tiles);
	s->n_value_numbers =
	    section_size(s, SECTION_VALUE_NUMBERS) / sizeof(*s->value_numbers);
	s->n_places =
	    section_size(s, SECTION_SHAPE_CELLS) / sizeof(*s->shape_cells);
	if (s->n_places > section_size(s, SECTION_CORNERS) * BITS_OF_BYTE)
		s->n_places = section_size(s, SECTION_CORNERS) * BITS_OF_BYTE;
	s->n_bitmaps = 0;
	if (s->n > 0)
		s->n_bitmaps = section_size(s, SECTION_BITMAPS) /
			       (file_words(s->n) * sizeof(*s->bitmaps));
}

static bool read_katos(struct snapshot *s, struct err *e)
{
	struct str rest = section_text(s, SECTION_KATOS);
	const uint32_t n = s->header->n_katos;

	s->katos = n > 0 ? mem_alloc(n * sizeof(*s->katos)) : NULL;
	if (n > 0 && !s->katos)
		return err_no_memory(e);
	for (uint32_t i = 0; i < n; i++) {
		if (!rest.data)
			return damaged(e, "districts");
		s->katos[i] = str_cut(&rest, '\0');
	}
	return true;
}

/* The schema is the one asked for, or the file's own. */
static bool read_info(
    struct snapshot *s, const struct schema *schema, struct err *e)
{
	if (!schema) {
		s->self = snapshot_self_read(section_text(s, SECTION_SELF), e);
		if (!s->self)
			return false;
		schema = &s->self->schema;
		s->self->about.date = s->header->date;
	}
	if (s->header->schema != file_schema_mark(schema))
		return damaged(e, "another schema");
	if (section_size(s, SECTION_VALUE_LENGTHS) !=
	    (size_t)s->n * schema->n_fields)
		return damaged(e, "lengths of values");
	s->info = (struct snapshot_info){
		.schema = schema,
		.version = s->header->version,
		.published = s->header->published,
		.day = s->header->day,
		.katos = s->katos,
		.n_katos = s->header->n_katos,
		.about = s->self ? &s->self->about : NULL,
	};
	return true;
}

static bool map_file(struct snapshot *s, int file, struct err *e)
{
	struct stat status;
	void *map;

	if (fstat(file, &status) != 0) {
		err_set(e, ERR_SYSTEM, "the snapshot cannot be read");
		return err_detail(e, "fstat: %s", strerror(errno));
	}
	if (status.st_size < FILE_HEADER_SIZE)
		return damaged(e, "shorter than a header");
	s->size = (size_t)status.st_size;
	map = mmap(NULL, s->size, PROT_READ, MAP_SHARED, file, 0);
	if (map == MAP_FAILED) {
		err_set(e, ERR_SYSTEM, "the snapshot cannot be read");
		return err_detail(e, "mmap: %s", strerror(errno));
	}
	s->map = map;
	s->header = map;
	return true;
}

static bool fill(struct snapshot *s, int file, const struct schema *schema,
    bool deep, struct err *e)
{
	if (!map_file(s, file, e) || !check_header(s->header, s->size, e) ||
	    !check_sections(s->header, e))
		return false;
	s->n = s->header->n;
	s->located = s->header->located;
	s->n_shapes = s->header->n_shapes;
	if (deep && !check_sums(s, e))
		return false;
	point_at_rows(s);
	point_at_derived(s);
	count_elements(s);
	return read_katos(s, e) && read_info(s, schema, e);
}

static void destroy(struct snapshot *s)
{
	if (s->map) {
		/* munmap takes what mmap gave, which was not const. */
		union {
			const void *from;
			void *to;
		} map = { s->map };

		munmap(map.to, s->size);
	}
	mem_free(s->katos);
	mem_free(s->self);
	mem_free(s);
}

struct snapshot *snapshot_map(
    int file, const struct schema *schema, bool deep, struct err *e)
{
	struct snapshot *s = mem_alloc(sizeof(*s));

	if (!s) {
		err_no_memory(e);
		return NULL;
	}
	memset(s, 0, sizeof(*s));
	atomic_init(&s->references, 1);
	if (fill(s, file, schema, deep, e))
		return s;
	destroy(s);
	return NULL;
}

struct snapshot *snapshot_open(
    const char *path, const struct schema *schema, bool deep, struct err *e)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct snapshot *s;

	if (file < 0) {
		if (errno == ENOENT)
			err_set(e, ERR_MISSING, "there is no snapshot");
		else
			err_set(e, ERR_SYSTEM, "the snapshot cannot be read");
		err_detail(e, "open %s: %s", path, strerror(errno));
		return NULL;
	}
	s = snapshot_map(file, schema, deep, e);
	close(file);
	return s;
}

struct snapshot *snapshot_ref(struct snapshot *s)
{
	atomic_fetch_add_explicit(&s->references, 1, memory_order_relaxed);
	return s;
}

void snapshot_unref(struct snapshot *s)
{
	if (!s)
		return;
	if (atomic_fetch_sub_explicit(
		&s->references, 1, memory_order_acq_rel) == 1)
		destroy(s);
}
