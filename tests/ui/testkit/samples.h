/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pictures for the gallery, drawn when asked for: 3 bytes a pixel, rows without padding. */
GBytes *kouan_sample_page (int *width, int *height);
GBytes *kouan_sample_frame (int *width, int *height);

/* @count rows of @count modules that look like a code; no reader reads them. */
gboolean *kouan_sample_modules (guint count);

G_END_DECLS
