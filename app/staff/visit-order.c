/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/visit-order.h"

#include "db/kiosk/settings.h"

#include <string.h>

/* Two settings: the order, with the second at which it was given, and the answer. An order that was
 * not taken in time is none: a kiosk that is switched on an hour later must not close the visit of
 * somebody else. */

#define SETTING_ORDER "visit-order"
#define SETTING_ANSWER "visit-answer"

static const char *const words[KOUAN_VISIT_N_ORDERS]
  = { "time", "parked", "freed", "handed-over", "carried-out" };

/* Returns: the word that the audit has for it, from the screen too */
const char *
kouan_visit_order_to_string (KouanVisitOrder which)
{
  g_return_val_if_fail ((guint)which < KOUAN_VISIT_N_ORDERS, NULL);

  return words[which];
}

static gboolean
put_order (KouanDatabase *db, gpointer data, GError **error)
{
  return kouan_settings_set (db, SETTING_ANSWER, NULL, error)
         && kouan_settings_set (db, SETTING_ORDER, data, error);
}

gboolean
kouan_visit_order_give (const KouanStaffOrder *order, KouanVisitOrder which, GError **error)
{
  gint64 now_s = kouan_clock_wall_s (kouan_staff_gate_get_clock (order->gate));
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT " %s", now_s, words[which]);

  g_return_val_if_fail ((guint)which < KOUAN_VISIT_N_ORDERS, FALSE);

  return kouan_staff_do (order, KOUAN_DUTY_HELP, "from elsewhere", words[which], put_order, value,
                         error);
}

/**
 * kouan_visit_order_read_answer:
 * @result: (out) (nullable): "done", "nobody", …; NULL: the kiosk has not answered
 * @text: (out) (nullable)
 */
gboolean
kouan_visit_order_read_answer (KouanDatabase *db, char **result, char **text, GError **error)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) parts = NULL;

  *result = *text = NULL;
  if (!kouan_settings_get (db, SETTING_ANSWER, &value, &cause))
    return kouan_staff_fail_store (cause, error);
  if (value == NULL)
    return TRUE;
  parts = g_strsplit (value, "\n", 2);
  *result = g_strdup (parts[0]);
  *text = g_strdup (parts[1]);
  return TRUE;
}

static void
clear (KouanDatabase *db, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!kouan_settings_set (db, name, NULL, &error))
    g_message ("%s stays: %s", name, error->message);
}

/* Nobody took it, or its answer was read. */
void
kouan_visit_order_withdraw (KouanDatabase *db)
{
  clear (db, SETTING_ORDER);
  clear (db, SETTING_ANSWER);
}

static gboolean
parse (const char *value, gint64 now_s, KouanVisitOrder *which)
{
  char *rest;
  gint64 given_s = g_ascii_strtoll (value, &rest, 10);

  if (*rest != ' ' || ABS (now_s - given_s) > KOUAN_VISIT_ORDER_FRESH_S)
    return FALSE;
  for (guint i = 0; i < KOUAN_VISIT_N_ORDERS; i++)
    if (g_str_equal (rest + 1, words[i]))
      {
        *which = (KouanVisitOrder)i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: whether there is one to be carried out; it is taken away either way */
gboolean
kouan_visit_order_take (KouanDatabase *db, gint64 now_s, KouanVisitOrder *which)
{
  g_autofree char *value = NULL;

  if (!kouan_settings_get (db, SETTING_ORDER, &value, NULL) || value == NULL)
    return FALSE;
  clear (db, SETTING_ORDER);
  return parse (value, now_s, which);
}

/* @text: (nullable): for whoever gave the order; nothing that a visitor has entered */
void
kouan_visit_order_answer (KouanDatabase *db, const char *result, const char *text)
{
  g_autofree char *value = g_strconcat (result, text != NULL ? "\n" : NULL, text, NULL);
  g_autoptr (GError) error = NULL;

  if (!kouan_settings_set (db, SETTING_ANSWER, value, &error))
    g_message ("The answer to an order from elsewhere is not written: %s", error->message);
}
