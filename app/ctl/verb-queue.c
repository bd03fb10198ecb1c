/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "db/kiosk/records.h"

/* kouanctl queue: whether every record that was ever handed in is accounted for. */

static const char *const spaces[] = { "plenty", "low", "full" };

static gboolean
print_balance (const KouanRecordBalance *balance, KouanOutboxSpace space)
{
  gboolean adds_up
    = balance->captured == balance->queued + balance->sent + balance->archived + balance->refused;
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_int (line, "captured", balance->captured);
  kouan_ctl_add_int (line, "forgotten", balance->forgotten);
  kouan_ctl_add_int (line, "queued", balance->queued);
  kouan_ctl_add_int (line, "sent", balance->sent);
  kouan_ctl_add_int (line, "archived", balance->archived);
  kouan_ctl_add_int (line, "refused", balance->refused);
  kouan_ctl_add_bool (line, "adds_up", adds_up);
  kouan_ctl_add_int (line, "bytes_waiting", balance->bytes_waiting);
  kouan_ctl_add_time (line, "oldest_waiting", balance->oldest_waiting_s);
  kouan_ctl_add_text (line, "space", spaces[space]);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return adds_up;
}

static KouanExit
status (const char *folder)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;
  KouanRecordBalance balance;

  if (!kouan_ctl_store_open (&store, folder, FALSE, &error)
      || !kouan_records_balance (store.db, &balance, &error))
    return kouan_ctl_failed (error);
  return print_balance (&balance, kouan_outbox_get_space (store.outbox)) ? KOUAN_EXIT_OK
                                                                         : KOUAN_EXIT_NO;
}

KouanExit
kouan_ctl_queue (int argc, char **argv)
{
  g_autofree char *station = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("queue", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "status") && station != NULL)
    return status (station);
  return kouan_ctl_usage ("queue: status --station DIR");
}
