/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-receipt"

#include "app/receipt/fonts.h"

/* Chinese, Japanese and Korean share characters and not their shapes. Left to itself fontconfig
 * takes the Japanese shapes for Chinese, so each script is given its face by name. */

#define FALLBACK ", Noto Sans CJK SC, Noto Sans Arabic, Noto Sans Devanagari"

static const struct
{
  const char *language;
  const char *families;
} fonts[] = {
  { "zh-Hant", "Noto Sans, Noto Sans CJK TC" FALLBACK },
  { "ja", "Noto Sans, Noto Sans CJK JP" FALLBACK },
  { "ko", "Noto Sans, Noto Sans CJK KR" FALLBACK },
  { "ar", "Noto Sans, Noto Sans Arabic" FALLBACK },
  { "hi", "Noto Sans, Noto Sans Devanagari" FALLBACK },
};

/* Returns: a list of families as Pango takes it; Latin letters and digits look the same in all of
 * them */
const char *
kouan_receipt_font_families (const KouanLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    if (g_str_equal (fonts[i].language, language->code))
      return fonts[i].families;
  return "Noto Sans" FALLBACK;
}
