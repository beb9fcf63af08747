/* The chain of the journal: what of a row is hashed. */
#ifndef BUDGETMAP_STORE_JOURNAL_CHAIN_H
#define BUDGETMAP_STORE_JOURNAL_CHAIN_H

#include "base/buf.h"

#include <stdint.h>

enum { CHAIN_HASH = 32, CHAIN_HEX = 65 };

struct chain_change {
	int64_t seq, batch;
	int64_t project; /* 0: none */
	struct str entity, key, op, body;
};

struct chain_batch {
	int64_t seq, number, at, data_version;
	int64_t created, changed, withdrawn, unchanged, refused;
	struct str actor, command, file_name, file_sha256, reason;
};

/* hash = SHA-256 (prev, the row as canonical JSON). False when memory is
 * exhausted; scratch is overwritten. */
bool chain_hash_change(unsigned char hash[static CHAIN_HASH],
    const unsigned char prev[static CHAIN_HASH], const struct chain_change *c,
    struct buf *scratch);
bool chain_hash_batch(unsigned char hash[static CHAIN_HASH],
    const unsigned char prev[static CHAIN_HASH], const struct chain_batch *b,
    struct buf *scratch);

/* A hash in hexadecimal, terminated. */
void chain_hex(
    char out[static CHAIN_HEX], const unsigned char hash[static CHAIN_HASH]);

#endif
