/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/lds.h"
#include "app/lds/tlv.h"
#include "tests/testlib/hex.h"

#include <string.h>

#define COM "60165f0104303130375f36063034303030305c046175676e"

static const char *const td3[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                   "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
static const char *const td1[]
  = { "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
      "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", NULL };

static gboolean
com_accepts (const char *hex, KouanLdsCom *com)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  g_autoptr (GError) error = NULL;
  gboolean accepted = kouan_lds_parse_com (exact, size, com, &error);

  g_assert_true (accepted || g_error_matches (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED));
  return accepted;
}

static void
test_com (void)
{
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GBytes) expected = kouan_test_bytes (COM);
  KouanLdsCom com;

  g_assert_true (com_accepts (COM, &com));
  g_assert_cmpstr (com.lds_version, ==, "0107");
  g_assert_cmpstr (com.unicode_version, ==, "040000");
  g_assert_cmphex (com.groups, ==, 1 << 1 | 1 << 2 | 1 << 7 | 1 << 14);
  made = kouan_lds_make_com (&com);
  g_assert_true (g_bytes_equal (made, expected));
  /* A tag that is none of a data group's is passed over. */
  g_assert_true (com_accepts ("60155f0104303130375f36063034303030305c0361ff75", &com));
  g_assert_cmphex (com.groups, ==, 1 << 1 | 1 << 2);
}

static void
test_com_malformed (void)
{
  static const char *const wrong[] = {
    "",
    "6000",
    COM "00",
    "77165f0104303130375f36063034303030305c046175676e",
    "60165f0104303130415f36063034303030305c046175676e", /* a letter among the digits */
    "60155f01033031305f36063034303030305c046175676e",   /* a digit missing */
    "60105f0104303130375f3606303430303030",             /* no list */
    "60185f0104303130375f36063034303030305c046175676e5c00",
  };
  KouanLdsCom com;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (com_accepts (wrong[i], &com));
}

static KouanMrz *
parse_dg1 (GBytes *file, GError **error)
{
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (file, NULL), size);
  GDate today;

  g_date_set_dmy (&today, 3, G_DATE_MAY, 2026);
  return kouan_lds_parse_dg1 (exact, size, &today, error);
}

static void
test_dg1 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) passport = kouan_lds_make_dg1 (td3);
  g_autoptr (GBytes) card = kouan_lds_make_dg1 (td1);
  g_autoptr (KouanMrz) mrz = parse_dg1 (passport, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mrz->format, ==, KOUAN_MRZ_TD3);
  g_assert_cmpstr (mrz->document_number, ==, "L898902C3");
  g_assert_true (kouan_mrz_checks_fit (mrz));
  kouan_mrz_unref (g_steal_pointer (&mrz));
  mrz = parse_dg1 (card, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mrz->format, ==, KOUAN_MRZ_TD1);
  g_assert_cmpstr (mrz->document_number, ==, "D23145890");
}

static void
test_dg1_malformed (void)
{
  static const char *const wrong[]
    = { "", "6100", "61035f1f00", "610a5f1f07504c55544f3c3c", "61050201010500" };
  static const char *const three_of_44[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                             "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                                             "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (GBytes) odd = kouan_lds_make_dg1 (three_of_44);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file = kouan_test_bytes (wrong[i]);

      g_assert_null (parse_dg1 (file, &error));
      g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
    }
  g_assert_null (parse_dg1 (odd, NULL));
}

static void
test_dg15 (void)
{
  g_autoptr (GBytes) good = kouan_test_bytes ("6f0730050500030100");
  g_autoptr (GBytes) behind = kouan_test_bytes ("6f09300505000301000500");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key
    = kouan_lds_parse_dg15 (g_bytes_get_data (good, NULL), g_bytes_get_size (good), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (key), ==, 7);
  g_assert_null (
    kouan_lds_parse_dg15 (g_bytes_get_data (behind, NULL), g_bytes_get_size (behind), &error));
  g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
}

static void
test_tags (void)
{
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    g_assert_cmpuint (kouan_lds_group_of_tag (kouan_lds_group_tag (group)), ==, group);
  g_assert_cmpuint (kouan_lds_group_of_tag (KOUAN_LDS_TAG_COM), ==, 0);
  g_assert_cmpuint (kouan_lds_group_of_tag (0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lds/files/tags", test_tags);
  g_test_add_func ("/lds/files/com", test_com);
  g_test_add_func ("/lds/files/com-malformed", test_com_malformed);
  g_test_add_func ("/lds/files/dg1", test_dg1);
  g_test_add_func ("/lds/files/dg1-malformed", test_dg1_malformed);
  g_test_add_func ("/lds/files/dg15", test_dg15);
  return g_test_run ();
}
