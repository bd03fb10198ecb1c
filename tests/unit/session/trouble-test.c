/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/primitives.h"
#include "app/record/outbox.h"
#include "app/session/trouble.h"
#include "db/database.h"

#include <gio/gio.h>

static void
check_sentences (KouanTrouble *trouble)
{
  g_autofree char *body = kouan_trouble_dup_body (trouble);
  g_autofree char *title = kouan_trouble_dup_title (trouble);
  static const char *const never[] = { "error", "Error", "invalid", "Invalid", "please", "Please" };

  g_assert_cmpuint (g_utf8_strlen (title, -1), >, 10);
  g_assert_cmpuint (g_utf8_strlen (body, -1), >, 20);
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_assert_null (strstr (title, never[i]));
      g_assert_null (strstr (body, never[i]));
    }
}

static void
check_code (GQuark domain, int code, const char *id)
{
  g_autoptr (GError) error = g_error_new (domain, code, "sqlite said no: Anna Eriksson");
  g_autoptr (KouanTrouble) trouble = kouan_trouble_from_error (error);
  g_autofree char *body = kouan_trouble_dup_body (trouble);

  g_assert_cmpstr (kouan_trouble_get_id (trouble), ==, id);
  check_sentences (trouble);
  g_assert_null (strstr (body, "Anna")); /* what is logged is not what is shown */
}

/* Every code that a caller can act on has a sentence of its own. */
static void
test_every_code (void)
{
  for (int code = KOUAN_DATABASE_ERROR_FULL; code <= KOUAN_DATABASE_ERROR_NOT_FOUND; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_DATABASE_ERROR, code, "");
      g_autoptr (KouanTrouble) trouble = kouan_trouble_from_error (error);

      g_assert_cmpstr (kouan_trouble_get_id (trouble), !=, "unknown");
      check_sentences (trouble);
    }
  for (int code = KOUAN_OUTBOX_ERROR_FULL; code <= KOUAN_OUTBOX_ERROR_NUMBERS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_OUTBOX_ERROR, code, "");
      g_autoptr (KouanTrouble) trouble = kouan_trouble_from_error (error);

      g_assert_cmpstr (kouan_trouble_get_id (trouble), !=, "unknown");
      check_sentences (trouble);
    }
  for (int code = KOUAN_CRYPTO_ERROR_MALFORMED; code <= KOUAN_CRYPTO_ERROR_IO; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_CRYPTO_ERROR, code, "");
      g_autoptr (KouanTrouble) trouble = kouan_trouble_from_error (error);

      g_assert_cmpstr (kouan_trouble_get_id (trouble), !=, "unknown");
      check_sentences (trouble);
    }
}

static void
test_kinds (void)
{
  check_code (KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL, "disk-full");
  check_code (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk-full");
  check_code (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "disk-full");
  check_code (KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO, "disk");
  check_code (KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED, "draft-damaged");
  check_code (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "unknown");
}

static void
test_verdict_names_hall_and_time (void)
{
  g_autoptr (KouanTrouble) other
    = kouan_trouble_new_for_verdict (KOUAN_VERDICT_OTHER_HALL, "100% Hall %s", 0);
  g_autoptr (KouanTrouble) late
    = kouan_trouble_new_for_verdict (KOUAN_VERDICT_TOO_LATE, NULL, 1800000000);
  g_autofree char *other_body = kouan_trouble_dup_body (other);
  g_autofree char *late_title = kouan_trouble_dup_title (late);

  check_sentences (other);
  check_sentences (late);
  g_assert_nonnull (strstr (other_body, "100% Hall %s"));
  g_assert_nonnull (strstr (late_title, "2027")); /* 15 January 2027 */
  g_assert_null (strchr (late_title, '{'));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trouble/every-code", test_every_code);
  g_test_add_func ("/trouble/kinds", test_kinds);
  g_test_add_func ("/trouble/verdict", test_verdict_names_hall_and_time);
  return g_test_run ();
}
