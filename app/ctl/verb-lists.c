/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/sync/list.h"
#include "db/kiosk/lists.h"

/* kouanctl lists: which of the hub's lists are in use here, and how old each is. */

/* Returns: FALSE if it cannot be known; a kind that has never come is no line */
static gboolean
print_list (KouanDatabase *db, const char *kind, guint *count, GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanListRow) row = kouan_lists_find (db, kind, &local);
  g_autoptr (JsonBuilder) line = NULL;

  if (g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      g_clear_error (&local);
      return TRUE;
    }
  if (row == NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "list", kind);
  kouan_ctl_add_int (line, "version", row->version);
  kouan_ctl_add_time (line, "issued", row->issued_s);
  kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (row->content));
  json_builder_end_object (line);
  kouan_ctl_print (line);
  (*count)++;
  return TRUE;
}

static KouanExit
print_all (const char *folder)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;
  guint count = 0;

  if (!kouan_ctl_store_open (&store, folder, FALSE, &error))
    return kouan_ctl_failed (error);
  for (KouanListKind kind = KOUAN_LIST_APPOINTMENTS; kind <= KOUAN_LIST_ROSTER; kind++)
    if (!print_list (store.db, kouan_list_kind_to_string (kind), &count, &error))
      return kouan_ctl_failed (error);
  return count > 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/* kouanctl lists --station DIR: a JSON object a list; NO if none has come yet. */
KouanExit
kouan_ctl_lists (int argc, char **argv)
{
  g_autofree char *station = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("lists", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc > 1 || station == NULL)
    return kouan_ctl_usage ("lists --station DIR");
  return print_all (station);
}
