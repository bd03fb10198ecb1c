/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* Kinds of papers that a hall sees, drawn at @dpi; another @seed has other words on it. */
typedef enum
{
  KOUAN_TEST_LETTER,   /* Latin print */
  KOUAN_TEST_CHINESE,  /* Chinese print */
  KOUAN_TEST_FORM,     /* a table, a red seal, a signature */
  KOUAN_TEST_DIPLOMA,  /* a coloured frame, large print */
  KOUAN_TEST_PASSPORT, /* a data page: tinted, with a portrait and two lines of OCR B; 125 mm wide
                        */
  KOUAN_TEST_CARD_ON_PAGE, /* both sides of a card, copied onto one sheet */
} KouanTestPaper;
#define KOUAN_TEST_PAPERS 6

KouanPage *kouan_test_paper (KouanTestPaper kind, guint seed, guint dpi);
KouanPage *kouan_test_paper_any (guint seed, guint dpi);
KouanPage *kouan_test_gray (KouanPage *page);

G_END_DECLS
