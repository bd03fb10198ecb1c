/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/ctl/fields.h"

/* What staff do with the visit that is under way: the kiosk's program has it, and carries the order
 * out within a second or two. */

#define PATIENCE_MS 6000
#define POLL_MS 100

/* Returns: FALSE where the disk is the matter. @result: (out) (nullable): NULL: nobody answers */
static gboolean
wait_for_answer (KouanDatabase *db, char **result, char **text, GError **error)
{
  for (guint waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += POLL_MS)
    {
      if (!kouan_visit_order_read_answer (db, result, text, error))
        return FALSE;
      if (*result != NULL)
        return TRUE;
      g_usleep (POLL_MS * 1000);
    }
  return TRUE;
}

static KouanExit
print_answer (KouanVisitOrder which, const char *result, const char *text, const char *out)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (GError) error = NULL;

  if (text != NULL && out != NULL && !kouan_ctl_draw_code (text, out, &error))
    return kouan_ctl_failed (error);
  kouan_ctl_add_text (line, "visit", kouan_visit_order_to_string (which));
  kouan_ctl_add_text (line, "result", result);
  if (text != NULL)
    kouan_ctl_add_text (line, "text", text);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return g_str_equal (result, "done") ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/* @out: (nullable): a picture of the code that a desk reads */
KouanExit
kouan_ctl_staff_visit (const KouanStaffOrder *order, KouanVisitOrder which, const char *out)
{
  KouanDatabase *db = kouan_staff_gate_get_database (order->gate);
  g_autofree char *result = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_visit_order_give (order, which, &error))
    return kouan_ctl_staff_refused (error);
  if (!wait_for_answer (db, &result, &text, &error))
    return kouan_ctl_staff_refused (error);
  kouan_visit_order_withdraw (db);
  if (result != NULL)
    return print_answer (which, result, text, out);
  g_printerr ("kouanctl: nobody answers: the kiosk's program does not run\n");
  return KOUAN_EXIT_UNAVAILABLE;
}
