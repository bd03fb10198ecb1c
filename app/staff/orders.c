/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/orders.h"

#include "app/language/language.h"
#include "app/staff/roster.h"
#include "app/station/troubles.h"
#include "db/kiosk/attempts.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/settings.h"

#include <string.h>

/* Everything that staff do goes through one door: the table is asked, the change and the word of it
 * are one transaction, and what cannot be written down is not done. */

#define SETTING_REASON "out-of-service"
#define SETTING_CALL "called"
#define SETTING_DISABLED "disabled-"

static const struct
{
  const char *word;
  const char *text;
} reasons[] = {
  { "maintenance", N_ ("This kiosk is being looked after.") },
  { "cleaning", N_ ("This kiosk is being cleaned.") },
  { "broken", N_ ("Something in this kiosk is broken.") },
  { "no-power", N_ ("The hall has trouble with its power or its network.") },
  { "closing", N_ ("The hall closes early today.") },
};

const char *const *
kouan_staff_reasons (void)
{
  static const char *words[G_N_ELEMENTS (reasons) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    words[i] = reasons[i].word;
  return words;
}

/* Returns: (nullable): what the attract page says, not translated yet; NULL for no reason of ours
 */
const char *
kouan_staff_reason_text (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reason, reasons[i].word) == 0)
      return reasons[i].text;
  return NULL;
}

const char *const *
kouan_device_names (void)
{
  static const char *const names[KOUAN_N_DEVICES + 1] = { "camera", "document-camera", "scanner",
                                                          "chip",   "printer",         "stick",
                                                          "phone",  "voice",           NULL };

  return names;
}

/* Where two have agreed, the second one stands in the reason. */
static char *
reason (const KouanStaffOrder *order, KouanDuty duty)
{
  return kouan_duty_needs_two (duty) ? g_strconcat (KOUAN_AUDIT_SECOND, order->second->person, NULL)
                                     : g_strdup ("");
}

static gboolean
change_and_say (const KouanStaffOrder *order,
                KouanDuty duty,
                const char *object,
                const char *result,
                KouanStaffChange change,
                gpointer data,
                GError **error)
{
  KouanDatabase *db = kouan_staff_gate_get_database (order->gate);
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autofree char *action = g_strconcat ("staff.", kouan_duty_to_string (duty), NULL);
  g_autofree char *why = reason (order, duty);
  const KouanAuditEvent event
    = { .wall_s = kouan_clock_wall_s (kouan_staff_gate_get_clock (order->gate)),
        .role = kouan_role_to_string (kouan_duty_role_for (duty, order->pass->roles)),
        .who = order->pass->person,
        .action = action,
        .object = object,
        .result = result,
        .reason = why };

  return transaction != NULL && (change == NULL || change (db, data, error))
         && kouan_audit_write (db, &event, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_staff_do:
 * @object: an identifier: never a name or a number of a visitor
 * @result: what it is from now on, in one word
 * @change: (nullable)
 *
 * Returns: FALSE with what the gate says, or STORE: nothing has changed then
 */
gboolean
kouan_staff_do (const KouanStaffOrder *order,
                KouanDuty duty,
                const char *object,
                const char *result,
                KouanStaffChange change,
                gpointer data,
                GError **error)
{
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (order != NULL && order->pass != NULL, FALSE);

  if (!kouan_staff_gate_allow (order->gate, duty, order->pass, order->second, error))
    return FALSE;
  return change_and_say (order, duty, object, result, change, data, &cause)
         || kouan_staff_fail_store (cause, error);
}

gboolean
kouan_staff_note (const KouanStaffOrder *order,
                  KouanDuty duty,
                  const char *object,
                  const char *result,
                  GError **error)
{
  return kouan_staff_do (order, duty, object, result, NULL, NULL, error);
}

typedef struct
{
  const char *name;
  const char *value; /* (nullable) */
} Setting;

static gboolean
set (KouanDatabase *db, gpointer data, GError **error)
{
  const Setting *setting = data;

  return kouan_settings_set (db, setting->name, setting->value, error);
}

static gboolean
fail_unknown (const char *what, GError **error)
{
  g_set_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_UNKNOWN, "there is no \"%s\"", what);
  return FALSE;
}

gboolean
kouan_staff_get_reason (KouanDatabase *db, char **reason, GError **error)
{
  g_autoptr (GError) cause = NULL;

  return kouan_settings_get (db, SETTING_REASON, reason, &cause)
         || kouan_staff_fail_store (cause, error);
}

gboolean
kouan_staff_set_reason (const KouanStaffOrder *order, const char *reason, GError **error)
{
  Setting setting = { SETTING_REASON, reason };

  if (reason != NULL && kouan_staff_reason_text (reason) == NULL)
    return fail_unknown (reason, error);
  if (!kouan_staff_do (order, KOUAN_DUTY_OUT_OF_SERVICE, "", reason != NULL ? reason : "in-service",
                       set, &setting, error))
    return FALSE;
  kouan_troubles_set (kouan_staff_gate_get_station (order->gate), "out-of-service", reason);
  return TRUE;
}

/* A disk that cannot be read disables nothing. */
gboolean
kouan_staff_is_disabled (KouanDatabase *db, const char *device)
{
  g_autofree char *name = g_strconcat (SETTING_DISABLED, device, NULL);
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_settings_get (db, name, &value, &error))
    g_message ("Whether %s is disabled is not known: %s", device, error->message);
  return value != NULL;
}

