/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Writes @folder/index.html, which shows every picture below @folder, a page of the kiosk after the
 * other: what a person leafs through. */
void kouan_test_sheet_write (const char *folder);

/* Returns: how many pixels of @picture are not those of the file @path; all of them where the sizes
 * differ; -1 where there is no such file */
int kouan_test_picture_differs (GdkTexture *picture, const char *path);

G_END_DECLS
