/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/receipt-number.h"

#include <string.h>

/* The number on a receipt, for reading out and typing in: five digits for the kiosk, at least six
 * for the record, two that check the others by ISO 7064 MOD 97-10, as an IBAN's do. That finds
 * every wrong digit and every pair of neighbours in the wrong order. (MOD 37,36 with its single
 * letter misses some of the latter: 01 for 10 after one prefix in 36.) Digits alone, because a
 * person who reads it out may not know Latin letters, and a numeric pad is enough to type it.
 * Hyphens only help the eye: the digits say it all. */

#define KIOSK_DIGITS 5
#define SEQUENCE_DIGITS_MIN 6
#define SEQUENCE_DIGITS_MAX 12
#define CHECK_DIGITS 2
#define CHECK_MIN 2 /* 98 - remainder: 00, 01 and 99 would check as 97, 98 and 02 do */
#define CHECK_MAX 98
#define DIGITS_MIN (KIOSK_DIGITS + SEQUENCE_DIGITS_MIN + CHECK_DIGITS)
#define DIGITS_MAX (KIOSK_DIGITS + SEQUENCE_DIGITS_MAX + CHECK_DIGITS)
#define TEXT_MAX 64

static guint
remainder_of (const char *digits)
{
  guint remainder = 0;

  for (const char *c = digits; *c != '\0'; c++)
    remainder = (remainder * 10 + (guint)(*c - '0')) % 97;
  return remainder;
}

/**
 * kouan_receipt_number:
 * @kiosk_id: 1 to 65535
 * @sequence: 1 to KOUAN_RECEIPT_SEQUENCE_MAX
 *
 * Returns: (transfer full): "00007-000123-35"
 */
char *
kouan_receipt_number (guint kiosk_id, gint64 sequence)
{
  g_autofree char *digits = NULL;

  g_return_val_if_fail (kiosk_id >= 1 && kiosk_id <= G_MAXUINT16, NULL);
  g_return_val_if_fail (sequence >= 1 && sequence <= KOUAN_RECEIPT_SEQUENCE_MAX, NULL);

  digits = g_strdup_printf ("%05u%06" G_GINT64_FORMAT "00", kiosk_id, sequence);
  return g_strdup_printf ("%05u-%06" G_GINT64_FORMAT "-%02u", kiosk_id, sequence,
                          98 - remainder_of (digits));
}

/* Returns: FALSE for what is neither a digit nor a separator, and for too many digits */
static gboolean
collect_digits (const char *text, char digits[static DIGITS_MAX + 1])
{
  gsize count = 0;

  if (strnlen (text, TEXT_MAX + 1) > TEXT_MAX)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '-' || *c == ' ')
        continue;
      if (!g_ascii_isdigit (*c) || count == DIGITS_MAX)
        return FALSE;
      digits[count++] = *c;
    }
  digits[count] = '\0';
  return count >= DIGITS_MIN;
}

static gint64
number_of (const char *digits, gsize count)
{
  gint64 number = 0;

  for (gsize i = 0; i < count; i++)
    number = number * 10 + (digits[i] - '0');
  return number;
}

/**
 * kouan_receipt_number_parse:
 * @text: as a person wrote it; hyphens and spaces may stand anywhere or be left out
 * @kiosk_id: (out):
 * @sequence: (out):
 *
 * Returns: whether it is a receipt number, check digits included
 */
gboolean
kouan_receipt_number_parse (const char *text, guint *kiosk_id, gint64 *sequence)
{
  char digits[DIGITS_MAX + 1];
  gint64 check;
  gsize count;

  g_return_val_if_fail (text != NULL && kiosk_id != NULL && sequence != NULL, FALSE);

  if (!collect_digits (text, digits) || remainder_of (digits) != 1)
    return FALSE;
  count = strlen (digits) - KIOSK_DIGITS - CHECK_DIGITS;
  if (count > SEQUENCE_DIGITS_MIN && digits[KIOSK_DIGITS] == '0')
    return FALSE; /* one number, one way to write it */
  *kiosk_id = (guint)number_of (digits, KIOSK_DIGITS);
  *sequence = number_of (digits + KIOSK_DIGITS, count);
  check = number_of (digits + KIOSK_DIGITS + count, CHECK_DIGITS);
  return *kiosk_id >= 1 && *kiosk_id <= G_MAXUINT16 && *sequence >= 1 && check >= CHECK_MIN
         && check <= CHECK_MAX;
}
