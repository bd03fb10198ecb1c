/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/kiosk.h"

#include <string.h>

#define PATIENCE_MS 10000

static void
set_port (const char *folder, guint port)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &before, NULL, &error));
  parts = g_strsplit (before, "https://127.0.0.1:8443", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  after = g_strjoinv (url, parts);
  g_assert_true (g_file_set_contents (path, after, -1, &error));
}

void
kouan_test_kiosk_reload (KouanTestKiosk *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->db);
  g_clear_object (&self->outbox);
  g_clear_object (&self->station);
  self->station = kouan_station_load (self->station_folder, &error);
  g_assert_no_error (error);
  self->outbox = kouan_outbox_new (self->station, self->world->clock);
  self->db = kouan_outbox_open_database (self->outbox, &error);
  g_assert_no_error (error);
}

KouanTestKiosk *
kouan_test_kiosk_new (void)
{
  KouanTestKiosk *self = g_new0 (KouanTestKiosk, 1);

  self->world = kouan_test_hub_new ();
  self->line = kouan_test_line_new (0);
  kouan_test_kiosk_serve (self);
  self->station_folder = kouan_test_hub_enrol (self->world, 7);
  set_port (self->station_folder, kouan_test_line_get_port (self->line));
  kouan_test_kiosk_reload (self);
  return self;
}

void
kouan_test_kiosk_free (KouanTestKiosk *self)
{
  kouan_test_line_free (self->line);
  kouan_test_kiosk_stop (self);
  g_clear_object (&self->db);
  g_clear_object (&self->outbox);
  g_clear_object (&self->station);
  g_free (self->station_folder);
  kouan_test_hub_free (self->world);
  g_free (self);
}

void
kouan_test_kiosk_stop (KouanTestKiosk *self)
{
  g_clear_pointer (&self->server, kouan_hub_server_free);
}

void
kouan_test_kiosk_serve (KouanTestKiosk *self)
{
  g_autoptr (GError) error = NULL;

  kouan_test_kiosk_stop (self);
  self->server = kouan_hub_server_new (self->world->hub, 0, &error);
  g_assert_no_error (error);
  kouan_test_line_set_target (self->line, kouan_hub_server_get_port (self->server));
}

void
kouan_test_kiosk_copy_hub (KouanTestKiosk *self, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (self->world->hub_folder, from, NULL);
  g_autofree char *target = g_build_filename (self->world->hub_folder, to, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  kouan_test_kiosk_stop (self);
  g_clear_object (&self->world->hub);
  g_assert_true (g_file_get_contents (source, &contents, &size, &error));
  g_assert_true (g_file_set_contents (target, contents, (gssize)size, &error));
  kouan_test_hub_reopen (self->world);
  kouan_test_kiosk_serve (self);
}

/* @code: 0 for none */
KouanSubmitted *
kouan_test_kiosk_submit (KouanTestKiosk *self, gsize size, guint8 code)
{
  g_autoptr (KouanSubmission) submission = kouan_submission_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = NULL;
  guint8 *data = g_malloc (size);
  guint8 code_id[16];
  KouanSubmitted *submitted;

  kouan_random_bytes (data, size);
  contents = g_bytes_new_take (data, size);
  memset (code_id, code, sizeof code_id);
  if (code != 0)
    kouan_submission_set_code (submission, code_id);
  kouan_submission_add (submission, "application.json", contents);
  submitted = kouan_outbox_submit (self->outbox, self->db, submission, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return submitted;
}

gboolean
kouan_test_kiosk_sync (KouanTestKiosk *self, KouanSyncReport *report, GError **error)
{
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (self->station, self->world->clock);

  kouan_sync_run_set_patience (run, PATIENCE_MS, PATIENCE_MS);
  return kouan_sync_run_go (run, report, NULL, error);
}

KouanRecordRow *
kouan_test_kiosk_row (KouanTestKiosk *self, const guint8 id[static 16])
{
  g_autoptr (GError) error = NULL;
  KouanRecordRow *row = kouan_records_find (self->db, id, &error);

  g_assert_no_error (error);
  return row;
}

char *
kouan_test_kiosk_file (KouanTestKiosk *self, const guint8 id[static 16])
{
  g_autoptr (KouanRecordRow) row = kouan_test_kiosk_row (self, id);

  return row->file != NULL ? kouan_outbox_path (self->outbox, row->file) : NULL;
}

guint
kouan_test_kiosk_count_at_hub (KouanTestKiosk *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
    = kouan_hub_store_list_records (kouan_hub_get_store (self->world->hub), 0, 10000, &error);

  g_assert_no_error (error);
  return records->len;
}

void
kouan_test_kiosk_assert_at_hub (KouanTestKiosk *self, const guint8 id[static 16])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRecordRow) row = kouan_test_kiosk_row (self, id);
  g_autoptr (KouanHubRecord) record
    = kouan_hub_store_find_record (kouan_hub_get_store (self->world->hub), id, &error);

  g_assert_no_error (error);
  kouan_test_hub_assert_bytes (self->world, id, row->size, row->sha256);
  g_assert_cmpint (record->offer.size, ==, row->size);
  g_assert_cmpmem (record->offer.sha256, sizeof record->offer.sha256, row->sha256,
                   sizeof row->sha256);
}
