#include "http/router.h"

#include <string.h>

/* What is left of a pattern and a path. */
struct walk {
	struct str pattern, path;
	struct route_match *match;
	size_t n_vars;
	size_t literal; /* bytes of the path that literals matched */
};

static bool take_variable(struct walk *w, struct str pattern, struct str given)
{
	const char *brace = memchr(pattern.data, '}', pattern.len);
	struct str end;

	if (brace == NULL || w->n_vars == ROUTE_VARS)
		return false;
	end.data = brace + 1;
	end.len = pattern.len - (size_t)(end.data - pattern.data);
	if (given.len <= end.len)
		return false;
	given.len -= end.len;
	if (end.len > 0 && memcmp(given.data + given.len, end.data, end.len))
		return false;
	w->match->vars[w->n_vars++] = given;
	w->literal += end.len;
	return true;
}

static bool take_segment(struct walk *w)
{
	struct str pattern = str_cut(&w->pattern, '/');
	struct str given = str_cut(&w->path, '/');

	if (pattern.len > 0 && pattern.data[0] == '{')
		return take_variable(w, pattern, given);
	if (!str_equal(pattern, given))
		return false;
	w->literal += given.len + 1;
	return true;
}

/* Whether the path begins as the pattern does before its first name: most are
 * told apart by that already. */
static bool begins_alike(const char *pattern, struct str path)
{
	for (size_t i = 0; pattern[i] != '{'; i++) {
		if (pattern[i] == '\0')
			return i == path.len;
		if (i == path.len || pattern[i] != path.data[i])
			return false;
	}
	return true;
}

/* Whether the pattern, which begins alike, fits the path; then vars are set and
 * *literal says how much of the path was written out in the pattern. */
static bool fits(struct route_match *m, const char *pattern, struct str path,
    size_t *literal)
{
	struct walk w = {
		.pattern = str_from(pattern), .path = path, .match = m
	};

	while (w.pattern.data != NULL && w.path.data != NULL)
		if (!take_segment(&w))
			return false;
	*literal = w.literal;
	return w.pattern.data == NULL && w.path.data == NULL;
}

static unsigned offered(const struct route *r)
{
	unsigned bits = r->methods | HTTP_OPTIONS;

	return bits & HTTP_GET ? bits | HTTP_HEAD : bits;
}

bool router_find(struct route_match *out, const struct route *routes, size_t n,
    const struct request *r, struct err *e)
{
	struct route_match found = { 0 }, m;
	size_t most = 0, literal; /* the longest match of those that fit */
	unsigned allowed = 0;

	for (size_t i = 0; i < n; i++) {
		if (!begins_alike(routes[i].pattern, r->path))
			continue;
		m = (struct route_match){ .route = &routes[i] };
		if (!fits(&m, routes[i].pattern, r->path, &literal) ||
		    literal < most)
			continue;
		if (literal > most) {
			most = literal;
			allowed = 0;
			found.route = NULL;
		}
		allowed |= offered(&routes[i]);
		if (found.route == NULL && offered(&routes[i]) & r->method)
			found = m;
	}
	/* Each row that fits matches the first slash. */
	if (most == 0)
		return err_set(e, ERR_MISSING, "there is nothing here");
	if (found.route == NULL) {
		out->allowed = allowed;
		return err_set(e, ERR_METHOD, "the method is not offered here");
	}
	*out = found;
	out->allowed = allowed;
	return true;
}
