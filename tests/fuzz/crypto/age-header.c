/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/age-private.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A header of X25519 stanzas alone has one spelling, so that writing it again must give back what
 * was read, but for the MAC, whose key the input does not have. */
static void
check_spelling (KouanAgeHeader *header, const guint8 *data)
{
  g_autoptr (KouanSecret) file_key = kouan_secret_new (KOUAN_AGE_FILE_KEY_SIZE);
  g_autoptr (GByteArray) written = kouan_age_header_write (header->stanzas, file_key);

  if (written->len == header->size)
    g_assert_true (memcmp (written->data, data, header->covered) == 0);
  else
    g_assert_true (written->len < header->size); /* stanzas of other types */
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAgeHeader) header = kouan_age_header_parse (data, size, &error);

  g_assert_true ((header == NULL) == (error != NULL));
  if (header == NULL)
    return 0;
  g_assert_true (header->covered < header->size && header->size <= size);
  g_assert_true (data[header->size - 1] == '\n');
  if (header->stanzas->len > 0)
    check_spelling (header, data);
  return 0;
}
