#include "index/snapshot.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "format/geojson.h"
#include "index/build_rows.h"
#include "index/derive.h"
#include "index/output.h"

enum { FRAGMENT_MAX = 128 << 20 /* bytes of one feature's GeoJSON */ };

struct snapshot_builder {
	struct output output;
	struct file_header header;
	const struct schema *schema; /* NULL: it lies in the file */
	const struct snapshot *previous; /* NULL: nothing can be copied */
	/* The rows of previous that are likely next: to be asked for, and to
	 * be added. Two threads may do so. */
	uint32_t asked, added;
	struct columns columns;
	struct buf stream; /* fragments not yet written */
	uint64_t stream_written; /* bytes of those that are */
	uint64_t stream_sum; /* their checksum */
};

static const char blank_header[FILE_HEADER_SIZE];

static bool same_katos(
    const struct snapshot_info *a, const struct snapshot_info *b)
{
	if (a->n_katos != b->n_katos)
		return false;
	for (size_t i = 0; i < a->n_katos; i++)
		if (!str_equal(a->katos[i], b->katos[i]))
			return false;
	return true;
}

/* Fragments and facts depend on the day, the schema and the list of districts
 * besides the project itself. */
static bool can_copy(
    const struct snapshot *previous, const struct snapshot_info *info)
{
	return previous && previous->info.day == info->day &&
	       previous->header->schema == file_schema_mark(info->schema) &&
	       same_katos(&previous->info, info);
}

static void fill_header(
    struct snapshot_builder *b, const struct snapshot_info *info)
{
	struct buf *katos = &b->columns.sections[SECTION_KATOS];

	memcpy(b->header.magic, FILE_MAGIC, sizeof(b->header.magic));
	b->header.format = FILE_FORMAT;
	b->header.order = FILE_ORDER;
	b->header.schema = file_schema_mark(info->schema);
	b->header.version = info->version;
	b->header.published = info->published;
	b->header.day = info->day;
	b->header.date = info->about ? info->about->date : 0;
	snapshot_self_add(&b->columns.sections[SECTION_SELF], info);
	b->header.n_katos = (uint32_t)info->n_katos;
	for (size_t i = 0; i < info->n_katos; i++) {
		buf_add_str(katos, info->katos[i]);
		buf_add_char(katos, '\0');
	}
}

static bool flush_stream(
    struct snapshot_builder *b, size_t least, struct err *e)
{
	size_t done = 0;

	while (b->stream.len - done >= least && b->stream.len > done) {
		const char *data = b->stream.data + done;
		size_t n = b->stream.len - done;

		if (n > FILE_CHUNK)
			n = FILE_CHUNK;
		if (!output_write(&b->output, data, n, e))
			return false;
		b->stream_sum = hash_bytes(data, n, b->stream_sum);
		b->stream_written += n;
		done += n;
	}
	if (done > 0)
		memmove(b->stream.data, b->stream.data + done,
		    b->stream.len - done);
	b->stream.len -= done;
	return true;
}

/* Where the row's fragment ends that was just appended to the stream. */
static bool end_fragment(
    struct snapshot_builder *b, uint64_t *end, struct err *e)
{
	/* A buf does not tell why it failed. */
	if (b->stream.failed && b->stream.len < FRAGMENT_MAX / 2)
		return err_no_memory(e);
	if (b->stream.failed)
		return err_set(
		    e, ERR_LIMIT, "a feature is too large for the snapshot");
	*end = b->stream_written + b->stream.len;
	return flush_stream(b, FILE_CHUNK, e);
}

/* Sets row; it begins as the one that is likely. */
static bool find_previous(
    const struct snapshot_builder *b, int64_t id, uint32_t *row)
{
	const struct snapshot *s = b->previous;

	if (!s)
		return false;
	/* Both feeds come in the same order. */
	return (*row < s->n && s->ids[*row] == id) || snapshot_find(s, id, row);
}

static void add_fragment(
    struct snapshot_builder *b, const struct feature *feature)
{
	struct columns *c = &b->columns;
	size_t begin = b->stream.len + 1;

	buf_add_char(&b->stream, ',');
	geojson_add_feature(&b->stream, feature);
	if (!b->stream.failed)
		value_lengths_add(&c->lengths,
		    &c->sections[SECTION_VALUE_LENGTHS],
		    (struct str){
			b->stream.data + begin, b->stream.len - begin });
}

static bool add_new(
    struct snapshot_builder *b, const struct project *p, struct err *e)
{
	struct row r = {
		.id = p->feature.id,
		.public_id = p->feature.public_id,
		.key = p->key,
		.change = p->change,
		.facts = p->facts,
		.anchor = p->anchor,
		.geom = p->feature.geom,
	};

	add_fragment(b, &p->feature);
	columns_add_lines(&b->columns, p->lines, p->n_lines);
	value_columns_add(&b->columns.values, p->feature.values);
	return end_fragment(b, &r.fragment_end, e) &&
	       columns_add_row(&b->columns, &r, e);
}

