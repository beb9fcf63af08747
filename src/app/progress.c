#include "progress.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR = 30, TENTH = 100000000 /* nanoseconds */ };

void progress_init(struct progress *p)
{
	*p = (struct progress){ .shown = isatty(STDERR_FILENO) };
}

void progress_show(
    struct progress *p, const char *what, int64_t done, int64_t total)
{
	static const char full[] = "##############################";
	int64_t now;
	int cells = 0;

	if (!p->shown)
		return;
	now = clock_monotonic();
	if (now < p->next && p->what == what)
		return;
	p->what = what;
	p->next = now + TENTH;
	if (total > 0 && done <= total)
		cells = (int)(done * BAR / total);
	fprintf(stderr, "\r%-10s [%-*.*s] ", what, BAR, cells, full);
	if (total > 0)
		fprintf(stderr, "%3d %%\033[K",
		    (int)(done >= total ? 100 : done * 100 / total));
	fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->shown && p->what)
		fputs("\r\033[K", stderr);
	p->what = NULL;
}
