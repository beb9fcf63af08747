#include "store/journal_chain.h"

#include <sodium.h>

#include "store/canon.h"

_Static_assert(CHAIN_HASH == crypto_hash_sha256_BYTES, "SHA-256");

static bool hash_row(unsigned char hash[static CHAIN_HASH],
    const unsigned char prev[static CHAIN_HASH], const struct buf *row)
{
	crypto_hash_sha256_state state;

	if (row->failed)
		return false;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, prev, CHAIN_HASH);
	crypto_hash_sha256_update(
	    &state, (const unsigned char *)row->data, row->len);
	crypto_hash_sha256_final(&state, hash);
	return true;
}

bool chain_hash_change(unsigned char hash[static CHAIN_HASH],
    const unsigned char prev[static CHAIN_HASH], const struct chain_change *c,
    struct buf *scratch)
{
	buf_reset(scratch);
	canon_open(scratch);
	canon_member_int(scratch, "batch", c->batch);
	canon_member_raw(scratch, "body", c->body);
	canon_member_text(scratch, "entity", c->entity);
	canon_member_text(scratch, "key", c->key);
	canon_member_text(scratch, "op", c->op);
	canon_member_int(scratch, "project_id", c->project);
	canon_member_int(scratch, "seq", c->seq);
	canon_close(scratch);
	return hash_row(hash, prev, scratch);
}

bool chain_hash_batch(unsigned char hash[static CHAIN_HASH],
    const unsigned char prev[static CHAIN_HASH], const struct chain_batch *b,
    struct buf *scratch)
{
	buf_reset(scratch);
	canon_open(scratch);
	canon_member_text(scratch, "actor", b->actor);
	canon_member_int(scratch, "at", b->at);
	canon_member_int(scratch, "changed", b->changed);
	canon_member_text(scratch, "command", b->command);
	canon_member_int(scratch, "created", b->created);
	canon_member_int(scratch, "data_version", b->data_version);
	canon_member_text(scratch, "file_name", b->file_name);
	canon_member_text(scratch, "file_sha256", b->file_sha256);
	canon_member_int(scratch, "number", b->number);
	canon_member_text(scratch, "reason", b->reason);
	canon_member_int(scratch, "refused", b->refused);
	canon_member_int(scratch, "seq", b->seq);
	canon_member_int(scratch, "unchanged", b->unchanged);
	canon_member_int(scratch, "withdrawn", b->withdrawn);
	canon_close(scratch);
	return hash_row(hash, prev, scratch);
}

void chain_hex(
    char out[static CHAIN_HEX], const unsigned char hash[static CHAIN_HASH])
{
	sodium_bin2hex(out, CHAIN_HEX, hash, CHAIN_HASH);
}
