/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Chinese characters for what is spelled in Latin letters. Learns nothing and writes nothing. */
typedef struct _KouanPinyin KouanPinyin;

typedef struct
{
  char *text;
  guint spelled; /* letters of the spelling that it stands for */
} KouanPinyinCandidate;

KouanPinyin *kouan_pinyin_new (gboolean traditional) G_GNUC_WARN_UNUSED_RESULT;
void kouan_pinyin_free (KouanPinyin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPinyin, kouan_pinyin_free)

GPtrArray *kouan_pinyin_guess (KouanPinyin *self, const char *spelling, guint count_max);

G_END_DECLS
