/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/duty.h"

#include "app/language/language.h"

/* The one table that says who may do what. Screens ask it what to offer, actions ask it once more
 * before they are carried out, and kouanctl asks it the same, so that there is no second opinion.
 *
 * Where two persons are needed the second one may be anybody who is named in the last column, but
 * never the first one again. */

#define A KOUAN_ROLE_ATTENDANT
#define S KOUAN_ROLE_SUPERVISOR
#define T KOUAN_ROLE_TECHNICIAN
#define O KOUAN_ROLE_SECURITY

static const struct
{
  const char *word;
  guint roles;
  guint second; /* 0: one person is enough */
} duties[KOUAN_N_DUTIES] = {
  [KOUAN_DUTY_BOARD] = { "board", A | S | T | O, 0 },
  [KOUAN_DUTY_DEVICES] = { "devices", A | S | T | O, 0 },
  [KOUAN_DUTY_CALL] = { "call", A | S | T, 0 },
  [KOUAN_DUTY_HELP] = { "help", A | S, 0 },
  [KOUAN_DUTY_REPRINT] = { "reprint", A | S, 0 },
  [KOUAN_DUTY_TEST] = { "test", A | S | T, 0 },
  [KOUAN_DUTY_DISABLE] = { "disable", S | T, 0 },
  [KOUAN_DUTY_SYNC] = { "sync", S | T, 0 },
  [KOUAN_DUTY_IMPORT] = { "import", S | T, 0 },
  [KOUAN_DUTY_EXPORT] = { "export", S | T, S | T | O },
  [KOUAN_DUTY_OUT_OF_SERVICE] = { "out-of-service", A | S | T, 0 },
  [KOUAN_DUTY_HOURS] = { "hours", S, 0 },
  [KOUAN_DUTY_RESTART] = { "restart", S | T, 0 },
  [KOUAN_DUTY_SHUT_DOWN] = { "shut-down", S | T, 0 },
  [KOUAN_DUTY_AUDIT] = { "audit", S | O, 0 },
  [KOUAN_DUTY_AUDIT_EXPORT] = { "audit-export", O, 0 },
  [KOUAN_DUTY_REPORTS] = { "reports", S, 0 },
  [KOUAN_DUTY_UNLOCK] = { "unlock", O, A | S | T | O },
  [KOUAN_DUTY_KEYS] = { "keys", T, S | O },
  [KOUAN_DUTY_POLICY] = { "policy", S | T, S | T | O },
  [KOUAN_DUTY_WIPE] = { "wipe", T, S | O },
  [KOUAN_DUTY_OVERRIDE] = { "override", S, A | T | S | O },
};

static const struct
{
  const char *word;
  const char *label;
} roles_table[KOUAN_N_ROLES] = {
  { "attendant", N_ ("Attendant") },
  { "supervisor", N_ ("Supervisor") },
  { "technician", N_ ("Technician") },
  { "security", N_ ("Security officer") },
};

gboolean
kouan_duty_is_of (KouanDuty duty, guint roles)
{
  g_return_val_if_fail (duty < KOUAN_N_DUTIES, FALSE);

  return (duties[duty].roles & roles) != 0;
}

gboolean
kouan_duty_needs_two (KouanDuty duty)
{
  g_return_val_if_fail (duty < KOUAN_N_DUTIES, TRUE);

  return duties[duty].second != 0;
}

/* Whether somebody with @roles may be the second person. */
gboolean
kouan_duty_may_second (KouanDuty duty, guint roles)
{
  g_return_val_if_fail (duty < KOUAN_N_DUTIES, FALSE);

  return (duties[duty].second & roles) != 0;
}

/* Somebody who is several does a thing as the first of them, in the order of the enum, that may. */
KouanRole
kouan_duty_role_for (KouanDuty duty, guint roles)
{
  g_return_val_if_fail (duty < KOUAN_N_DUTIES, 0);

  for (guint i = 0; i < KOUAN_N_ROLES; i++)
    if (duties[duty].roles & roles & (1u << i))
      return 1u << i;
  return 0;
}

const char *
kouan_duty_to_string (KouanDuty duty)
{
  g_return_val_if_fail (duty < KOUAN_N_DUTIES, NULL);

  return duties[duty].word;
}

static guint
index_of (KouanRole role)
{
  for (guint i = 0; i < KOUAN_N_ROLES; i++)
    if (role == 1u << i)
      return i;
  g_assert_not_reached ();
}

/* Returns: a word for the audit and the roster, never translated */
const char *
kouan_role_to_string (KouanRole role)
{
  return roles_table[index_of (role)].word;
}

const char *
kouan_role_to_label (KouanRole role)
{
  return _ (roles_table[index_of (role)].label);
}

static char *
join (guint roles, const char *between, const char *(*name) (KouanRole role))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < KOUAN_N_ROLES; i++)
    if (roles & (1u << i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? between : "", name (1u << i));
  return g_string_free (text, FALSE);
}

char *
kouan_roles_to_string (guint roles)
{
  return join (roles, "+", kouan_role_to_string);
}

/* Returns: (transfer full): for a screen, in the language of the moment */
char *
kouan_roles_to_label (guint roles)
{
  return join (roles, " · ", kouan_role_to_label);
}

/**
 * kouan_roles_from_string:
 * @text: words with "+" between them
 *
 * Returns: FALSE if a word is no role, or there is none
 */
gboolean
kouan_roles_from_string (const char *text, guint *roles)
{
  g_auto (GStrv) words = g_strsplit (text, "+", -1);

  *roles = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint found = 0;

      for (guint k = 0; k < KOUAN_N_ROLES; k++)
        if (g_str_equal (words[i], roles_table[k].word))
          found = 1u << k;
      if (found == 0)
        return FALSE;
      *roles |= found;
    }
  return *roles != 0;
}
