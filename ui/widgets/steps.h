/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "3 of 7 · Documents" over thin segments. */
#define KOUAN_TYPE_STEPS (kouan_steps_get_type ())
G_DECLARE_FINAL_TYPE (KouanSteps, kouan_steps, KOUAN, STEPS, GtkWidget)

GtkWidget *kouan_steps_new (void);
void kouan_steps_set (KouanSteps *self, guint step, guint count, const char *name);

G_END_DECLS
