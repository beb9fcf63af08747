#define _GNU_SOURCE /* dl_iterate_phdr */
#include "base/build_id.h"

#include <link.h>
#include <string.h>

static const char owner[] = "GNU";

/* Sizes within notes are filled up to words of four bytes. */
static size_t filled(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static struct str find_note(const char *at, size_t left)
{
	ElfW(Nhdr) note;

	while (left >= sizeof(note)) {
		size_t name, size;

		memcpy(&note, at, sizeof(note));
		name = sizeof(note) + filled(note.n_namesz);
		size = name + filled(note.n_descsz);
		if (size > left)
			break;
		if (note.n_type == NT_GNU_BUILD_ID &&
		    note.n_namesz == sizeof(owner) &&
		    memcmp(at + sizeof(note), owner, sizeof(owner)) == 0)
			return (struct str){ at + name, note.n_descsz };
		at += size;
		left -= size;
	}
	return (struct str){ "", 0 };
}

/* The first object is the program. */
static int look(struct dl_phdr_info *program, size_t size, void *context)
{
	struct str *found = context;

	(void)size;
	for (size_t i = 0; i < program->dlpi_phnum && !found->len; i++) {
		const ElfW(Phdr) *part = &program->dlpi_phdr[i];

		if (part->p_type == PT_NOTE)
			*found = find_note(
			    (const char *)(program->dlpi_addr + part->p_vaddr),
			    part->p_memsz);
	}
	return 1;
}

struct str build_id(void)
{
	struct str found = { "", 0 };

	dl_iterate_phdr(look, &found);
	return found;
}
