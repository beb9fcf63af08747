/* What people read of a placemark, and values as it holds them. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_ROWS_H
#define BUDGETMAP_SRC_FORMAT_KML_ROWS_H

#include "kml_put.h"
#include "kml_ready.h"

static inline bool kml_is_known(const struct kml_placemarks *p, int field)
{
	return field >= 0 && !fragment_is_null(p->values[field]);
}

/* The first of n fields that is known, -1 when none is. */
static inline int kml_first_known(
    const struct kml_placemarks *p, const int *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kml_is_known(p, fields[i]))
			return fields[i];
	return -1;
}

/* The codes of a list, which stand there with their quotes, as one text. */
char *kml_put_list(char *to, struct str codes);

/* last as for put_near. */
static inline char *kml_put_value(
    char *to, enum value_type type, struct str value, const char *last)
{
	if (value.data[0] == '"')
		return put_near(to, fragment_inside(value), last);
	if (value.data[0] == '[')
		return kml_put_list(to, fragment_inside(value));
	if (type != VALUE_BOOL)
		return put_near(to, value, last);
	*to = value.data[0] == 't' ? '1' : '0'; /* GDAL reads "true" as 0 */
	return to + 1;
}

/* Finds what the rows of the feature at hand show, which the next two put. */
void kml_find_rows(struct kml_placemarks *p);
char *kml_put_snippet(char *to, const struct kml_placemarks *p);
char *kml_put_balloon(char *to, const struct kml_placemarks *p);

#endif
