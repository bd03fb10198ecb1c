/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/staff/duty.h"
#include "app/staff/error.h"

#include <string.h>

/* The table, whole, written down a second time: whoever changes who may do what says it twice. A
 * column a role, in the order of the enum; the second letter group is who may be the second person.
 */

static const char *const expected[] = {
  "board ASTO -",   "devices ASTO -",     "call AST- -",           "help AS-- -",
  "reprint AS-- -", "test AST- -",        "disable -ST- -",        "sync -ST- -",
  "import -ST- -",  "export -ST- -STO",   "out-of-service AST- -", "hours -S-- -",
  "restart -ST- -", "shut-down -ST- -",   "audit -S-O -",          "audit-export ---O -",
  "reports -S-- -", "unlock ---O ASTO",   "keys --T- -S-O",        "policy -ST- -STO",
  "wipe --T- -S-O", "override -S-- ASTO",
};

static void
letters (gboolean (*ask) (KouanDuty duty, guint roles), KouanDuty duty, char out[static 5])
{
  for (guint i = 0; i < KOUAN_N_ROLES; i++)
    out[i] = ask (duty, 1u << i) ? "ASTO"[i] : '-';
  out[KOUAN_N_ROLES] = '\0';
}

static void
test_whole_table (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (expected), ==, KOUAN_N_DUTIES);
  for (KouanDuty duty = 0; duty < KOUAN_N_DUTIES; duty++)
    {
      char first[5], second[5];
      g_autofree char *line = NULL;

      letters (kouan_duty_is_of, duty, first);
      letters (kouan_duty_may_second, duty, second);
      line = g_strdup_printf ("%s %s %s", kouan_duty_to_string (duty), first,
                              kouan_duty_needs_two (duty) ? second : "-");
      g_assert_cmpstr (line, ==, expected[duty]);
    }
}

/* A set of roles may what any of them may, and nobody may what no role may. */
static void
test_sets_of_roles (void)
{
  for (KouanDuty duty = 0; duty < KOUAN_N_DUTIES; duty++)
    for (guint roles = 0; roles <= KOUAN_ROLES_ALL; roles++)
      {
        gboolean any = FALSE;
        KouanRole as = kouan_duty_role_for (duty, roles);

        for (guint role = 1; role <= KOUAN_ROLE_SECURITY; role <<= 1)
          any = any || ((roles & role) && kouan_duty_is_of (duty, role));
        g_assert_true (kouan_duty_is_of (duty, roles) == any);
        g_assert_true ((as != 0) == any);
        if (any)
          g_assert_true ((roles & as) && kouan_duty_is_of (duty, as));
      }
}

/* What one person must never do alone (SECURITY §2.11), and who may do it at all. */
static void
test_needs_two (void)
{
  static const KouanDuty two[] = { KOUAN_DUTY_EXPORT, KOUAN_DUTY_UNLOCK, KOUAN_DUTY_KEYS,
                                   KOUAN_DUTY_POLICY, KOUAN_DUTY_WIPE,   KOUAN_DUTY_OVERRIDE };

  for (guint i = 0; i < G_N_ELEMENTS (two); i++)
    {
      g_assert_true (kouan_duty_needs_two (two[i]));
      g_assert_false (kouan_duty_is_of (two[i], KOUAN_ROLE_ATTENDANT));
    }
}

static void
test_words (void)
{
  guint roles;

  g_assert_true (kouan_roles_from_string ("security+attendant", &roles));
  g_assert_cmpuint (roles, ==, KOUAN_ROLE_SECURITY | KOUAN_ROLE_ATTENDANT);
  g_assert_false (kouan_roles_from_string ("", &roles));
  g_assert_false (kouan_roles_from_string ("officer", &roles));
  g_assert_false (kouan_roles_from_string ("attendant+", &roles));
  for (guint set = 1; set <= KOUAN_ROLES_ALL; set++)
    {
      g_autofree char *text = kouan_roles_to_string (set);

      g_assert_true (kouan_roles_from_string (text, &roles));
      g_assert_cmpuint (roles, ==, set);
    }
}

/* Every error has a sentence and a remedy, and no two of them the same sentence. */
static void
test_sentences (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < KOUAN_STAFF_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_STAFF_ERROR, (int)code, "for tests");

      g_assert_nonnull (kouan_staff_error_title (error));
      g_assert_cmpuint (strlen (kouan_staff_error_remedy (error)), >, 10);
      g_assert_true (g_hash_table_add (seen, (gpointer)kouan_staff_error_title (error)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duty/whole-table", test_whole_table);
  g_test_add_func ("/duty/sets-of-roles", test_sets_of_roles);
  g_test_add_func ("/duty/needs-two", test_needs_two);
  g_test_add_func ("/duty/words", test_words);
  g_test_add_func ("/duty/sentences", test_sentences);
  return g_test_run ();
}
