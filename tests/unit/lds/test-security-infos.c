/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/lds.h"
#include "app/lds/security-infos.h"
#include "app/lds/tlv.h"
#include "tests/testlib/hex.h"

#include <string.h>

/* The EF.CardAccess of Doc 9303-11 appendix G: PACE, ECDH, generic mapping, AES-128, row 13. */
#define CARD_ACCESS "31143012060a04007f0007020204020202010202010d"

static GPtrArray *
parse (const char *hex, gboolean dg14, GError **error)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);
  gsize size;
  g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  return dg14 ? kouan_security_infos_parse_dg14 (exact, size, error)
              : kouan_security_infos_parse_card_access (exact, size, error);
}

static void
test_card_access (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = parse (CARD_ACCESS, FALSE, &error);
  const KouanSecurityInfo *info;

  g_assert_no_error (error);
  g_assert_cmpuint (infos->len, ==, 1);
  info = infos->pdata[0];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_PACE);
  g_assert_cmpstr (info->oid, ==, "0.4.0.127.0.7.2.2.4.2.2");
  g_assert_cmpint (info->agreement, ==, KOUAN_AGREEMENT_ECDH);
  g_assert_cmpint (info->mapping, ==, KOUAN_MAPPING_GENERIC);
  g_assert_cmpint (info->cipher, ==, KOUAN_CHIP_CIPHER_AES_128);
  g_assert_cmpuint (info->version, ==, 2);
  g_assert_cmpint (info->parameter_id, ==, 13);
  g_assert_cmpint (info->key_id, ==, KOUAN_SECURITY_NO_ID);
}

/* One SecurityInfo: the protocol, then what is handed over as it is. */
static void
add_info (GByteArray *set, const char *oid, const char *rest)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GBytes) bytes = kouan_test_bytes (rest);

  kouan_tlv_write_oid (inner, oid);
  g_byte_array_append (inner, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
  kouan_tlv_write (set, 0x30, inner->data, inner->len);
}

static GPtrArray *
parse_dg14 (GByteArray *infos, GError **error)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GByteArray) file = g_byte_array_new ();

  kouan_tlv_write (set, 0x31, infos->data, infos->len);
  kouan_tlv_write (file, 0x6e, set->data, set->len);
  return kouan_security_infos_parse_dg14 (file->data, file->len, error);
}

static void
test_dg14 (void)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GPtrArray) infos = NULL;
  const KouanSecurityInfo *info;

  add_info (set, "0.4.0.127.0.7.2.2.3.2.4", "020101020107");
  add_info (set, "0.4.0.127.0.7.2.2.1.2", "30050500030100020107");
  add_info (set, "2.23.136.1.1.5", "02010106082a8648ce3d040302");
  add_info (set, "0.4.0.127.0.7.2.2.2", "020101");
  add_info (set, "0.4.0.127.0.7.2.2.4.6.3", "020102020110");
  add_info (set, "0.4.0.127.0.7.2.2.4.1", "30020500020120");
  add_info (set, "1.3.6.1.4.1.99999.1", "0401aa0500");
  infos = parse_dg14 (set, NULL);
  g_assert_nonnull (infos);
  g_assert_cmpuint (infos->len, ==, 7);

  info = infos->pdata[0];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_CHIP_AUTHENTICATION);
  g_assert_cmpint (info->cipher, ==, KOUAN_CHIP_CIPHER_AES_256);
  g_assert_cmpint (info->key_id, ==, 7);
  info = infos->pdata[1];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY);
  g_assert_cmpuint (g_bytes_get_size (info->key), ==, 7);
  g_assert_cmpint (info->key_id, ==, 7);
  info = infos->pdata[2];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_ACTIVE_AUTHENTICATION);
  g_assert_cmpstr (info->signature_algorithm, ==, "1.2.840.10045.4.3.2");
  info = infos->pdata[3];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_TERMINAL_AUTHENTICATION);
  info = infos->pdata[4];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_PACE);
  g_assert_cmpint (info->mapping, ==, KOUAN_MAPPING_CHIP_AUTHENTICATION);
  g_assert_cmpint (info->cipher, ==, KOUAN_CHIP_CIPHER_AES_192);
  info = infos->pdata[5];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_PACE_PARAMETERS);
  g_assert_cmpint (info->agreement, ==, KOUAN_AGREEMENT_DH);
  g_assert_cmpint (info->parameter_id, ==, 32);
  info = infos->pdata[6];
  g_assert_cmpint (info->kind, ==, KOUAN_SECURITY_OTHER);
}

/* A protocol out of a family, and a number there that has no meaning: not known, and no mistake. */
static void
test_unknown_choice (void)
{
  static const char *const oids[]
    = { "0.4.0.127.0.7.2.2.4.5.2", "0.4.0.127.0.7.2.2.4.2.7", "0.4.0.127.0.7.2.2.3.3.1",
        "0.4.0.127.0.7.2.2.1.2.1", "0.4.0.127.0.7.2.2.4.2.2.1" };

  for (guint i = 0; i < G_N_ELEMENTS (oids); i++)
    {
      g_autoptr (GByteArray) set = g_byte_array_new ();
      g_autoptr (GPtrArray) infos = NULL;

      add_info (set, oids[i], "0500");
      infos = parse_dg14 (set, NULL);
      g_assert_nonnull (infos);
      g_assert_cmpint (((const KouanSecurityInfo *)infos->pdata[0])->kind, ==,
                       KOUAN_SECURITY_OTHER);
    }
}

static void
test_malformed (void)
{
  static const char *const wrong[] = {
    "",
    CARD_ACCESS "00",                                 /* something behind it */
    "30143012060a04007f0007020204020202010202010d",   /* not a set */
    "31143012060a04007f0007020204020202010202010d80", /* filling */
    "311430120609"                                    /* an identifier that ends too early */
    "04007f0007020204020202010202010d",
    "31113010060a04007f00070202040202020102020d",         /* a number cut short */
    "31173015060a04007f0007020204020202010202010d020101", /* one element too many */
    "310e300c060a04007f00070202040202",                   /* without a version */
    "31143112060a04007f0007020204020202010202010d",       /* an element that is no sequence */
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) infos = parse (wrong[i], FALSE, &error);

      g_assert_null (infos);
      g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
    }
  g_assert_null (parse (CARD_ACCESS, TRUE, NULL)); /* without the head of a data group */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lds/security-infos/card-access", test_card_access);
  g_test_add_func ("/lds/security-infos/dg14", test_dg14);
  g_test_add_func ("/lds/security-infos/unknown-choice", test_unknown_choice);
  g_test_add_func ("/lds/security-infos/malformed", test_malformed);
  return g_test_run ();
}
