/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/lds.h"
#include "app/lds/security-infos.h"

/* The small files of a chip, whichever one the bytes are meant to be. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_infos (GPtrArray *infos)
{
  for (guint i = 0; infos != NULL && i < infos->len; i++)
    {
      const KouanSecurityInfo *info = infos->pdata[i];

      g_assert_true (info->oid != NULL && kouan_security_kind_id (info->kind) != NULL);
      g_assert_true ((info->kind == KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY
                      || info->kind == KOUAN_SECURITY_PACE_PARAMETERS)
                     == (info->key != NULL));
      g_assert_cmpint (info->parameter_id, >=, KOUAN_SECURITY_NO_ID);
      g_assert_cmpint (info->key_id, >=, KOUAN_SECURITY_NO_ID);
    }
  g_clear_pointer (&infos, g_ptr_array_unref);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  KouanLdsCom com;
  KouanMrz *mrz;
  GBytes *key;
  GDate today;

  g_date_set_dmy (&today, 3, G_DATE_MAY, 2026);
  check_infos (kouan_security_infos_parse_card_access (data, size, NULL));
  check_infos (kouan_security_infos_parse_dg14 (data, size, NULL));
  if (kouan_lds_parse_com (data, size, &com, NULL))
    g_assert_cmphex (com.groups & ~0x1fffeu, ==, 0);
  mrz = kouan_lds_parse_dg1 (data, size, &today, NULL);
  g_clear_pointer (&mrz, kouan_mrz_unref);
  key = kouan_lds_parse_dg15 (data, size, NULL);
  g_clear_pointer (&key, g_bytes_unref);
  return 0;
}
