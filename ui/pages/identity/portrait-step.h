/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "changed": title and primary are others now; "done" (KouanPortrait, nullable): the one
 * to use, or none: the person goes on without. */
#define KOUAN_TYPE_PORTRAIT_STEP (kouan_portrait_step_get_type ())
G_DECLARE_FINAL_TYPE (KouanPortraitStep, kouan_portrait_step, KOUAN, PORTRAIT_STEP, GtkWidget)

GtkWidget *kouan_portrait_step_new (KouanKiosk *kiosk);
void kouan_portrait_step_start (KouanPortraitStep *self);
void kouan_portrait_step_stop (KouanPortraitStep *self);
void kouan_portrait_step_primary (KouanPortraitStep *self);
gboolean kouan_portrait_step_back (KouanPortraitStep *self);

const char *kouan_portrait_step_get_title (KouanPortraitStep *self);   /* to be translated */
const char *kouan_portrait_step_get_primary (KouanPortraitStep *self); /* translated */
gboolean kouan_portrait_step_is_wide (KouanPortraitStep *self);
const char *kouan_portrait_step_get_consent (KouanPortraitStep *self);

G_END_DECLS