static bool add_copied(struct snapshot_builder *b, uint32_t row, struct err *e)
{
	const struct snapshot *s = b->previous;
	struct geom geom;
	struct row r = {
		.id = s->ids[row],
		.public_id = snapshot_public_id(s, row),
		.key = s->keys[row],
		.change = s->changes[row],
		.anchor = snapshot_anchor(s, row),
	};

	if ((row < s->located && !snapshot_row_geom(s, row, &geom)) ||
	    !value_columns_copy(&b->columns.values, row))
		return snapshot_damaged(e);
	if (row < s->located)
		r.geom = &geom;
	snapshot_facts(s, row, &r.facts);
	buf_add_str(&b->stream, snapshot_fragments(s, row, 1));
	buf_add(&b->columns.sections[SECTION_VALUE_LENGTHS],
	    snapshot_value_lengths(s, row), s->info.schema->n_fields);
	columns_copy_lines(&b->columns, s, row);
	b->added = row + 1;
	return end_fragment(b, &r.fragment_end, e) &&
	       columns_add_row(&b->columns, &r, e);
}

static bool write_section(
    struct snapshot_builder *b, enum section which, struct err *e)
{
	struct buf *data = &b->columns.sections[which];
	struct file_entry *entry = &b->header.sections[which];

	if (!output_align(&b->output, FILE_ALIGN, e))
		return false;
	*entry = (struct file_entry){
		.offset = b->output.offset,
		.size = data->len,
		.checksum = file_checksum(data->data, data->len),
	};
	if (!output_write(&b->output, data->data, data->len, e))
		return false;
	buf_free(data);
	return true;
}

static bool write_sections(struct snapshot_builder *b, struct err *e)
{
	b->header.sections[SECTION_FRAGMENTS] = (struct file_entry){
		.offset = FILE_HEADER_SIZE,
		.size = b->stream_written,
		.checksum = b->stream_sum,
	};
	for (int i = SECTION_FRAGMENTS + 1; i < SECTION_COUNT; i++)
		if (!write_section(b, (enum section)i, e))
			return false;
	return true;
}

static bool write_header(struct snapshot_builder *b, struct err *e)
{
	struct file_header *h = &b->header;

	h->n = b->columns.n;
	h->located = b->columns.located;
	h->n_shapes = b->columns.n_shapes;
	h->mark = b->columns.mark;
	h->mark_large = b->columns.mark_large;
	h->extent = b->columns.extent;
	h->first_day = b->columns.first_day;
	h->last_day = b->columns.last_day;
	h->file_size = b->output.offset;
	h->checksum = file_header_checksum(h);
	return output_write_first(&b->output, h, sizeof(*h), e);
}

static bool write_all(struct snapshot_builder *b, struct err *e)
{
	if (!flush_stream(b, 1, e))
		return false;
	if (!columns_end(&b->columns, e))
		return false;
	derive_all(&b->columns);
	return columns_good(&b->columns, e) && write_sections(b, e) &&
	       write_header(b, e);
}

struct snapshot_builder *snapshot_build_begin(const char *path,
    const struct snapshot_info *info, const struct snapshot *previous,
    struct err *e)
{
	struct snapshot_builder *b;

	if (info->n_katos > DISTRICTS_MAX) {
		err_set(e, ERR_LIMIT, "there are too many districts");
		return NULL;
	}
	b = mem_alloc(sizeof(*b));
	if (!b) {
		err_no_memory(e);
		return NULL;
	}
	memset(b, 0, sizeof(*b));
	b->schema = info->about ? NULL : info->schema;
	b->previous = can_copy(previous, info) ? previous : NULL;
	b->output.file = -1;
	buf_init(&b->stream, FRAGMENT_MAX);
	if (columns_init(&b->columns, info->schema, b->previous, e) &&
	    output_open(&b->output, path, e) &&
	    output_write(&b->output, blank_header, sizeof(blank_header), e)) {
		fill_header(b, info);
		return b;
	}
	snapshot_build_abort(b);
	return NULL;
}

bool snapshot_build_known(void *builder, int64_t id, int64_t change)
{
	struct snapshot_builder *b = builder;
	uint32_t row = b->asked;

	if (!find_previous(b, id, &row) || b->previous->changes[row] != change)
		return false;
	b->asked = row + 1;
	return true;
}

bool snapshot_build_add(void *builder, const struct project *p, struct err *e)
{
	struct snapshot_builder *b = builder;
	uint32_t row = b->added;

	if (p->feature.values)
		return add_new(b, p, e);
	if (!find_previous(b, p->feature.id, &row) ||
	    b->previous->changes[row] != p->change ||
	    b->previous->keys[row] != p->key)
		return err_set(e, ERR_DAMAGED,
		    "a project said to be unchanged has changed");
	return add_copied(b, row, e);
}

size_t snapshot_build_bytes(const struct snapshot_builder *b)
{
	size_t bytes = (size_t)b->output.offset + b->stream.len;

	for (int i = 0; i < SECTION_COUNT; i++)
		bytes += b->columns.sections[i].len;
	return bytes + value_columns_bytes(&b->columns.values);
}

struct snapshot *snapshot_build_finish(
    struct snapshot_builder *b, struct err *e)
{
	struct snapshot *s = NULL;

	if (write_all(b, e))
		s = snapshot_map(b->output.file, b->schema, false, e);
	if (s && !output_publish(&b->output, e)) {
		snapshot_unref(s);
		s = NULL;
	}
	snapshot_build_abort(b);
	return s;
}

void snapshot_build_abort(struct snapshot_builder *b)
{
	if (!b)
		return;
	output_close(&b->output);
	columns_free(&b->columns);
	buf_free(&b->stream);
	mem_free(b);
}
