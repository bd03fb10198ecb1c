/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/ctl/fields.h"

#include <stdio.h>
#include <string.h>

/* kouanctl staff: everything that staff mode does. This file finds the word. */

KouanExit
kouan_ctl_staff_refused (const GError *error)
{
  if (error->domain != KOUAN_STAFF_ERROR)
    return kouan_ctl_failed (error);
  g_printerr ("kouanctl: %s. %s\n", kouan_staff_error_title (error),
              kouan_staff_error_remedy (error));
  if (error->code != KOUAN_STAFF_ERROR_STORE)
    return KOUAN_EXIT_NO;
  return kouan_ctl_failed (error);
}

char *
kouan_ctl_read_pin (const char *prompt)
{
  char line[64];

  g_printerr ("%s: ", prompt);
  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  g_printerr ("\n");
  return g_strdup (g_strstrip (line));
}

/* What belongs to a duty and is a verb of its own: it needs no badge, since whoever is on this
 * machine reads its files anyway. */
static const struct
{
  KouanDuty duty;
  const char *command;
} verbs[] = {
  { KOUAN_DUTY_AUDIT, "audit show" },
  { KOUAN_DUTY_AUDIT, "audit verify" },
  { KOUAN_DUTY_AUDIT_EXPORT, "audit export" },
  { KOUAN_DUTY_REPORTS, "report" },
  { KOUAN_DUTY_BOARD, "queue status" },
  { KOUAN_DUTY_BOARD, "lists" },
  { KOUAN_DUTY_DEVICES, "doctor" },
  { KOUAN_DUTY_KEYS, "station install" },
  { KOUAN_DUTY_KEYS, "trust import" },
  { KOUAN_DUTY_POLICY, "config set" },
};

static void
add_command (const char *command, gpointer line)
{
  json_builder_add_string_value (line, command);
}

static void
add_commands (JsonBuilder *line, KouanDuty duty)
{
  json_builder_set_member_name (line, "commands");
  json_builder_begin_array (line);
  kouan_ctl_staff_list_orders (duty, add_command, line);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].duty == duty)
      add_command (verbs[i].command, line);
  json_builder_end_array (line);
}

/* The table, for whoever asks who may do what, and by which commands. */
KouanExit
kouan_ctl_staff_duties (int argc, char **argv G_GNUC_UNUSED)
{
  if (argc != 1)
    return kouan_ctl_usage ("staff duties: says who may do what");
  for (KouanDuty duty = 0; duty < KOUAN_N_DUTIES; duty++)
    {
      g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
      guint roles = 0, second = 0;
      g_autofree char *first_text = NULL, *second_text = NULL;

      for (guint role = 1; role <= KOUAN_ROLE_SECURITY; role <<= 1)
        {
          roles |= kouan_duty_is_of (duty, role) ? role : 0;
          second |= kouan_duty_may_second (duty, role) ? role : 0;
        }
      first_text = kouan_roles_to_string (roles);
      second_text = kouan_roles_to_string (second);
      kouan_ctl_add_text (line, "duty", kouan_duty_to_string (duty));
      kouan_ctl_add_text (line, "roles", first_text);
      kouan_ctl_add_text (line, "second", kouan_duty_needs_two (duty) ? second_text : NULL);
      add_commands (line, duty);
      json_builder_end_object (line);
      kouan_ctl_print (line);
    }
  return KOUAN_EXIT_OK;
}

KouanExit
kouan_ctl_staff (int argc, char **argv)
{
  static const struct
  {
    const char *word;
    KouanVerb func;
  } words[] = { { "roster", kouan_ctl_staff_roster },
                { "badge", kouan_ctl_staff_badge },
                { "unlock-code", kouan_ctl_staff_unlock_code },
                { "duties", kouan_ctl_staff_duties } };

  if (argc < 2)
    return kouan_ctl_usage ("staff: roster, badge, unlock-code, duties; enter, out-of-service, "
                            "in-service, disable, enable, hours, answer-call, unlock, "
                            "unlock-by-code, locks, board, devices, call, test, give-time, park, "
                            "free, hand-over, carry-out, sync, export, import, restart, shut-down, "
                            "reprint");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (argv[1], words[i].word))
      return words[i].func (argc - 1, argv + 1);
  return kouan_ctl_staff_order (argc - 1, argv + 1);
}