gboolean
kouan_staff_disable (const KouanStaffOrder *order,
                     const char *device,
                     gboolean disabled,
                     GError **error)
{
  g_autofree char *name = g_strconcat (SETTING_DISABLED, device, NULL);
  Setting setting = { name, disabled ? "yes" : NULL };

  if (!g_strv_contains (kouan_device_names (), device))
    return fail_unknown (device, error);
  if (!kouan_staff_do (order, KOUAN_DUTY_DISABLE, device, disabled ? "disabled" : "enabled", set,
                       &setting, error))
    return FALSE;
  kouan_troubles_set (kouan_staff_gate_get_station (order->gate), device,
                      disabled ? "disabled" : NULL);
  return TRUE;
}

/**
 * kouan_staff_call:
 * @page: where in the visit: a word of the flow
 *
 * The visitor's side. What is shown in the hall and told to the hub stays until somebody answers.
 */
gboolean
kouan_staff_call (
  KouanDatabase *db, KouanStation *station, gint64 now_s, const char *page, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, now_s);
  g_autoptr (KouanTransaction) transaction = NULL;

  kouan_troubles_set (station, "staff", "called");
  if (kouan_staff_get_call_s (db) != 0)
    return TRUE;
  transaction = kouan_transaction_begin (db, error);
  return transaction != NULL && kouan_settings_set (db, SETTING_CALL, value, error)
         && kouan_audit_append (db, now_s, "visitor", "", "staff.called", "", page, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

gint64
kouan_staff_get_call_s (KouanDatabase *db)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_settings_get (db, SETTING_CALL, &value, &error))
    g_message ("Whether staff is called is not known: %s", error->message);
  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gboolean
kouan_staff_answer_call (const KouanStaffOrder *order, GError **error)
{
  Setting setting = { SETTING_CALL, NULL };

  if (!kouan_staff_do (order, KOUAN_DUTY_CALL, "", "answered", set, &setting, error))
    return FALSE;
  kouan_troubles_set (kouan_staff_gate_get_station (order->gate), "staff", NULL);
  return TRUE;
}

static gboolean
forget_attempts (KouanDatabase *db, gpointer data, GError **error)
{
  return kouan_attempts_forget (db, data, error);
}

/* Whether anybody of that id works here or has tried to get in. */
static gboolean
is_known (KouanDatabase *db, const char *person, gboolean *known, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) persons = kouan_attempts_list (db, 1, &cause);
  g_autoptr (KouanRoster) roster = NULL;

  if (persons == NULL)
    return kouan_staff_fail_store (cause, error);
  roster = kouan_roster_load (db, NULL);
  *known = g_ptr_array_find_with_equal_func (persons, person, g_str_equal, NULL)
           || (roster != NULL && kouan_roster_find (roster, person) != NULL);
  return TRUE;
}

/* @person: a staff id, or "" for badges that are not ours. UNKNOWN for anything else: what somebody
 * types does not get into the audit */
gboolean
kouan_staff_unlock (const KouanStaffOrder *order, const char *person, GError **error)
{
  gboolean known = FALSE;

  if (!kouan_staff_gate_allow (order->gate, KOUAN_DUTY_UNLOCK, order->pass, order->second, error)
      || !is_known (kouan_staff_gate_get_database (order->gate), person, &known, error))
    return FALSE;
  if (!known)
    return fail_unknown (person, error);
  return kouan_staff_do (order, KOUAN_DUTY_UNLOCK, person, "ok", forget_attempts, (gpointer)person,
                         error);
}
