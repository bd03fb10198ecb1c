/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assets/demo/sheet.h"

G_BEGIN_DECLS

#define KOUAN_A4_WIDTH_MM 210.0
#define KOUAN_A4_HEIGHT_MM 297.0

/* One page of an official paper: a head, a table, some words, a stamp. */
typedef struct
{
  const char *issuer_zh;
  const char *issuer_en;
  const char *title_zh;
  const char *title_en;
  char *reference;
  GPtrArray *rows;  /* of char *, three a row: Chinese, English, value */
  GPtrArray *words; /* of char *: paragraphs */
  char *date;
  const char *seal;
  gboolean is_signed;
} KouanPaper;

KouanPaper *kouan_paper_new (const char *issuer_zh,
                             const char *issuer_en,
                             const char *title_zh,
                             const char *title_en);
void kouan_paper_free (KouanPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPaper, kouan_paper_free)

void kouan_paper_add_row (KouanPaper *self, const char *zh, const char *en, const char *value);
void kouan_paper_add_words (KouanPaper *self, const char *words);

/* @data: a KouanPaper */
void kouan_paper_draw (KouanSheet *sheet, gconstpointer data);

G_END_DECLS
