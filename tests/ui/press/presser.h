/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Presses the widgets of a window through the X server and looks when they look another way. */
typedef struct _KouanPresser KouanPresser;

KouanPresser *kouan_presser_new (GtkWindow *window);
void kouan_presser_free (KouanPresser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPresser, kouan_presser_free)

GPtrArray *kouan_presser_targets (KouanPresser *self);
double kouan_presser_press (KouanPresser *self, GtkWidget *target);

G_END_DECLS
