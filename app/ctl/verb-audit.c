/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "db/kiosk/audit.h"

/* kouanctl audit: who did what on this kiosk, and whether somebody has been at the log. */

#define LIST_PAGE 500

static void
print_entry (const KouanAuditEntry *entry)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_int (line, "sequence", entry->sequence);
  kouan_ctl_add_time (line, "time", entry->wall_s);
  kouan_ctl_add_text (line, "role", entry->role);
  kouan_ctl_add_text (line, "who", entry->who);
  kouan_ctl_add_text (line, "action", entry->action);
  kouan_ctl_add_text (line, "object", entry->object);
  kouan_ctl_add_text (line, "result", entry->result);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
show (KouanDatabase *db, gint64 after)
{
  g_autoptr (GError) error = NULL;
  guint count;

  do
    {
      g_autoptr (GPtrArray) entries = kouan_audit_list (db, after, LIST_PAGE, &error);

      if (entries == NULL)
        return kouan_ctl_failed (error);
      count = entries->len;
      for (guint i = 0; i < count; i++)
        {
          print_entry (entries->pdata[i]);
          after = ((KouanAuditEntry *)entries->pdata[i])->sequence;
        }
    }
  while (count == LIST_PAGE);
  return KOUAN_EXIT_OK;
}

static KouanExit
verify (KouanDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  gint64 entries, broken_at;

  if (!kouan_audit_verify (db, &entries, &broken_at, &error))
    return kouan_ctl_failed (error);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_bool (line, "whole", broken_at == 0);
  kouan_ctl_add_int (line, "entries", entries);
  if (broken_at != 0)
    kouan_ctl_add_int (line, "broken_at", broken_at);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return broken_at == 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

KouanExit
kouan_ctl_audit (int argc, char **argv)
{
  g_autofree char *station = NULL;
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "after", 0, 0, G_OPTION_ARG_INT64, &after, "show: what follows this entry", "N" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("audit", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 2 || station == NULL
      || !(g_str_equal (argv[1], "show") || g_str_equal (argv[1], "verify")))
    return kouan_ctl_usage ("audit: show --station DIR, or verify --station DIR");
  if (!kouan_ctl_store_open (&store, station, FALSE, &error))
    return kouan_ctl_failed (error);
  return g_str_equal (argv[1], "show") ? show (store.db, after) : verify (store.db);
}
