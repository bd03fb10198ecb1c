/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/ctl/fields.h"
#include "app/staff/hours.h"
#include "app/staff/roster.h"
#include "db/kiosk/attempts.h"

#include <string.h>

/* What staff do at a kiosk, over ssh: with the same badge, the same PIN and the same table as at
 * its screen, and with the same words in the audit. PINs come in on stdin, a line each: first the
 * one of
 * --badge, then the one of --second. */

typedef struct
{
  KouanCtlStore store;
  KouanStaffOrder order;
  KouanStationLock *lock; /* (nullable): while something may be changed */
  char *badge;
  char *second;
  char *out;
} Call;

static void
call_clear (Call *self)
{
  g_clear_pointer (&self->order.pass, kouan_staff_pass_unref);
  g_clear_pointer (&self->order.second, kouan_staff_pass_unref);
  g_clear_object (&self->order.gate);
  g_clear_pointer (&self->lock, kouan_station_lock_release);
  kouan_ctl_store_clear (&self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static KouanExit
say (const char *name, const char *value)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, name, value);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

/* Beside the sentence of the screen, what it shows below: how long, or what to tell the hub. */
static void
print_why (KouanStaffGate *gate, const GError *error)
{
  g_autofree char *person = NULL;
  g_autofree char *nonce = kouan_staff_gate_dup_lock (gate, &person);

  if (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WAIT))
    g_printerr ("kouanctl: %" G_GINT64_FORMAT " s are left\n", kouan_staff_gate_get_wait_s (gate));
  if (nonce != NULL)
    g_printerr ("kouanctl: kiosk %u, id \"%s\", key %s\n",
                kouan_station_get_kiosk_id (kouan_staff_gate_get_station (gate)), person, nonce);
}

static KouanStaffPass *
let_in (Call *self, const char *badge, const char *prompt, KouanExit *exit)
{
  g_autofree char *pin = kouan_ctl_read_pin (prompt);
  g_autoptr (GError) error = NULL;
  KouanStaffPass *pass;

  if (pin == NULL)
    {
      *exit = kouan_ctl_usage ("%s is missing: a line of stdin", prompt);
      return NULL;
    }
  pass = kouan_staff_gate_enter (self->order.gate, badge, pin, &error);
  kouan_wipe (pin, strlen (pin));
  if (pass != NULL)
    return pass;
  *exit = kouan_ctl_staff_refused (error);
  print_why (self->order.gate, error);
  return NULL;
}

static gboolean
open_door (Call *self, const char *station, KouanExit *exit)
{
  g_autoptr (GError) error = NULL;

  if (!kouan_ctl_store_open (&self->store, station, FALSE, &error))
    {
      *exit = kouan_ctl_failed (error);
      return FALSE;
    }
  self->order.gate = kouan_staff_gate_new (self->store.station, self->store.clock, self->store.db);
  return TRUE;
}

/* One after the other: what somebody sees at the screen must not change under their hands. */
static gboolean
take_turn (Call *self, KouanExit *exit)
{
  g_autoptr (GError) error = NULL;

  self->lock = kouan_station_lock (self->store.station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE);
  if (self->lock != NULL)
    return TRUE;
  error = g_error_new_literal (KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_BUSY, "somebody is in it");
  *exit = kouan_ctl_staff_refused (error);
  return FALSE;
}

static gboolean
enter (Call *self, KouanExit *exit)
{
  if (self->badge == NULL)
    {
      *exit = kouan_ctl_usage ("whose badge? --badge KB1:…, and the PIN on stdin");
      return FALSE;
    }
  if (!take_turn (self, exit))
    return FALSE;
  self->order.pass = let_in (self, self->badge, "PIN", exit);
  if (self->order.pass != NULL && self->second != NULL)
    self->order.second = let_in (self, self->second, "PIN of the second person", exit);
  return self->order.pass != NULL && (self->second == NULL || self->order.second != NULL);
}

static KouanExit
end (gboolean done, const char *name, const char *value, GError *error)
{
  g_autoptr (GError) owned = error;

  return done ? say (name, value) : kouan_ctl_staff_refused (owned);
}

static KouanExit
do_enter (Call *self, const char *object G_GNUC_UNUSED)
{
  g_autofree char *roles = kouan_roles_to_string (self->order.pass->roles);
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "id", self->order.pass->person);
  kouan_ctl_add_text (line, "roles", roles);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
do_out_of_service (Call *self, const char *object)
{
  GError *error = NULL;
  gboolean done = kouan_staff_set_reason (&self->order, object, &error);

  return end (done, "out_of_service", object, error);
}

static KouanExit
do_in_service (Call *self, const char *object G_GNUC_UNUSED)
{
  GError *error = NULL;
  gboolean done = kouan_staff_set_reason (&self->order, NULL, &error);

  return end (done, "out_of_service", NULL, error);
}

