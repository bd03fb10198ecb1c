/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/listed.h"

#include <string.h>

/* The list has one appointment a line: the code's id in hex, service, not before and expiry in
 * seconds since 1970. A code that is not in it is as good as its signature says, since it may have
 * been issued after the list; one that is in it counts by what the list says of its hall and time,
 * since an issuer who moves an appointment need not send a new code. */

#define WORDS 4
#define LINE_SIZE_MAX 128

/* @text: 32 digits */
gboolean
kouan_listed_id_parse (const char *text, guint8 id[static KOUAN_UUID_SIZE])
{
  if (strlen (text) != 2 * KOUAN_UUID_SIZE)
    return FALSE;
  for (guint i = 0; i < KOUAN_UUID_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      id[i] = (guint8)(high * 16 + low);
    }
  return TRUE;
}

gboolean
kouan_listed_appointment_parse (const char *line, KouanListedAppointment *listed)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint64 service, from, until;

  if (g_strv_length (words) != WORDS || !kouan_listed_id_parse (words[0], listed->id)
      || !g_ascii_string_to_unsigned (words[1], 10, 1, KOUAN_CODE_NUMBER_MAX, &service, NULL)
      || !g_ascii_string_to_unsigned (words[2], 10, 0, G_MAXINT64, &from, NULL)
      || !g_ascii_string_to_unsigned (words[3], 10, from, G_MAXINT64, &until, NULL))
    return FALSE;
  listed->service = (guint)service;
  listed->not_before_s = (gint64)from;
  listed->expires_s = (gint64)until;
  return TRUE;
}

/**
 * kouan_appointment_follow_list:
 * @content: of the list of @hall's appointments, its signature verified; anything
 * @hall: the one that the kiosk stands in
 *
 * The last line about a code counts. A list of ten thousand lines takes a few milliseconds.
 *
 * Returns: whether the appointment is in it
 */
gboolean
kouan_appointment_follow_list (KouanAppointment *self, GBytes *content, guint hall)
{
  gsize size;
  const char *at = g_bytes_get_data (content, &size);
  const char *end = at + size;
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && content != NULL, FALSE);

  while (at < end)
    {
      const char *stop = memchr (at, '\n', (gsize)(end - at));
      gsize length = (gsize)((stop != NULL ? stop : end) - at);
      g_autofree char *line = length < LINE_SIZE_MAX ? g_strndup (at, length) : NULL;
      KouanListedAppointment listed;

      at += length + 1;
      if (line == NULL || !kouan_listed_appointment_parse (g_strstrip (line), &listed)
          || memcmp (listed.id, kouan_appointment_get_id (self), sizeof listed.id) != 0)
        continue;
      kouan_appointment_move (self, hall, listed.not_before_s, listed.expires_s);
      found = TRUE;
    }
  return found;
}
