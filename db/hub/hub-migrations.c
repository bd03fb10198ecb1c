/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/link.h"

/* The tables, as they came to be. Written in SQLite's spelling; PostgreSQL's is made of it. */

const char *const kouan_hub_migrations[] = {
  "CREATE TABLE halls (hall_id INTEGER PRIMARY KEY, language TEXT NOT NULL, profile TEXT NOT NULL) "
  "STRICT;"
  "CREATE TABLE hall_names (hall_id INTEGER NOT NULL REFERENCES halls, language TEXT NOT NULL,"
  " name TEXT NOT NULL, PRIMARY KEY (hall_id, language)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE kiosks (enrolment INTEGER PRIMARY KEY AUTOINCREMENT, kiosk_id INTEGER NOT NULL,"
  " hall_id INTEGER NOT NULL REFERENCES halls, record_key TEXT NOT NULL,"
  " certificate BLOB NOT NULL UNIQUE, enrolled_s INTEGER NOT NULL,"
  " revoked_s INTEGER NOT NULL DEFAULT 0, seen_s INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE UNIQUE INDEX kiosks_in_service ON kiosks (kiosk_id) WHERE revoked_s = 0;"
  "CREATE TABLE uploads (record_id BLOB PRIMARY KEY, enrolment INTEGER NOT NULL REFERENCES kiosks,"
  " kiosk_id INTEGER NOT NULL, kiosk_sequence INTEGER NOT NULL, service INTEGER NOT NULL,"
  " created_ms INTEGER NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL, code_id BLOB,"
  " manifest BLOB NOT NULL, \"offset\" INTEGER NOT NULL, created_s INTEGER NOT NULL,"
  " expires_s INTEGER NOT NULL) STRICT;"
  "CREATE INDEX uploads_by_expiry ON uploads (expires_s);"
  /* The record's id is the idempotency key: it stands in the row itself, so the two cannot part. */
  "CREATE TABLE records (hub_sequence INTEGER PRIMARY KEY, record_id BLOB NOT NULL UNIQUE,"
  " enrolment INTEGER NOT NULL REFERENCES kiosks, kiosk_id INTEGER NOT NULL,"
  " kiosk_sequence INTEGER NOT NULL, service INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
  " size INTEGER NOT NULL, sha256 BLOB NOT NULL, code_id BLOB, manifest BLOB NOT NULL,"
  " received_s INTEGER NOT NULL, missing INTEGER NOT NULL, case_id BLOB, committed BLOB,"
  " archived_s INTEGER NOT NULL DEFAULT 0, archived BLOB) STRICT;"
  "CREATE INDEX records_by_kiosk ON records (enrolment, kiosk_sequence);"
  "CREATE INDEX records_by_code ON records (code_id) WHERE code_id IS NOT NULL;"
  "CREATE INDEX records_by_number ON records (kiosk_id, kiosk_sequence);"
  "CREATE INDEX records_to_archive ON records (hub_sequence) WHERE archived_s = 0;"
  "CREATE TABLE alarms (kind TEXT NOT NULL, kiosk_id INTEGER NOT NULL, record_id BLOB NOT NULL,"
  " sha256 BLOB NOT NULL, first_s INTEGER NOT NULL, last_s INTEGER NOT NULL, count INTEGER NOT "
  "NULL,"
  " PRIMARY KEY (kind, kiosk_id, record_id, sha256)) STRICT, WITHOUT ROWID",
  "CREATE TABLE published (kind TEXT NOT NULL, hall_id INTEGER NOT NULL, name TEXT NOT NULL,"
  " version INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, hall_id, name)) STRICT",
  /* Sealed bytes where the configuration wants them in the database: in pieces, so that neither end
   * ever holds a record in memory. They come before the record does, and stay. */
  "CREATE TABLE pieces (record_id BLOB NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,"
  " PRIMARY KEY (record_id, number)) STRICT;"
  /* Up to which record everything is in the write-ahead log before that position. */
  "CREATE TABLE marks (hub_sequence INTEGER PRIMARY KEY, position INTEGER NOT NULL,"
  " file TEXT NOT NULL) STRICT;"
  "CREATE TABLE statuses (enrolment INTEGER PRIMARY KEY REFERENCES kiosks,"
  " reported_s INTEGER NOT NULL, captured INTEGER NOT NULL, waiting INTEGER NOT NULL,"
  " sent INTEGER NOT NULL, archived INTEGER NOT NULL, refused INTEGER NOT NULL,"
  " oldest_s INTEGER NOT NULL, troubles TEXT NOT NULL) STRICT;"
  "CREATE INDEX records_by_case ON records (hub_sequence) WHERE case_id IS NOT NULL",
  /* What the hub has signed of the audits of its kiosks. */
  "CREATE TABLE anchors (enrolment INTEGER NOT NULL REFERENCES kiosks, log BLOB NOT NULL,"
  " sequence INTEGER NOT NULL, hash BLOB NOT NULL, seal INTEGER NOT NULL, sealed BLOB NOT NULL,"
  " hub_s INTEGER NOT NULL, receipt BLOB NOT NULL,"
  " PRIMARY KEY (enrolment, log, sequence)) STRICT, WITHOUT ROWID",
  /* Who asks over the network to be enrolled; decided_s is 0 and bundle nothing while it waits. */
  "CREATE TABLE strangers (fingerprint TEXT PRIMARY KEY, kiosk_id INTEGER NOT NULL,"
  " request BLOB NOT NULL, peer TEXT NOT NULL, asked_s INTEGER NOT NULL,"
  " decided_s INTEGER NOT NULL, state INTEGER NOT NULL, bundle BLOB) STRICT",
  /* How many of its numbers have brought a record: counting them each time took longer with every
   * record of a kiosk. */
  "ALTER TABLE kiosks ADD COLUMN sequences INTEGER NOT NULL DEFAULT 0;"
  "UPDATE kiosks SET sequences = (SELECT count (DISTINCT kiosk_sequence) FROM records"
  " WHERE records.enrolment = kiosks.enrolment)",
  /* Every hub on the database gives the kiosks of a hall the same key. */
  "ALTER TABLE halls ADD COLUMN sealed_key BLOB",
  /* Of a record that had lost its bytes: the highest number when they came again. What was copied
   * before a later number has the row without them. */
  "ALTER TABLE records ADD COLUMN whole_since INTEGER NOT NULL DEFAULT 0",
  NULL,
};
