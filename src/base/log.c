#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

enum { LINE_SIZE = 1000, MILLION = 1000000 };

static const char *const names[] = {
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_WARN] = "warn",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_DEBUG] = "debug",
};

/* One setting of the whole process, as standard error is. */
static _Atomic int highest = LOG_LEVEL_INFO;

/* Writes time and level; returns the length. */
static size_t add_head(char *line, size_t size, enum log_level level)
{
	char stamp[CLOCK_STAMP_SIZE];
	struct timespec now;
	int len;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_stamp(now.tv_sec, stamp);
	stamp[CLOCK_STAMP_SIZE - 2] = '\0'; /* the Z follows the fraction */
	len = snprintf(line, size, "%s.%03dZ %s ", stamp,
	    (int)(now.tv_nsec / MILLION), names[level]);
	return (size_t)len;
}

/* Where the text has to be cut so that no character is halved. */
static size_t cut_at(const char *text, size_t len)
{
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void hide_controls(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
			text[i] = '?';
}

static void write_once(const char *line, size_t len)
{
	int saved = errno;
	ssize_t done;

	do
		done = write(STDERR_FILENO, line, len);
	while (done < 0 && errno == EINTR);
	errno = saved;
}

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&highest, (int)level, memory_order_relaxed);
}

void log_line(enum log_level level, const char *text, ...)
{
	char line[LINE_SIZE + 1];
	size_t len;
	int added;
	va_list args;

	if ((int)level > atomic_load_explicit(&highest, memory_order_relaxed))
		return;
	len = add_head(line, sizeof(line), level);
	va_start(args, text);
	added = vsnprintf(line + len, sizeof(line) - len, text, args);
	va_end(args);
	if (added < 0)
		return;
	len += (size_t)added;
	if (len > LINE_SIZE - 1)
		len = cut_at(line, LINE_SIZE - 1);
	hide_controls(line, len);
	line[len++] = '\n';
	write_once(line, len);
}
