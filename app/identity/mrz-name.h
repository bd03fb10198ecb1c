/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names in the zone: 9303-3 §4.6 and §6, and the truncation rules of parts 4 to 7. */
char *kouan_mrz_transliterate (const char *text, const char *language);
char *kouan_mrz_name_field (const char *primary, const char *secondary, guint width);
gboolean kouan_mrz_name_matches (const char *primary, const char *secondary, const char *field);

G_END_DECLS
