/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/receipt-number.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What a person types: if it is a number, writing that number and reading it gives it back. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *)data, size) : g_strdup ("");
  guint kiosk_id, kiosk_again;
  gint64 sequence, sequence_again;

  if (kouan_receipt_number_parse (text, &kiosk_id, &sequence))
    {
      g_autofree char *number = kouan_receipt_number (kiosk_id, sequence);

      g_assert (kouan_receipt_number_parse (number, &kiosk_again, &sequence_again));
      g_assert (kiosk_id == kiosk_again && sequence == sequence_again);
    }
  return 0;
}
