/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be read out of the text that a paper carries. Any text is taken: it was written by
 * whoever made the file. */
GArray *kouan_text_dates (const char *text) G_GNUC_WARN_UNUSED_RESULT; /* of GDate */
char *kouan_text_plain (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_text_has_name (const char *plain, const char *name);
char *kouan_text_passport_number (const char *text) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */

G_END_DECLS
