/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KOUAN_TEST_CONTRAST 7.0 /* WCAG 2.2, enhanced */

/* Each text below @root that stands whole in @picture, which shows the window of @root: it has a
 * contrast of KOUAN_TEST_CONTRAST to the ground that is drawn behind it, and nothing of it is cut
 * off. Fails the test otherwise, and says which. */
void kouan_test_check_texts (GtkWidget *root, GdkTexture *picture);

/* Returns: 1 to 21, as WCAG 2.2 computes it */
double kouan_test_contrast (const GdkRGBA *one, const GdkRGBA *other);

G_END_DECLS
