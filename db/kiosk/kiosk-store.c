/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/kiosk-store.h"

#include "db/statement.h"

/* The kiosk's schema, as the steps that made it. A step that has been released is never edited: a
 * change is another step. Names of states are words, so that a technician with sqlite3 can read a
 * row.
 *
 * The sequence is a counter of its own and not the largest row: the balance compares the two. */

#define APPLICATION_ID 0x4b4f554b /* "KOUK" */

static const char version_1[]
  = "CREATE TABLE counters ("
    "  name TEXT PRIMARY KEY,"
    "  value INTEGER NOT NULL CHECK (value >= 0)"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO counters VALUES ('record', 0);"

    "CREATE TABLE records ("
    "  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),"
    "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
    "  number TEXT NOT NULL UNIQUE,"
    "  service INTEGER NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN"
    "    ('queued', 'sending', 'committed', 'archived', 'erased', 'refused')),"
    "  file TEXT UNIQUE,"
    "  size INTEGER NOT NULL CHECK (size > 0),"
    "  sha256 BLOB NOT NULL CHECK (length (sha256) = 32),"
    "  manifest BLOB NOT NULL,"
    "  receipt BLOB,"
    "  created_s INTEGER NOT NULL,"
    "  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),"
    "  next_attempt_s INTEGER NOT NULL DEFAULT 0,"
    "  trouble TEXT,"
    "  CHECK ((file IS NULL) = (state = 'erased')),"
    "  CHECK (receipt IS NOT NULL OR state NOT IN ('committed', 'archived', 'erased'))"
    ") STRICT;"
    "CREATE INDEX records_waiting ON records (sequence)"
    "  WHERE state IN ('queued', 'sending', 'committed');"

    "CREATE TABLE codes ("
    "  id BLOB PRIMARY KEY CHECK (length (id) = 16),"
    "  record BLOB NOT NULL REFERENCES records (id),"
    "  used_s INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE drafts ("
    "  name BLOB NOT NULL PRIMARY KEY CHECK (length (name) = 16),"
    "  box BLOB NOT NULL,"
    "  saved_s INTEGER NOT NULL,"
    "  expires_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX drafts_expiry ON drafts (expires_s);"

    "CREATE TABLE draft_pages ("
    "  file TEXT NOT NULL PRIMARY KEY,"
    "  draft BLOB NOT NULL REFERENCES drafts (name) ON DELETE CASCADE,"
    "  size INTEGER NOT NULL CHECK (size >= 0)"
    ") STRICT;"
    "CREATE INDEX draft_pages_of ON draft_pages (draft);"

    "CREATE TABLE ratings ("
    "  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),"
    "  service INTEGER NOT NULL,"
    "  language TEXT NOT NULL,"
    "  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),"
    "  touches INTEGER NOT NULL CHECK (touches > 0),"
    "  PRIMARY KEY (day, service, language, stars)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE audit ("
    "  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),"
    "  wall_s INTEGER NOT NULL,"
    "  role TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  object TEXT NOT NULL,"
    "  result TEXT NOT NULL,"
    "  hash BLOB NOT NULL CHECK (length (hash) = 32)"
    ") STRICT;"
    "CREATE TABLE audit_head ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1),"
    "  sequence INTEGER NOT NULL,"
    "  hash BLOB NOT NULL CHECK (length (hash) = 32)"
    ") STRICT;"
    "INSERT INTO audit_head VALUES (1, 0, zeroblob (32));";

/* What was lost with a damaged database and came back: see app/record/rebuild.c. */
static const char version_2[]
  = "ALTER TABLE records ADD COLUMN rebuilt INTEGER NOT NULL DEFAULT 0 CHECK (rebuilt IN (0, 1));"
    "INSERT INTO counters VALUES ('forgotten', 0);"
    "CREATE INDEX records_present ON records (sequence) WHERE file IS NOT NULL;";

/* What the hub sends down, each kind whole: see db/kiosk/lists.c. */
static const char version_3[]
  = "CREATE TABLE lists ("
    "  kind TEXT PRIMARY KEY,"
    "  version INTEGER NOT NULL CHECK (version >= 1),"
    "  issued_s INTEGER NOT NULL,"
    "  content BLOB NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE revoked (id BLOB PRIMARY KEY CHECK (length (id) = 16)) STRICT, WITHOUT ROWID;";

/* The audit under keys that change with every entry, and the hub's word about its head: see
 * db/kiosk/audit.c. Entries from before have no seal, no reason and no state of the clock. */
static const char version_4[]
  = "ALTER TABLE audit ADD COLUMN reason TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE audit ADD COLUMN clock TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE audit ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE audit ADD COLUMN tag BLOB CHECK (tag IS NULL OR length (tag) = 32);"
    "ALTER TABLE audit_head ADD COLUMN high_s INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX audit_actions ON audit (action, sequence);"
    "CREATE TABLE audit_seals ("
    "  number INTEGER PRIMARY KEY CHECK (number >= 1),"
    "  first INTEGER NOT NULL,"
    "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
    "  sealed BLOB NOT NULL,"
    "  reason TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE audit_anchors ("
    "  sequence INTEGER PRIMARY KEY,"
    "  hub_s INTEGER NOT NULL,"
    "  receipt BLOB NOT NULL"
    ") STRICT;";

/* Staff mode: who tried to get in and did not, and what staff have set. */
static const char version_5[] = "CREATE TABLE staff_attempts ("
                                "  person TEXT PRIMARY KEY,"
                                "  failures INTEGER NOT NULL CHECK (failures >= 1),"
                                "  boot_id TEXT NOT NULL,"
                                "  since_us INTEGER NOT NULL,"
                                "  nonce BLOB NOT NULL CHECK (length (nonce) = 8)"
                                ") STRICT, WITHOUT ROWID;"
                                "CREATE TABLE settings ("
                                "  name TEXT PRIMARY KEY CHECK (name <> ''),"
                                "  value TEXT NOT NULL"
                                ") STRICT, WITHOUT ROWID;"
                                "ALTER TABLE records ADD COLUMN slip TEXT;";

/* What is counted of visits for reports: see db/kiosk/tallies.c. */
static const char version_6[]
  = "CREATE TABLE tallies ("
    "  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),"
    "  measure TEXT NOT NULL,"
    "  service INTEGER NOT NULL,"
    "  word TEXT NOT NULL,"
    "  up_to_s INTEGER NOT NULL,"
    "  count INTEGER NOT NULL CHECK (count > 0),"
    "  seconds INTEGER NOT NULL,"
    "  PRIMARY KEY (day, measure, service, word, up_to_s)"
    ") STRICT, WITHOUT ROWID;";

static const char *const migrations[]
  = { version_1, version_2, version_3, version_4, version_5, version_6, NULL };

static const KouanSchema schema = { APPLICATION_ID, migrations };

/**
 * kouan_kiosk_store_open:
 * @path: kiosk.db of a station
 *
 * A damaged file is moved aside and reported as CORRUPT, see db/open.c; the next call begins an
 * empty one. Sealed records lie beside the database and outlive it: nobody may take "no row" for
 * "not wanted" then.
 *
 * Returns: (transfer full): a connection for the calling thread
 */
KouanDatabase *
kouan_kiosk_store_open (const char *path, GError **error)
{
  return kouan_database_open (path, &schema, error);
}
