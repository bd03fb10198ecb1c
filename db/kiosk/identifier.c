/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/kiosk/identifier.h"

/* The audit log names its objects as everybody else does. The layer below app/ cannot borrow app/'s
 * function. */
char *
kouan_identifier_to_string (const guint8 id[static 16])
{
  GString *text = g_string_sized_new (36);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", id[i]);
  return g_string_free (text, FALSE);
}
