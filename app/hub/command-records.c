/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/archive.h"
#include "app/hub/blobs.h"
#include "app/hub/commands.h"
#include "app/hub/follow.h"
#include "app/record/open.h"
#include "app/record/receipt-number.h"

#define PAGE 500

static void
add_record (JsonBuilder *line, const KouanHubRecord *record)
{
  const KouanHubOffer *offer = &record->offer;
  g_autofree char *number = kouan_receipt_number (offer->kiosk_id, offer->sequence);
  g_autofree char *sha256 = kouan_hex (offer->sha256, sizeof offer->sha256);

  kouan_hub_line_add_number (line, "sequence", record->hub_sequence);
  kouan_hub_line_add_text (line, "number", number);
  kouan_hub_line_add_id (line, "record", offer->id);
  kouan_hub_line_add_number (line, "kiosk", offer->kiosk_id);
  kouan_hub_line_add_number (line, "service", offer->service);
  kouan_hub_line_add_number (line, "size", offer->size);
  kouan_hub_line_add_text (line, "sha256", sha256);
  kouan_hub_line_add_text (line, "state", record->archived_s != 0 ? "archived" : "committed");
  kouan_hub_line_add_time (line, "received", record->received_s);
  kouan_hub_line_add_time (line, "archived", record->archived_s);
  kouan_hub_line_add_number (line, "missing_before", record->missing);
  if (record->is_duplicate)
    kouan_hub_line_add_id (line, "duplicate_of", record->case_id);
}

KouanHubExit
kouan_hub_command_list (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  gint64 after = 0;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR", 1))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  while (hub != NULL)
    {
      g_autoptr (GPtrArray) page
        = kouan_hub_store_list_records (kouan_hub_get_store (hub), after, PAGE, &error);

      if (page == NULL)
        break;
      for (guint i = 0; i < page->len; i++)
        {
          const KouanHubRecord *record = page->pdata[i];
          JsonBuilder *line = kouan_hub_line_begin ();

          add_record (line, record);
          kouan_hub_line_end (line);
          after = record->hub_sequence;
        }
      if (page->len < PAGE)
        return KOUAN_HUB_EXIT_OK;
    }
  return kouan_hub_failed (error);
}

/* By its id, or by the number on the visitor's receipt. */
static KouanHubRecord *
find_record (KouanHub *hub, const char *text, GError **error)
{
  KouanHubStore *store = kouan_hub_get_store (hub);
  guint8 id[KOUAN_HUB_ID_SIZE];
  guint kiosk_id;
  gint64 sequence;

  if (kouan_uuid_from_string (text, id))
    return kouan_hub_store_find_record (store, id, error);
  if (kouan_receipt_number_parse (text, &kiosk_id, &sequence))
    return kouan_hub_store_find_sequence (store, kiosk_id, sequence, error);
  g_set_error_literal (
    error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
    "a record is named by its id or by the number on the receipt; check the digits");
  return NULL;
}

static GPtrArray *
open_record (
  KouanHub *hub, const KouanHubRecord *record, const char *key, const char *out, GError **error)
{
  g_autofree char *own = kouan_hub_path (hub, KOUAN_HUB_FILE_IDENTITY);
  g_autoptr (KouanHubBlobs) blobs = kouan_hub_blobs_new (hub, error);
  g_autoptr (KouanAgeIdentity) identity = NULL;
  GPtrArray *members;
  char *path;

  if (blobs == NULL)
    return NULL;
  identity = kouan_age_identity_load (key != NULL ? key : own, error);
  path = identity != NULL
           ? kouan_hub_blobs_borrow (blobs, record->offer.id, record->offer.size, error)
           : NULL;
  if (path == NULL)
    return NULL;
  members = kouan_record_open (path, identity, out, error);
  kouan_hub_blobs_give_back (blobs, path);
  return members;
}

static void
print_opened (const KouanHubRecord *record, const char *out, GPtrArray *members)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  add_record (line, record);
  kouan_hub_line_add_text (line, "folder", out);
  json_builder_set_member_name (line, "members");
  json_builder_begin_array (line);
  for (guint i = 0; i < members->len; i++)
    json_builder_add_string_value (line, members->pdata[i]);
  json_builder_end_array (line);
  kouan_hub_line_end (line);
}

