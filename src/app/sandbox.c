#include <config.h>

#include "sandbox.h"

#include "base/array.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(HAVE_LINUX_LANDLOCK_H) && defined(SYS_landlock_create_ruleset)
#include <linux/landlock.h>

enum { PATH_SIZE = 1024, VERSION_WITH_REFER = 2, VERSION_WITH_TRUNCATE = 3 };

/* Rights by bit, since headers may be older than the kernel. */
static const uint64_t rights_first = (1ULL << 13) - 1; /* ABI 1 */
static const uint64_t right_refer = 1ULL << 13; /* ABI 2 */
static const uint64_t right_truncate = 1ULL << 14; /* ABI 3 */

/* Reading files and listing folders. */
static const uint64_t rights_read = 1ULL << 2 | 1ULL << 3;
/* That, and writing, making and removing of regular files. */
static const uint64_t rights_write =
    1ULL << 1 | 1ULL << 2 | 1ULL << 3 | 1ULL << 5 | 1ULL << 8 | 1ULL << 14;

/* What libraries read: time zones, PROJ's data, locales, their own files. */
static const char *const readable[] = { "/usr/share", "/usr/lib", "/usr/local",
	"/lib", "/lib64", "/etc", "/proc" };

/* glibc has no wrappers for these. */
static int create_ruleset(
    const struct landlock_ruleset_attr *attr, size_t size, uint32_t flags)
{
	return (int)syscall(SYS_landlock_create_ruleset, attr, size, flags);
}

static bool allow(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	bool good;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return false;
	good = syscall(SYS_landlock_add_rule, ruleset,
		   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	(void)close(rule.parent_fd);
	return good;
}

/* The folder of the database, where SQLite keeps log and lock beside it. */
static bool allow_folder_of(int ruleset, const char *file, uint64_t rights)
{
	char folder[PATH_SIZE];
	const char *slash = strrchr(file, '/');
	size_t len = slash != NULL ? (size_t)(slash - file) : 0;

	if (len >= sizeof folder)
		return false;
	memcpy(folder, file, len);
	folder[len] = '\0';
	if (len == 0)
		return allow(ruleset, slash != NULL ? "/" : ".", rights);
	return allow(ruleset, folder, rights);
}

static bool restrict_files(const struct config *c)
{
	int version = create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr = { rights_first };
	int ruleset;
	bool good;

	if (version < 1)
		return false;
	if (version >= VERSION_WITH_REFER)
		attr.handled_access_fs |= right_refer;
	if (version >= VERSION_WITH_TRUNCATE)
		attr.handled_access_fs |= right_truncate;
	ruleset = create_ruleset(&attr, sizeof attr.handled_access_fs, 0);
	if (ruleset < 0)
		return false;
	for (size_t i = 0; i < LENGTH(readable); i++)
		(void)allow(
		    ruleset, readable[i], rights_read & attr.handled_access_fs);
	good = allow_folder_of(ruleset, c->database,
		   rights_write & attr.handled_access_fs) &&
	       allow(ruleset, c->snapshot_dir,
		   rights_write & attr.handled_access_fs) &&
	       syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	(void)close(ruleset);
	return good;
}
#else
static bool restrict_files(const struct config *c)
{
	(void)c;
	return false;
}
#endif

const char *sandbox_enter(const struct config *c)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return "none";
	return restrict_files(c) ? "landlock" : "no new privileges";
}