static KouanExit
do_disable (Call *self, const char *object)
{
  GError *error = NULL;
  gboolean done = kouan_staff_disable (&self->order, object, TRUE, &error);

  return end (done, "disabled", object, error);
}

static KouanExit
do_enable (Call *self, const char *object)
{
  GError *error = NULL;
  gboolean done = kouan_staff_disable (&self->order, object, FALSE, &error);

  return end (done, "enabled", object, error);
}

static KouanExit
do_hours (Call *self, const char *object)
{
  gboolean always = g_str_equal (object, "always");
  KouanHours hours;
  GError *error = NULL;
  gboolean done;

  if (!always && !kouan_hours_parse (object, &hours))
    return kouan_ctl_usage ("hours are seven words from Monday on, such as "
                            "\"08:30-17:00 … closed\", or \"always\"");
  done = kouan_staff_set_hours (&self->order, always ? NULL : &hours, &error);
  return end (done, "hours", object, error);
}

static KouanExit
do_answer (Call *self, const char *object G_GNUC_UNUSED)
{
  GError *error = NULL;
  gboolean done = kouan_staff_answer_call (&self->order, &error);

  return end (done, "called", NULL, error);
}

static KouanExit
do_unlock (Call *self, const char *object)
{
  GError *error = NULL;
  gboolean done = kouan_staff_unlock (&self->order, object, &error);

  return end (done, "unlocked", object, error);
}

static KouanExit
do_unlock_by_code (Call *self, const char *object)
{
  g_autoptr (GError) error = NULL;

  if (kouan_staff_gate_unlock_by_code (self->order.gate, object, &error))
    return say ("unlocked", "ok");
  return kouan_ctl_staff_refused (error);
}

static KouanExit
do_locks (Call *self, const char *object G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = kouan_attempts_list (self->store.db, 1, &error);

  if (persons == NULL)
    return kouan_ctl_failed (error);
  for (guint i = 0; i < persons->len; i++)
    {
      g_auto (KouanAttempts) attempts = { 0 };
      g_autoptr (JsonBuilder) line = NULL;

      if (!kouan_attempts_load (self->store.db, persons->pdata[i], &attempts, &error))
        return kouan_ctl_failed (error);
      line = json_builder_begin_object (json_builder_new ());
      kouan_ctl_add_text (line, "id", persons->pdata[i]);
      kouan_ctl_add_int (line, "tries", attempts.failures);
      kouan_ctl_add_bool (line, "locked", attempts.failures >= KOUAN_STAFF_TRIES_MAX);
      json_builder_end_object (line);
      kouan_ctl_print (line);
    }
  return KOUAN_EXIT_OK;
}

static KouanExit
do_board (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_board (self->order.gate);
}

static KouanExit
do_devices (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_devices (self->order.gate);
}

static KouanExit
do_test (Call *self, const char *object)
{
  return kouan_ctl_staff_test (&self->order, object, self->out);
}

static KouanExit
do_sync (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_carry (&self->order, KOUAN_DUTY_SYNC, NULL);
}

static KouanExit
do_export (Call *self, const char *object)
{
  return kouan_ctl_staff_carry (&self->order, KOUAN_DUTY_EXPORT, object);
}

static KouanExit
do_import (Call *self, const char *object)
{
  return kouan_ctl_staff_carry (&self->order, KOUAN_DUTY_IMPORT, object);
}

static KouanExit
do_restart (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_power (&self->order, KOUAN_DUTY_RESTART);
}

static KouanExit
do_shut_down (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_power (&self->order, KOUAN_DUTY_SHUT_DOWN);
}

static KouanExit
do_reprint (Call *self, const char *object)
{
  return kouan_ctl_staff_reprint (&self->order, object, self->out);
}

static KouanExit
do_time (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_visit (&self->order, KOUAN_VISIT_ORDER_TIME, NULL);
}

static KouanExit
do_park (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_visit (&self->order, KOUAN_VISIT_ORDER_PARK, NULL);
}

static KouanExit
do_free (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_visit (&self->order, KOUAN_VISIT_ORDER_FREE, NULL);
}

static KouanExit
do_hand_over (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_visit (&self->order, KOUAN_VISIT_ORDER_HAND_OVER, self->out);
}

static KouanExit
do_carry_out (Call *self, const char *object G_GNUC_UNUSED)
{
  return kouan_ctl_staff_visit (&self->order, KOUAN_VISIT_ORDER_CARRY_OUT, NULL);
}