KouanHubExit
kouan_hub_command_open (int argc, char **argv)
{
  g_autofree char *out = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[]
    = { { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "a folder that is empty or not there",
          "FOLDER" },
        { "identity", 0, 0, G_OPTION_ARG_FILENAME, &key, "instead of the hub's own key", "FILE" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (KouanHubRecord) record = NULL;
  g_autoptr (GPtrArray) members = NULL;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR RECORD --out FOLDER", 2))
    return KOUAN_HUB_EXIT_USAGE;
  if (out == NULL)
    {
      g_printerr ("kouan-hub: --out must be there\n");
      return KOUAN_HUB_EXIT_USAGE;
    }
  hub = kouan_hub_open_folder (argv[1], &error);
  record = hub != NULL ? find_record (hub, argv[2], &error) : NULL;
  members = record != NULL ? open_record (hub, record, key, out, &error) : NULL;
  if (members == NULL)
    return kouan_hub_failed (error);
  print_opened (record, out, members);
  return KOUAN_HUB_EXIT_OK;
}

/* The operator's own word, and it must be true of the oldest backup that would ever be restored:
 * kiosks erase on it. */
KouanHubExit
kouan_hub_command_archive (int argc, char **argv)
{
  gboolean all = FALSE, follow = FALSE, but_lost = FALSE;
  gint64 up_to = 0, count = 0;
  const GOptionEntry entries[]
    = { { "all", 0, 0, G_OPTION_ARG_NONE, &all, "every record that is here now", NULL },
        { "up-to", 0, 0, G_OPTION_ARG_INT64, &up_to, "the records up to this sequence", "N" },
        { "follow", 0, 0, G_OPTION_ARG_NONE, &follow,
          "those that the database's copies have, as configured", NULL },
        { "but-lost", 0, 0, G_OPTION_ARG_NONE, &but_lost,
          "leave records out whose sealed bytes are gone from here", NULL },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  JsonBuilder *line;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR --all | --up-to N | --follow [--but-lost]", 1))
    return KOUAN_HUB_EXIT_USAGE;
  if (all + follow + (up_to > 0) != 1)
    {
      g_printerr ("kouan-hub: either --all, or --up-to with a sequence from 1, or --follow\n");
      return KOUAN_HUB_EXIT_USAGE;
    }
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL
      || !(follow ? kouan_hub_follow (hub, &count, &error)
                  : kouan_hub_archive (hub, all ? G_MAXINT64 : up_to,
                                       but_lost ? KOUAN_HUB_ARCHIVE_BUT_LOST
                                                : KOUAN_HUB_ARCHIVE_ALL_OR_NONE,
                                       &count, &error)))
    return kouan_hub_failed (error);
  line = kouan_hub_line_begin ();
  kouan_hub_line_add_number (line, "archived", count);
  kouan_hub_line_end (line);
  return KOUAN_HUB_EXIT_OK;
}

static void
print_alarm (const KouanHubAlarm *alarm)
{
  JsonBuilder *line = kouan_hub_line_begin ();
  g_autofree char *sha256 = kouan_hex (alarm->sha256, sizeof alarm->sha256);

  kouan_hub_line_add_text (line, "alarm", kouan_hub_alarm_kind_to_string (alarm->kind));
  kouan_hub_line_add_number (line, "kiosk", alarm->kiosk_id);
  kouan_hub_line_add_id (line, "record", alarm->record_id);
  kouan_hub_line_add_text (line, "sha256", sha256);
  kouan_hub_line_add_time (line, "first", alarm->first_s);
  kouan_hub_line_add_time (line, "last", alarm->last_s);
  kouan_hub_line_add_number (line, "count", alarm->count);
  kouan_hub_line_end (line);
}

KouanHubExit
kouan_hub_command_alarms (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (GPtrArray) alarms = NULL;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR", 1))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  alarms = hub != NULL ? kouan_hub_store_list_alarms (kouan_hub_get_store (hub), &error) : NULL;
  if (alarms == NULL)
    return kouan_hub_failed (error);
  for (guint i = 0; i < alarms->len; i++)
    print_alarm (alarms->pdata[i]);
  return KOUAN_HUB_EXIT_OK;
}
