/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/bind.h"

#include <string.h>

/* Ties a code to a document without saying which. Document numbers are few (about 10^9), so that
 * any hash that could be computed from the code alone could be searched; it takes the hall's key,
 * which issuers and kiosks hold. */

#define NUMBER_LENGTH_MAX 64
#define BIRTH_LENGTH 6

/* A number as its holder types it, with spaces, hyphens or fillers, and as the machine readable
 * zone prints it, come to the same. Returns its length; 0 if nothing is left or it is too long. */
static gsize
normalize (const char *number, guint8 out[static NUMBER_LENGTH_MAX])
{
  gsize length = 0;

  for (; *number != '\0'; number++)
    {
      if (!g_ascii_isalnum (*number))
        continue;
      if (length == NUMBER_LENGTH_MAX)
        return 0;
      out[length++] = (guint8)g_ascii_toupper (*number);
    }
  return length;
}

/* YYMMDD. ICAO 9303-3 §4.8 leaves what is not known of it as fillers. */
static gboolean
is_birth_date (const char *date)
{
  return strlen (date) == BIRTH_LENGTH && strspn (date, "0123456789<") == BIRTH_LENGTH;
}

/**
 * kouan_bind_compute:
 * @document_number: letters and digits count, in any case; all else is left out
 * @birth_date: YYMMDD, as in the machine readable zone
 * @bind: (out): the first 10 bytes of HMAC-SHA256 (@hall_key, number || 0x00 || date)
 *
 * Returns: FALSE if there is no such number or date
 */
gboolean
kouan_bind_compute (KouanSecret *hall_key,
                    const char *document_number,
                    const char *birth_date,
                    guint8 bind[static KOUAN_BIND_SIZE])
{
  guint8 message[NUMBER_LENGTH_MAX + 1 + BIRTH_LENGTH];
  guint8 tag[KOUAN_SHA256_SIZE];
  gsize length = normalize (document_number, message);

  if (length == 0 || !is_birth_date (birth_date))
    return FALSE;
  message[length++] = 0;
  memcpy (message + length, birth_date, BIRTH_LENGTH);
  kouan_hmac_sha256 (hall_key, message, length + BIRTH_LENGTH, tag);
  memcpy (bind, tag, KOUAN_BIND_SIZE);
  kouan_wipe (message, sizeof message);
  return TRUE;
}
