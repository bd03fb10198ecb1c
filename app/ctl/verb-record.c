/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/record/manifest.h"
#include "app/record/open.h"
#include "db/kiosk/records.h"

/* kouanctl record: the queue of sealed records as a technician may see it, and sealing and opening
 * by hand. */

#define LIST_PAGE 500

static GBytes *
read_file (gpointer data, GError **error)
{
  char *contents;
  gsize size;

  if (!g_file_get_contents (data, &contents, &size, error))
    return NULL;
  return g_bytes_new_take (contents, size);
}

static gboolean
add_file (KouanSubmission *submission, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
    = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autofree char *name = g_path_get_basename (path);

  if (info == NULL)
    return FALSE;
  kouan_submission_add_later (submission, name, (gsize)g_file_info_get_size (info), read_file,
                              g_strdup (path), g_free);
  return TRUE;
}

static void
print_submitted (const KouanSubmitted *submitted)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "number", submitted->number);
  kouan_ctl_add_uuid (line, "record", submitted->record_id);
  kouan_ctl_add_int (line, "sequence", submitted->sequence);
  kouan_ctl_add_time (line, "time", submitted->time_s);
  kouan_ctl_add_text (line, "slip", submitted->slip);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
seal (const char *folder, int service, int count, char **paths)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (KouanSubmission) submission = kouan_submission_new (service);
  g_autoptr (KouanSubmitted) submitted = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_ctl_store_open (&store, folder, TRUE, &error))
    return kouan_ctl_failed (error);
  for (int i = 0; i < count; i++)
    if (!add_file (submission, paths[i], &error))
      return kouan_ctl_failed (error);
  submitted = kouan_outbox_submit (store.outbox, store.db, submission, NULL, NULL, NULL, &error);
  if (submitted == NULL)
    return kouan_ctl_failed (error);
  print_submitted (submitted);
  return KOUAN_EXIT_OK;
}

static KouanExit
refuse_open (const GError *error)
{
  kouan_ctl_failed (error);
  return g_error_matches (error, KOUAN_RECORD_ERROR, KOUAN_RECORD_ERROR_IO)
             || g_error_matches (error, KOUAN_RECORD_ERROR, KOUAN_RECORD_ERROR_EXISTS)
           ? KOUAN_EXIT_FAILED
           : KOUAN_EXIT_NO;
}

static KouanExit
open_record (const char *path, const char *key, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_load (key, &error);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (JsonBuilder) line = NULL;

  if (identity == NULL)
    return kouan_ctl_failed (error);
  names = kouan_record_open (path, identity, folder, &error);
  if (names == NULL)
    return refuse_open (error);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "folder", folder);
  kouan_ctl_add_texts (line, "members", names);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static void
add_row (JsonBuilder *line, const KouanRecordRow *row)
{
  kouan_ctl_add_int (line, "sequence", row->sequence);
  kouan_ctl_add_text (line, "number", row->number);
  kouan_ctl_add_uuid (line, "record", row->id);
  kouan_ctl_add_int (line, "service", row->service);
  kouan_ctl_add_text (line, "state", kouan_record_state_to_string (row->state));
  kouan_ctl_add_time (line, "created", row->created_s);
  kouan_ctl_add_int (line, "size", row->size);
  kouan_ctl_add_int (line, "attempts", row->attempts);
  kouan_ctl_add_text (line, "trouble", row->trouble);
}

static KouanExit
list (const char *folder)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  guint count;

  if (!kouan_ctl_store_open (&store, folder, FALSE, &error))
    return kouan_ctl_failed (error);
  do
    {
      g_autoptr (GPtrArray) rows = kouan_records_list (store.db, after, LIST_PAGE, &error);

      if (rows == NULL)
        return kouan_ctl_failed (error);
      count = rows->len;
      for (guint i = 0; i < count; i++)
        {
          const KouanRecordRow *row = rows->pdata[i];
          g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

          add_row (line, row);
          json_builder_end_object (line);
          kouan_ctl_print (line);
          after = row->sequence;
        }
    }
  while (count == LIST_PAGE);
  return KOUAN_EXIT_OK;
}

static KouanRecordRow *
find_row (KouanDatabase *db, const char *name, GError **error)
{
  guint8 id[KOUAN_UUID_SIZE];

  if (kouan_uuid_from_string (name, id))
    return kouan_records_find (db, id, error);
  return kouan_records_find_number (db, name, error);
}

static void
print_row (KouanCtlStore *store, const KouanRecordRow *row)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autofree char *path = row->file != NULL ? kouan_outbox_path (store->outbox, row->file) : NULL;
  KouanManifest manifest;

  add_row (line, row);
  kouan_ctl_add_hex (line, "sha256", row->sha256, sizeof row->sha256);
  kouan_ctl_add_text (line, "file", path);
  kouan_ctl_add_bool (line, "file_there", path != NULL && g_file_test (path, G_FILE_TEST_EXISTS));
  kouan_ctl_add_bool (line, "manifest_signed",
                      kouan_manifest_verify (row->manifest,
                                             kouan_station_get_keyring (store->station), &manifest,
                                             NULL, NULL));
  kouan_ctl_add_bool (line, "hub_receipt", row->receipt != NULL);
  kouan_ctl_add_time (line, "next_attempt", row->next_attempt_s);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
show (const char *folder, const char *name)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_ctl_store_open (&store, folder, FALSE, &error))
    return kouan_ctl_failed (error);
  row = find_row (store.db, name, &error);
  if (row == NULL)
    {
      kouan_ctl_failed (error);
      return g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND)
               ? KOUAN_EXIT_NO
               : KOUAN_EXIT_FAILED;
    }
  print_row (&store, row);
  return KOUAN_EXIT_OK;
}

KouanExit
kouan_ctl_record (int argc, char **argv)
{
  g_autofree char *station = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *out = NULL;
  int service = 0;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "service", 0, 0, G_OPTION_ARG_INT, &service, "seal: the service's code", "N" },
        { "identity", 0, 0, G_OPTION_ARG_FILENAME, &identity,
          "open: the key, as age-keygen writes it", "FILE" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "open: a folder that is not there yet", "DIR" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("record", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc >= 3 && g_str_equal (argv[1], "seal") && station != NULL && service >= 0)
    return seal (station, service, argc - 2, argv + 2);
  if (argc == 3 && g_str_equal (argv[1], "open") && identity != NULL && out != NULL)
    return open_record (argv[2], identity, out);
  if (argc == 2 && g_str_equal (argv[1], "list") && station != NULL)
    return list (station);
  if (argc == 3 && g_str_equal (argv[1], "show") && station != NULL)
    return show (station, argv[2]);
  return kouan_ctl_usage (
    "record: one of seal --station DIR FILE…, open FILE --identity KEY --out DIR, "
    "list --station DIR, show --station DIR NUMBER");
}
