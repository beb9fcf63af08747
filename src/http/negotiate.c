#include "http/negotiate.h"

#include <string.h>
#include <strings.h>

enum { RANGES_MAX = 32, QUALITY_ONE = 1000, QUALITY_DIGITS = 3 };

/* One element of a list header: what it names and how much it is wanted. */
struct range {
	struct str name;
	int quality; /* 0 to 1000 */
	int weight; /* how exactly it fits the offer at hand; -1: not at all */
};

static bool is_same(struct str a, struct str b)
{
	return a.len == b.len &&
	       (a.len == 0 || strncasecmp(a.data, b.data, a.len) == 0);
}

/* qvalue (RFC 9110 section 12.4.2) in thousandths; what is not one counts as
 * one. */
static int read_quality(struct str s)
{
	int value, unit = QUALITY_ONE;

	if (s.len == 0 || s.len > QUALITY_DIGITS + 2 ||
	    (s.data[0] != '0' && s.data[0] != '1'))
		return QUALITY_ONE;
	value = s.data[0] == '1' ? QUALITY_ONE : 0;
	if (s.len > 1 && s.data[1] != '.')
		return QUALITY_ONE;
	for (size_t i = 2; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return QUALITY_ONE;
		unit /= 10;
		value += (s.data[i] - '0') * unit;
	}
	return value > QUALITY_ONE ? QUALITY_ONE : value;
}

static struct range read_range(struct str element)
{
	struct range r = { .quality = QUALITY_ONE };

	r.name = str_trim(str_cut(&element, ';'));
	while (element.data != NULL) {
		struct str value = str_trim(str_cut(&element, ';'));
		struct str key = str_trim(str_cut(&value, '='));

		if (is_same(key, str_from("q")))
			r.quality = read_quality(str_trim(value));
	}
	return r;
}

/* A media range fits exactly (2), by its type (1), or as any (0). */
static int fit_type(struct str range, struct str offer)
{
	struct str range_sub = range, offer_sub = offer;
	struct str range_type = str_cut(&range_sub, '/');
	struct str offer_type = str_cut(&offer_sub, '/');

	if (str_is(range, "*/*") || str_is(range, "*"))
		return 0;
	if (!is_same(range_type, offer_type))
		return -1;
	if (str_is(range_sub, "*"))
		return 1;
	return is_same(range_sub, offer_sub) ? 2 : -1;
}

static int fit_language(struct str range, struct str offer)
{
	struct str primary = str_cut(&range, '-');

	if (str_is(primary, "*"))
		return 0;
	return is_same(primary, offer) ? 1 : -1;
}

static int fit_coding(struct str range, struct str offer)
{
	if (str_is(range, "*"))
		return 0;
	return is_same(range, offer) ? 1 : -1;
}

typedef int fit_range(struct str range, struct str offer);

/* The quality of one offer: that of the range which fits it most exactly, and
 * of those the highest; -1 when none does. */
static int quality_of(struct str header, struct str offer, fit_range *fit)
{
	int best = -1, quality = -1;

	for (int i = 0; i < RANGES_MAX && header.data != NULL; i++) {
		struct range r = read_range(str_cut(&header, ','));
		int weight = r.name.len == 0 ? -1 : fit(r.name, offer);

		if (weight > best) {
			best = weight;
			quality = r.quality;
		} else if (weight >= 0 && weight == best &&
			   r.quality > quality) {
			quality = r.quality;
		}
	}
	return quality;
}

static int choose(
    struct str header, const char *const *offers, size_t n, fit_range *fit)
{
	int best = -1, quality = 0;

	if (str_trim(header).len == 0)
		return n > 0 ? 0 : -1;
	for (size_t i = 0; i < n; i++) {
		int q = quality_of(header, str_from(offers[i]), fit);

		if (q > quality) {
			quality = q;
			best = (int)i;
		}
	}
	return best;
}

int negotiate_type(struct str accept, const char *const *offers, size_t n)
{
	return choose(accept, offers, n, fit_type);
}

int negotiate_language(struct str accept, const char *const *offers, size_t n)
{
	return choose(accept, offers, n, fit_language);
}

bool negotiate_gzip(struct str accept_encoding)
{
	return quality_of(accept_encoding, str_from("gzip"), fit_coding) > 0;
}

static struct str opaque_tag(struct str tag)
{
	tag = str_trim(tag);
	if (str_starts(tag, "W/"))
		tag = (struct str){ tag.data + 2, tag.len - 2 };
	return tag;
}

bool negotiate_none_match(struct str if_none_match, const char *etag)
{
	struct str wanted = opaque_tag(str_from(etag));

	if (str_is(str_trim(if_none_match), "*"))
		return true;
	/* Our own tags hold no comma, so others may be cut in pieces: a piece
	 * cannot be equal, since it lacks a quote. */
	while (if_none_match.data != NULL)
		if (str_equal(opaque_tag(str_cut(&if_none_match, ',')), wanted))
			return wanted.len > 0;
	return false;
}
