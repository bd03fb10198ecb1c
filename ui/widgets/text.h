/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Labels in the type of the style sheet. All wrap, none can be selected. */
GtkWidget *kouan_heading_new (const char *text); /* 56: the question of the page */
GtkWidget *kouan_subheading_new (const char *text); /* 40: a part of a page */
GtkWidget *kouan_text_new (const char *text); /* 32 */
GtkWidget *kouan_answer_new (const char *text);
GtkWidget *kouan_small_new (const char *text); /* 26 */
GtkWidget *kouan_item_new (const char *mark, const char *text); /* one of a list, with its mark before it */

G_END_DECLS
