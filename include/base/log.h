/* The log: one line an event on standard error, written by one write(2). */
#ifndef BUDGETMAP_BASE_LOG_H
#define BUDGETMAP_BASE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines above this level are dropped; info at start. Set before threads. */
void log_set_level(enum log_level level);

/* Writes "2026-01-31T12:00:00.000Z level text"; control characters in the text
 * become '?', a line is cut at 1000 bytes. Never holds personal data, queries
 * or full addresses: the caller sees to that. */
void log_line(enum log_level level, const char *text, ...)
    __attribute__((format(printf, 2, 3)));

#endif
