#!/usr/bin/env bash
# The commands around the database: what they do, say and leave with.
# shellcheck disable=SC2317
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

db=$work/budgetmap.db
copy=$work/copy.db
export BUDGETMAP_DATABASE=$db

leaves() { # NAME CODE PATTERN COMMAND...: exit code and text of both streams
    local name=$1 wanted=$2 pattern=$3 output status=0
    shift 3
    output=$("$BUDGETMAP" "$@" 2>&1) || status=$?
    is "$name: exit code" "$status" "$wanted"
    like "$name: text" "$output" "$pattern"
}

# A help text for each, and nothing is done by asking for it.
for command in init import export withdraw backup restore check config serve; do
    if "$BUDGETMAP" --help | grep -q "^  $command "; then
        leaves "$command --help" 0 "^usage: budgetmap $command" \
            "$command" --help
    fi
done
leaves "no command" 2 "Exit codes"
leaves "unknown command" 2 "no such command" frobnicate
leaves "init with a stray word" 2 "^usage: budgetmap init" init stray

# Before there is a database.
leaves "check without a database" 6 "no database file" check
leaves "backup without a database" 6 "no such database" backup "$copy"
leaves "init in a folder that is not there" 1 "none/x.db: No such file" \
    init --database "$work/none/x.db"
check "nothing was created" test ! -e "$db" -a ! -e "$copy"

# Its life.
leaves "init creates" 0 "^created " init
leaves "init again" 0 "already" init
demo=$(demo_database) || true
if [ -n "$demo" ]; then
    leaves "the demonstration is restored" 0 "^restored " restore "$demo"
    leaves "check" 0 "^last hash +[0-9a-f]{64}$" check
    leaves "check names nothing wrong" 0 "^search index +sound$" check
    id=$(sqlite3 "$db" "SELECT public_id FROM project ORDER BY id LIMIT 1")
    leaves "withdraw without a reason" 2 "^usage" withdraw "$id"
    leaves "withdraw with a person's number" 3 "person's number" \
        withdraw "$id" --reason "900101300007"
    leaves "withdraw" 0 "^withdrew $id, data version" \
        withdraw "$id" --reason "қайталанған жазба" --who tester
    leaves "withdraw again" 7 "was withdrawn" \
        withdraw "$id" --reason "тағы"
    leaves "withdraw what never was" 6 "no such project" \
        withdraw TKS-1999-000001 --reason "жоқ"
    is "the journal knows who and why" \
        "$(sqlite3 "$db" "SELECT actor || ': ' || reason FROM journal_batch
            WHERE command = 'withdraw'")" "tester: қайталанған жазба"
    leaves "backup" 0 "^copied " backup "$copy"
    leaves "backup does not overwrite" 7 "exists already" backup "$copy"
    person=$work/900101300007.db
    {
        "$BUDGETMAP" backup "$person"
        "$BUDGETMAP" backup "$person"
        "$BUDGETMAP" export places "$person.csv"
        "$BUDGETMAP" export places "$person/x.csv"
        "$BUDGETMAP" restore "$person"
        "$BUDGETMAP" restore "$person.none"
        "$BUDGETMAP" init --database "$person"
        "$BUDGETMAP" serve --database "$person.none" --socket "$work/s"
    } >"$work/said" 2>&1
    is "a person's number in a name is stars" \
        "$(grep -c '\*\*\*' "$work/said") $(grep -c 900101300007 "$work/said")" "8 0"
    before=$(sqlite3 "$db" "SELECT data_version FROM meta")
    leaves "restore" 0 "^restored " restore "$copy"
    after=$(sqlite3 "$db" "SELECT data_version FROM meta")
    check "restore raises the data version" test "$after" -gt "$before"
    leaves "check after restore" 0 "^figures +sound$" check
else
    skip "commands on the demonstration" "it cannot be made"
fi

# Somebody else writes.
exec 8> >(sqlite3 "$db" >"$work/held" 2>&1)
holder=$!
echo "BEGIN IMMEDIATE; SELECT 'held';" >&8
for _ in $(seq 100); do
    grep -q held "$work/held" && break
    sleep 0.05
done
leaves "restore while somebody writes" 5 "writing" restore "$copy"
echo "ROLLBACK; .quit" >&8
exec 8>&-
wait "$holder" 2>/dev/null || true

# Damage.
sqlite3 "$copy" "PRAGMA user_version = 99"
leaves "a newer copy" 7 "newer schema" restore "$copy"
leaves "a newer database" 7 "newer schema" check --database "$copy"
echo garbage >"$copy"
leaves "a copy that is none" 4 "not a database" restore "$copy"
leaves "the database is as it was" 0 "^figures +sound$" check
truncate -s 20000 "$db"
leaves "check of a truncated database" 4 "damaged" check
leaves "init of a truncated database" 4 "damaged" init
finish
