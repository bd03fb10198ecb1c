/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/halves.h"
#include "tests/testlib/papers.h"

static KouanPage *
nth (GPtrArray *halves, guint index)
{
  return g_ptr_array_index (halves, index);
}

static void
test_halves (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (3201, 2400);
  g_autoptr (GPtrArray) halves = kouan_page_halves (page);

  g_assert_cmpuint (halves->len, ==, 3);
  g_assert_true (nth (halves, 0) == page);
  g_assert_cmpuint (nth (halves, 1)->width, ==, 1600);
  g_assert_cmpuint (nth (halves, 1)->height, ==, 1200);
  g_assert_cmpuint (nth (halves, 2)->width, ==, 800);
  kouan_test_assert_quarters (nth (halves, 2), 2);
}

static void
test_small (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (1599, 300);
  g_autoptr (GPtrArray) halves = kouan_page_halves (page);

  g_assert_cmpuint (halves->len, ==, 1);
}

/* As high as a hair: nothing is left of it. */
static void
test_flat (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (4000, 2);
  g_autoptr (GPtrArray) halves = kouan_page_halves (page);

  g_assert_cmpuint (halves->len, ==, 2);
  g_assert_cmpuint (nth (halves, 1)->height, ==, 1);
}

static void
on_ready (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
test_cancelled (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (3200, 2400);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  kouan_page_halves_async (page, cancellable, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kouan_page_halves_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/halves/halves", test_halves);
  g_test_add_func ("/documents/halves/small", test_small);
  g_test_add_func ("/documents/halves/flat", test_flat);
  g_test_add_func ("/documents/halves/cancelled", test_cancelled);
  return g_test_run ();
}
