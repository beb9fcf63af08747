#include "api/sort.h"

enum { SORT_BYTES = 512 };

const struct param param_sortby = { .name = "sortby",
	.type = PARAM_NAMES,
	.flags = PARAM_SIGNED,
	.max = SORT_BYTES,
	.text = {
	    "Реті: қасиеттер үтірмен, алдында минус болса — кему ретімен; "
	    "белгісіз мәндер соңында: -planned,title_kk",
	    "Порядок: свойства через запятую, с минусом — по убыванию; "
	    "неизвестные значения в конце: -planned,title_kk",
	    "Order: properties separated by commas, descending with a minus; "
	    "unknown values come last: -planned,title_kk" } };

bool sort_read(struct query *out, const struct params *p,
    const struct schema *schema, struct err *e)
{
	struct str text = params_text(p, param_sortby.name);

	if (!text.data)
		return true;
	return query_sort_parse(out, schema, text, e) ||
	       err_param(e, param_sortby.name);
}
