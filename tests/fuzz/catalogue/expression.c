/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/expression.h"

/* Any text as a condition; what parses has to have a value, whatever the names stand for. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* a is a truth, b a number, c a text, d a date, and so on around; e and later are not known. */
static gboolean
find_symbol (const char *name, KouanSymbol *symbol, gpointer data G_GNUC_UNUSED)
{
  symbol->type = (KouanType)((name[0] - 'a') % 4);
  symbol->country = name[1] == 'c';
  return TRUE;
}

static KouanValue
find_value (const char *name, gpointer data)
{
  KouanValue value = { .type = (KouanType)((name[0] - 'a') % 4) };

  value.known = name[0] < 'e';
  value.any = name[0] > 's';
  value.truth = GPOINTER_TO_INT (data);
  value.number = name[1];
  value.text = name;
  g_date_clear (&value.date, 1);
  g_date_set_dmy (&value.date, 28, 2, name[1] == '\0' ? 2024 : 4 * (guint8)name[1]);
  return value;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *)data : "", size);

  for (KouanType type = KOUAN_TYPE_TRUTH; type <= KOUAN_TYPE_SPAN; type++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanExpression) expression
        = kouan_expression_parse (text, type, find_symbol, NULL, &error);

      g_assert_true ((expression == NULL) == (error != NULL));
      for (int truth = 0; expression != NULL && truth < 2; truth++)
        g_assert_cmpint (
          kouan_expression_evaluate (expression, NULL, find_value, GINT_TO_POINTER (truth)).type,
          ==, type);
    }
  return 0;
}
