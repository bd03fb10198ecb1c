/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside this folder only: the transliteration tables of 9303-3 §6. */
const char *kouan_mrz_letters_find (gunichar upper, const char *language, gboolean initial);

G_END_DECLS
