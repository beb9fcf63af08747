#include "api/kml_job.h"

#include "api/catalogue.h"
#include "api/fragment.h"
#include "api/names.h"
#include "api/text.h"
#include "format/kml_tree.h"

#include <inttypes.h>
#include <stdlib.h>

/* A row and the folders it lies in. */
struct filed {
	uint32_t row;
	uint8_t home, status;
};

static int by_folder(const void *a, const void *b)
{
	const struct filed *x = a, *y = b;

	if (x->home != y->home)
		return x->home < y->home ? -1 : 1;
	if (x->status != y->status)
		return x->status < y->status ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static bool add_row(const struct kml_job *job, uint32_t row,
    struct kml_placemarks *p, struct err *e)
{
	const struct snapshot *s = job->source.snapshot;

	return kml_add_fragment(job->out, p, fragment_of(s, row),
		   snapshot_value_lengths(s, row)) ||
	       snapshot_damaged(e);
}

/* --- names of folders ----------------------------------------------------- */

static struct str counted(struct call *c, struct str name, size_t n)
{
	buf_add_str(&c->scratch, name);
	buf_add_format(&c->scratch, " (%zu)", n);
	return kml_keep(c);
}

/* The KATO of a home district, empty where there is none. */
static struct str kato_of(const struct kml_job *job, uint8_t home)
{
	const struct snapshot_info *info = job->source.info;

	return home < info->n_katos ? info->katos[home] : (struct str){ 0 };
}

static struct str district_title(
    const struct kml_job *job, const struct names *names, uint8_t home)
{
	struct str kato = kato_of(job, home);

	if (!kato.len)
		return str_from(text_of(TEXT_NO_DISTRICT, job->call->lang));
	return names_title(names, kato, job->call->lang);
}

static struct str status_title(const struct kml_job *job, uint8_t status)
{
	if (status >= codes_status.n)
		return str_from(text_of(TEXT_MISSING, job->call->lang));
	return str_from(codes_status.codes[status].title[job->call->lang]);
}

static struct str district_id(const struct kml_job *job, uint8_t home)
{
	struct str kato = kato_of(job, home);

	buf_add_text(&job->call->scratch, "district-");
	if (kato.len)
		buf_add_str(&job->call->scratch, kato);
	else
		buf_add_text(&job->call->scratch, "none");
	return kml_keep(job->call);
}

static struct str status_id(
    const struct kml_job *job, uint8_t home, uint8_t status)
{
	struct str district = district_id(job, home);

	buf_add_str(&job->call->scratch, district);
	buf_add_format(&job->call->scratch, "-%s",
	    status < codes_status.n ? codes_status.codes[status].code : "none");
	return kml_keep(job->call);
}

/* --- folders -------------------------------------------------------------- */

/* The rows of one status, which stand together. */
static bool write_status(const struct kml_job *job, const struct filed *rows,
    size_t n, struct kml_placemarks *p, struct err *e)
{
	const struct kml_folder folder = {
		.id = status_id(job, rows->home, rows->status),
		.name = counted(job->call, status_title(job, rows->status), n),
		.closed = true,
	};

	kml_begin_folder(job->out, &folder);
	for (size_t i = 0; i < n; i++)
		if (!add_row(job, rows[i].row, p, e))
			return false;
	kml_end_folder(job->out);
	return true;
}

static size_t count_status(const struct filed *rows, size_t n)
{
	size_t same = 1;

	while (same < n && rows[same].status == rows->status)
		same++;
	return same;
}

static bool write_district(const struct kml_job *job, const struct filed *rows,
    size_t n, const struct names *names, struct kml_placemarks *p,
    struct err *e)
{
	const struct kml_folder folder = {
		.id = district_id(job, rows->home),
		.name = counted(
		    job->call, district_title(job, names, rows->home), n),
	};

	kml_begin_folder(job->out, &folder);
	for (size_t i = 0; i < n;) {
		size_t same = count_status(rows + i, n - i);

		if (!write_status(job, rows + i, same, p, e))
			return false;
		i += same;
	}
	kml_end_folder(job->out);
	return true;
}

static size_t count_district(const struct filed *rows, size_t n)
{
	size_t same = 1;

	while (same < n && rows[same].home == rows->home)
		same++;
	return same;
}

static struct filed *file_rows(
    const struct kml_job *job, const uint32_t *rows, size_t n, struct err *e)
{
	struct filed *filed =
	    arena_array(job->call->x->arena, n + 1, sizeof(*filed));

	if (!filed) {
		err_no_room(e);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		struct facts facts;

		snapshot_facts(job->source.snapshot, rows[i], &facts);
		filed[i] = (struct filed){ rows[i], facts.home, facts.status };
	}
	qsort(filed, n, sizeof(*filed), by_folder);
	return filed;
}

bool kml_write_rows(const struct kml_job *job, const uint32_t *rows, size_t n,
    struct kml_placemarks *p, struct err *e)
{
	struct names names;
	struct filed *filed;

	if (job->collection != &collection_projects) {
		for (size_t i = 0; i < n; i++)
			if (!add_row(job, rows[i], p, e))
				return false;
		return true;
	}
	if (!names_read(&names, job->call, e))
		return false;
	filed = file_rows(job, rows, n, e);
	if (!filed)
		return false;
	for (size_t i = 0; i < n;) {
		size_t same = count_district(filed + i, n - i);

		if (!write_district(job, filed + i, same, &names, p, e))
			return false;
		i += same;
	}
	return true;
}
