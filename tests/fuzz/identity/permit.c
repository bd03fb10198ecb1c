/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/cn-permit.h"

#include <string.h>

/* One or three lines of any bytes. What is read of them fits where it is put, and whatever the
 * check digits say, they say it of the lines as they were. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_permit (const KouanCnPermit *permit)
{
  g_assert_cmpuint (strlen (permit->number), <, sizeof permit->number);
  g_assert_cmpuint (strlen (permit->name), <, sizeof permit->name);
  g_assert_cmpuint (strlen (permit->region_id), <, sizeof permit->region_id);
  g_assert_null (strchr (permit->number, '<'));
  g_assert_null (strstr (permit->name, "  "));
  g_assert_true (permit->kind == KOUAN_CN_PERMIT_RETURN || permit->name[0] == '\0');
  g_assert_true (permit->birth.month <= 12 && permit->birth.day <= 31);
  g_assert_true (permit->expiry.month <= 12 && permit->expiry.day <= 31);
}

static void
drop_empty (GStrv lines)
{
  guint kept = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '\0')
      g_free (lines[i]);
    else
      lines[kept++] = lines[i];
  lines[kept] = NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *)data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 5);
  KouanCnPermit permit;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  drop_empty (lines); /* a text file ends with a line feed */
  if (kouan_cn_permit_parse ((const char *const *)lines, &today, &permit))
    check_permit (&permit);
  return 0;
}
