/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/catalogue/sample.h"

#include "tests/testlib/fixture.h"

#include <string.h>

char *
sample_text (const char *from, const char *to)
{
  g_autofree char *path = kouan_test_data ("catalogue/sample.json");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) changed = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_string_new (text);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

KouanService *
sample_service (void)
{
  g_autofree char *text = sample_text (NULL, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  KouanService *service = kouan_read_service ("sample.json", text, strlen (text), NULL, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s: %s", ((KouanFault *)faults->pdata[i])->path,
                    ((KouanFault *)faults->pdata[i])->what);
  g_assert_nonnull (service);
  g_assert_cmpuint (faults->len, ==, 0);
  return service;
}

void
sample_context (KouanContext *context)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 3, 5, 2026);
  kouan_context_init (context, &today);
}
