/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/board/board.h"
#include "app/ctl/fields.h"

/* kouanctl staff board: what the screen of that name shows, as one line. */

static void
begin_list (JsonBuilder *line, const char *name)
{
  json_builder_set_member_name (line, name);
  json_builder_begin_array (line);
}

static void
add_queue (JsonBuilder *line, const KouanBoard *board)
{
  kouan_ctl_add_int (line, "captured", board->balance.captured);
  kouan_ctl_add_int (line, "queued", board->balance.queued);
  kouan_ctl_add_int (line, "sent", board->balance.sent);
  kouan_ctl_add_int (line, "archived", board->balance.archived);
  kouan_ctl_add_int (line, "refused", board->balance.refused);
  kouan_ctl_add_bool (line, "adds_up", board->adds_up);
  kouan_ctl_add_time (line, "oldest_waiting", board->balance.oldest_waiting_s);
  begin_list (line, "refused_records");
  for (guint i = 0; i < board->refused->len; i++)
    {
      const KouanBoardRefused *refused = board->refused->pdata[i];

      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "number", refused->number);
      kouan_ctl_add_time (line, "created", refused->created_s);
      kouan_ctl_add_text (line, "trouble", refused->trouble);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
add_ages (JsonBuilder *line, const KouanBoard *board)
{
  kouan_ctl_add_int (line, "catalogue", (gint64)board->catalogue_version);
  kouan_ctl_add_time (line, "catalogue_issued", board->catalogue_issued_s);
  kouan_ctl_add_time (line, "trust_signed", board->trust_signed_s);
  begin_list (line, "lists");
  for (guint i = 0; i < G_N_ELEMENTS (board->lists); i++)
    {
      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "kind", board->lists[i].kind);
      kouan_ctl_add_int (line, "version", board->lists[i].version);
      kouan_ctl_add_time (line, "issued", board->lists[i].issued_s);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
add_charts (JsonBuilder *line, const KouanBoard *board)
{
  begin_list (line, "visits_by_hour");
  for (guint i = 0; i < G_N_ELEMENTS (board->hours); i++)
    json_builder_add_int_value (line, board->hours[i]);
  json_builder_end_array (line);
  begin_list (line, "steps");
  for (guint i = 0; i < KOUAN_BOARD_STEPS; i++)
    {
      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "step", board->steps[i].step);
      kouan_ctl_add_int (line, "times", board->steps[i].times);
      kouan_ctl_add_int (line, "seconds", board->steps[i].seconds);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
add_machine (JsonBuilder *line, const KouanBoard *board)
{
  kouan_ctl_add_bool (line, "sync_running", board->sync.running);
  kouan_ctl_add_time (line, "hub_reached", board->sync.hub_s);
  kouan_ctl_add_bool (line, "hub_away", board->sync.away);
  kouan_ctl_add_time (line, "next_sync", board->sync.next_s);
  kouan_ctl_add_int (line, "free_bytes", (gint64)board->room);
  kouan_ctl_add_int (line, "clock_behind_s", board->clock_behind_s);
  kouan_ctl_add_time (line, "certificate_until", board->certificate_until_s);
  kouan_ctl_add_time (line, "called", board->called_s);
  kouan_ctl_add_text (line, "out_of_service", board->reason);
  begin_list (line, "troubles");
  for (guint i = 0; board->troubles[i] != NULL; i++)
    json_builder_add_string_value (line, board->troubles[i]);
  json_builder_end_array (line);
}

KouanExit
kouan_ctl_staff_board (KouanStaffGate *gate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanBoard) board = kouan_board_new (gate, &error);
  g_autoptr (JsonBuilder) line = NULL;

  if (board == NULL)
    return kouan_ctl_staff_refused (error);
  line = json_builder_begin_object (json_builder_new ());
  add_queue (line, board);
  add_machine (line, board);
  add_ages (line, board);
  add_charts (line, board);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return board->adds_up ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}
