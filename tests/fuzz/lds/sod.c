/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/sod.h"

/* EF.SOD as a forged chip would have it: whatever is understood can be asked everything. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanSod) sod = kouan_sod_parse (data, size, NULL);
  g_autoptr (GBytes) file = g_bytes_new_static ("a\0", 2);
  KouanSignedData *message;
  KouanCertificate *signer;

  if (sod == NULL)
    return 0;
  message = kouan_sod_get_signed_data (sod);
  signer = kouan_signed_data_get_signer (message);
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    kouan_sod_group_fits (sod, group, file);
  if (kouan_signed_data_verify (message, NULL))
    g_assert_nonnull (signer);
  g_assert_cmpint (kouan_signed_data_get_strength (message), <=, KOUAN_STRENGTH_REFUSED);
  g_assert_cmpint (kouan_signed_data_get_signed_s (message), >=, 0);
  if (signer != NULL)
    {
      g_autofree char *key = kouan_certificate_describe_key (signer);

      g_assert_nonnull (key);
      kouan_certificate_get_not_after_s (signer);
      kouan_certificate_is_authority (signer);
      kouan_certificate_get_strength (signer);
      g_assert_true (g_utf8_validate (kouan_certificate_get_subject (signer), -1, NULL));
      kouan_certificate_find_issuer (signer, kouan_signed_data_get_certificates (message), NULL,
                                     NULL);
    }
  return 0;
}
