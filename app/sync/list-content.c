/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/list-content.h"

#include "app/appointment/listed.h"
#include "app/staff/roster.h"
#include "app/sync/http.h"
#include "app/trust/trust-list.h"

#include <string.h>

/* What each kind of list has to look like. The hub asks before it signs one and the kiosk before it
 * puts one in place, so that both mean the same. */

/* Returns: (transfer full): without the spaces around each */
static char **
read_lines (GBytes *content)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  char **lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  return lines;
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE, "a line of it is not %s", what);
  return FALSE;
}

/**
 * kouan_list_read_codes:
 * @content: of a list of revoked codes
 *
 * Returns: (transfer full) (element-type GBytes): 16 bytes each; NULL with an error if a line is no
 * code's id
 */
GPtrArray *
kouan_list_read_codes (GBytes *content, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto (GStrv) lines = read_lines (content);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint8 code[KOUAN_LIST_CODE_SIZE];

      if (*lines[i] == '\0')
        continue;
      if (!kouan_listed_id_parse (lines[i], code))
        {
          refuse ("the id of a code", error);
          return NULL;
        }
      g_ptr_array_add (codes, g_bytes_new (code, sizeof code));
    }
  return g_steal_pointer (&codes);
}

static gboolean
check_appointments (GBytes *content, GError **error)
{
  g_auto (GStrv) lines = read_lines (content);
  KouanListedAppointment listed;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !kouan_listed_appointment_parse (lines[i], &listed))
      return refuse ("an appointment", error);
  return TRUE;
}

/* A roster that nobody could get in by must not take the place of one that works. */
static gboolean
check_roster (GBytes *content, GError **error)
{
  g_autoptr (KouanRoster) roster
    = kouan_roster_parse (g_bytes_get_data (content, NULL), g_bytes_get_size (content), error);

  return roster != NULL;
}

static gboolean
check_trust (GBytes *content, GError **error)
{
  g_autoptr (KouanTrustList) list = kouan_trust_list_decode (content, error);

  return list != NULL;
}

static gboolean
check_revoked (GBytes *content, GError **error)
{
  g_autoptr (GPtrArray) codes = kouan_list_read_codes (content, error);

  return codes != NULL;
}

/**
 * kouan_list_check_content:
 *
 * Returns: whether a kiosk would take it; FALSE with an error of whoever reads that kind
 */
gboolean
kouan_list_check_content (KouanListKind kind, GBytes *content, GError **error)
{
  switch (kind)
    {
    case KOUAN_LIST_APPOINTMENTS:
      return check_appointments (content, error);
    case KOUAN_LIST_REVOKED:
      return check_revoked (content, error);
    case KOUAN_LIST_TRUST:
      return check_trust (content, error);
    case KOUAN_LIST_ROSTER:
    default:
      return check_roster (content, error);
    }
}
