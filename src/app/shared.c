#include <config.h>

#include "shared.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct shared *shared_open(struct err *e)
{
	struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED) {
		err_set(e, ERR_MEMORY, "no memory for counters");
		err_detail(e, "mmap: %s", strerror(errno));
		return NULL;
	}
	return s;
}

void shared_close(struct shared *s)
{
	if (s != NULL)
		(void)munmap(s, sizeof *s);
}

uint32_t shared_wait(_Atomic uint32_t *word, uint32_t seen, int milliseconds)
{
	struct timespec limit = { milliseconds / 1000,
		milliseconds % 1000 * 1000000L };

	(void)syscall(SYS_futex, word, FUTEX_WAIT, seen, &limit, NULL, 0);
	return *word;
}

void shared_wake(_Atomic uint32_t *word)
{
	(void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
