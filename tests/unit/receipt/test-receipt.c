/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/receipt/receipt.h"

#include <string.h>

static const KouanReceiptMissing missing[] = {
  { { "Accommodation registration form", "住宿登记表" },
    { "Get it at the police.", "到派出所办理。" } },
  { { "Health certificate", "健康证明" }, { "Go to the medical centre.", NULL } },
};

static const KouanReceiptText next[] = {
  { "You get a message within 15 days.", "15日内通知您。" },
  { "Bring your passport to counter 4.", NULL },
};

static KouanReceiptContent
content_in (const char *visitor, const char *hall)
{
  return (KouanReceiptContent){
    .visitor_language = kouan_language_find (visitor),
    .hall_language = kouan_language_find (hall),
    .hall_name = { "Binjiang Permit Hall", "滨江办证大厅" },
    .service = { "Work-type residence permit", "工作类居留证件" },
    .handed_in = { "24 November 2026, 09:41", "2026年11月24日 09:41" },
    .number = "K07-000123-4",
    .code = "KR1:6BFOXN%TS3DHC8OWQ0C1TTFN-VBU3GN8LJQS54DPS3WZE:FVLK6GA7F0%5/L",
    .created = "2026-11-24T09:41:00Z",
    .missing = missing,
    .n_missing = G_N_ELEMENTS (missing),
    .next = next,
    .n_next = G_N_ELEMENTS (next),
  };
}

static gboolean
contains (GBytes *pdf, const char *words)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);

  return memmem (bytes, length, words, strlen (words)) != NULL;
}

static double
height_of (const KouanReceiptContent *content)
{
  double height_mm = 0;
  g_autoptr (GBytes) pdf = kouan_receipt_render_pdf (content, &height_mm);

  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
  return height_mm;
}

static void
test_page_is_as_high_as_said (void)
{
  KouanReceiptContent content = content_in ("en", "zh-Hans");
  double height_mm = 0;
  g_autoptr (GBytes) pdf = kouan_receipt_render_pdf (&content, &height_mm);
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  const char *box = memmem (bytes, length, "/MediaBox [ 0 0 ", 16);
  double width;
  double height;
  char *rest;

  g_assert_nonnull (box);
  width = g_ascii_strtod (box + 16, &rest);
  height = g_ascii_strtod (rest, NULL);
  g_assert_cmpfloat_with_epsilon (width / 72 * 25.4, KOUAN_RECEIPT_WIDTH_MM, 0.01);
  g_assert_cmpfloat_with_epsilon (height / 72 * 25.4, height_mm, 0.01);
  g_assert_true (contains (pdf, "/Count 1"));
}

static void
test_same_bytes_each_time (void)
{
  KouanReceiptContent content = content_in ("en", "zh-Hans");
  double height_mm;
  g_autoptr (GBytes) once = kouan_receipt_render_pdf (&content, &height_mm);
  g_autoptr (GBytes) again = kouan_receipt_render_pdf (&content, &height_mm);

  g_assert_true (g_bytes_equal (once, again));
}

static void
test_each_missing_paper_takes_room (void)
{
  KouanReceiptContent content = content_in ("en", "zh-Hans");
  double two = height_of (&content);
  double one;
  double none;

  content.n_missing = 1;
  one = height_of (&content);
  content.n_missing = 0;
  none = height_of (&content);
  g_assert_cmpfloat (two, >, one + 5);
  g_assert_cmpfloat (one, >, none + 5);
}

static void
test_one_language_is_shorter (void)
{
  KouanReceiptContent both = content_in ("en", "zh-Hans");
  KouanReceiptContent one = content_in ("en", "en");

  g_assert_cmpfloat (height_of (&both), >, height_of (&one) + 15);
}

/* The faces are chosen by name: Chinese is not set in Japanese shapes. */
static void
test_fonts_of_the_script (void)
{
  static const struct
  {
    const char *hall;
    const char *font;
  } cases[] = {
    { "zh-Hans", "NotoSansCJKsc" },
    { "zh-Hant", "NotoSansCJKtc" },
    { "ja", "NotoSansCJKjp" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KouanReceiptContent content = content_in ("en", cases[i].hall);
      double height_mm;
      g_autoptr (GBytes) pdf = kouan_receipt_render_pdf (&content, &height_mm);

      g_assert_true (contains (pdf, "NotoSans-"));
      for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
        g_assert_cmpint (contains (pdf, cases[j].font), ==, i == j);
    }
}

static void
test_right_to_left (void)
{
  KouanReceiptContent content = content_in ("ar", "zh-Hans");
  double height_mm;
  g_autoptr (GBytes) pdf = NULL;

  content.service.visitor = "تصريح إقامة للعمل";
  pdf = kouan_receipt_render_pdf (&content, &height_mm);
  g_assert_true (contains (pdf, "NotoSansArabic"));
}

/* A code that does not fit is no reason to give a person no receipt. */
static void
test_code_too_long (void)
{
  KouanReceiptContent content = content_in ("en", "zh-Hans");
  g_autofree char *code = g_strnfill (5000, 'a');
  double with_code = height_of (&content);

  content.code = code;
  g_assert_cmpfloat (height_of (&content), <, with_code - 30);
}

static void
test_a_long_list (void)
{
  KouanReceiptContent content = content_in ("en", "zh-Hans");
  KouanReceiptMissing many[100];

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = missing[i % G_N_ELEMENTS (missing)];
  content.missing = many;
  content.n_missing = G_N_ELEMENTS (many);
  g_assert_cmpfloat (height_of (&content), >, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt/height", test_page_is_as_high_as_said);
  g_test_add_func ("/receipt/same-bytes", test_same_bytes_each_time);
  g_test_add_func ("/receipt/missing", test_each_missing_paper_takes_room);
  g_test_add_func ("/receipt/one-language", test_one_language_is_shorter);
  g_test_add_func ("/receipt/fonts", test_fonts_of_the_script);
  g_test_add_func ("/receipt/right-to-left", test_right_to_left);
  g_test_add_func ("/receipt/code-too-long", test_code_too_long);
  g_test_add_func ("/receipt/long-list", test_a_long_list);
  return g_test_run ();
}
