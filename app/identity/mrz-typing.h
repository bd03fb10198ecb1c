/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* For a screen on which a person types the lines. */
typedef enum
{
  KOUAN_MRZ_LETTERS = 1 << 0,
  KOUAN_MRZ_DIGITS = 1 << 1,
  KOUAN_MRZ_FILLER = 1 << 2,
} KouanMrzAlphabet;

guint kouan_mrz_line_count (KouanMrzFormat format);
guint kouan_mrz_line_length (KouanMrzFormat format);
KouanMrzField kouan_mrz_field_at (KouanMrzFormat format, guint line, guint position);
KouanMrzAlphabet kouan_mrz_alphabet_at (KouanMrzFormat format, guint line, guint position);
guint kouan_mrz_guess (
  const char *const *lines); /* a bit for each format that what is typed may still become */
char *kouan_mrz_normalise (const char *text);
char *kouan_mrz_fill (KouanMrzFormat format, guint line, const char *text);
GArray *kouan_mrz_check_typed (KouanMrzFormat format, const char *const *lines);

G_END_DECLS
