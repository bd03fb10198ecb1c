/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/utterance.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader, and the kiosk's own voice, say for a widget where it is not the text that
 * the widget shows. GTK takes these and does not give them back, so they are kept beside it. */
void kouan_accessible_set_name (GtkWidget *widget, const char *name);
void kouan_accessible_set_description (GtkWidget *widget, const char *description);
const char *kouan_accessible_get_name (GtkWidget *widget);
const char *kouan_accessible_get_description (GtkWidget *widget);

/* For the kiosk's own voice. */
void kouan_accessible_set_private (GtkWidget *widget); /* said only where nobody else hears it */
gboolean kouan_accessible_is_private (GtkWidget *widget);
void kouan_accessible_set_language (GtkWidget *widget, const char *code); /* BCP 47 */
const char *kouan_accessible_get_language (GtkWidget *widget);
void kouan_accessible_set_words (GtkWidget *widget,
                                 KouanUtterance *words); /* in several languages */
KouanUtterance *kouan_accessible_get_words (GtkWidget *widget);
void kouan_accessible_set_together (GtkWidget *widget); /* its texts are one thing that is said */
gboolean kouan_accessible_is_together (GtkWidget *widget);
void kouan_accessible_set_silent (GtkWidget *widget); /* it and all below it is passed over */
gboolean kouan_accessible_is_silent (GtkWidget *widget);

G_END_DECLS