/* As a visitor calls who presses the button; for whoever stands beside one. */
static KouanExit
do_call (Call *self, const char *object G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  if (kouan_staff_call (self->store.db, self->store.station, kouan_clock_wall_s (self->store.clock),
                        "attract", &error))
    return say ("called", "ok");
  return kouan_ctl_failed (error);
}

static const struct
{
  const char *word;
  KouanDuty duty;  /* that it is part of; KOUAN_N_DUTIES: of none */
  gboolean object; /* needs one more word */
  gboolean badge;  /* and a badge: what only looks does not */
  KouanExit (*func) (Call *self, const char *object);
} orders[] = {
  { "enter", KOUAN_N_DUTIES, FALSE, TRUE, do_enter },
  { "out-of-service", KOUAN_DUTY_OUT_OF_SERVICE, TRUE, TRUE, do_out_of_service },
  { "in-service", KOUAN_DUTY_OUT_OF_SERVICE, FALSE, TRUE, do_in_service },
  { "disable", KOUAN_DUTY_DISABLE, TRUE, TRUE, do_disable },
  { "enable", KOUAN_DUTY_DISABLE, TRUE, TRUE, do_enable },
  { "hours", KOUAN_DUTY_HOURS, TRUE, TRUE, do_hours },
  { "answer-call", KOUAN_DUTY_CALL, FALSE, TRUE, do_answer },
  { "unlock", KOUAN_DUTY_UNLOCK, TRUE, TRUE, do_unlock },
  { "unlock-by-code", KOUAN_DUTY_UNLOCK, TRUE, FALSE, do_unlock_by_code },
  { "locks", KOUAN_DUTY_UNLOCK, FALSE, FALSE, do_locks },
  { "board", KOUAN_DUTY_BOARD, FALSE, FALSE, do_board },
  { "devices", KOUAN_DUTY_DEVICES, FALSE, FALSE, do_devices },
  { "call", KOUAN_DUTY_CALL, FALSE, FALSE, do_call },
  { "give-time", KOUAN_DUTY_HELP, FALSE, TRUE, do_time },
  { "park", KOUAN_DUTY_HELP, FALSE, TRUE, do_park },
  { "free", KOUAN_DUTY_HELP, FALSE, TRUE, do_free },
  { "hand-over", KOUAN_DUTY_HELP, FALSE, TRUE, do_hand_over },
  { "carry-out", KOUAN_DUTY_HELP, FALSE, TRUE, do_carry_out },
  { "test", KOUAN_DUTY_TEST, TRUE, TRUE, do_test },
  { "sync", KOUAN_DUTY_SYNC, FALSE, TRUE, do_sync },
  { "export", KOUAN_DUTY_EXPORT, TRUE, TRUE, do_export },
  { "import", KOUAN_DUTY_IMPORT, TRUE, TRUE, do_import },
  { "restart", KOUAN_DUTY_RESTART, FALSE, TRUE, do_restart },
  { "shut-down", KOUAN_DUTY_SHUT_DOWN, FALSE, TRUE, do_shut_down },
  { "reprint", KOUAN_DUTY_REPRINT, TRUE, TRUE, do_reprint },
};

/* Calls @func with the words after "kouanctl" of each order of @duty. */
void
kouan_ctl_staff_list_orders (KouanDuty duty,
                             void (*func) (const char *command, gpointer data),
                             gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].duty == duty)
      {
        g_autofree char *command = g_strconcat ("staff ", orders[i].word, NULL);

        func (command, data);
      }
}

static KouanExit
run (Call *self, guint index, const char *station, const char *object)
{
  KouanExit exit = KOUAN_EXIT_FAILED;

  if (!open_door (self, station, &exit) || (orders[index].badge && !enter (self, &exit)))
    return exit;
  return orders[index].func (self, object);
}

KouanExit
kouan_ctl_staff_order (int argc, char **argv)
{
  g_autofree char *station = NULL, *badge = NULL, *second = NULL, *out = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "badge", 0, 0, G_OPTION_ARG_STRING, &badge, "What the badge's code says", "KB1:…" },
        { "second", 0, 0, G_OPTION_ARG_STRING, &second, "The second person's, where two agree",
          "KB1:…" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out,
          "reprint: where the copy goes, a PDF; test: where the picture goes, a JPEG; hand-over: "
          "where the code goes",
          "FILE" },
        G_OPTION_ENTRY_NULL };
  g_auto (Call) call = { 0 };
  const char *word = argv[0];

  if (!kouan_ctl_parse ("staff", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  call.badge = badge;
  call.second = second;
  call.out = out;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].word, word) && station != NULL && argc == (orders[i].object ? 2 : 1))
      return run (&call, i, station, orders[i].object ? argv[1] : NULL);
  return kouan_ctl_usage ("staff %s: --station DIR [--badge KB1:…] [--second KB1:…] [WHAT]", word);
}
