/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/setup.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first-run assistant: from a bare machine to a kiosk that serves. It shows the step that the
 * machine stands at, and goes on from there after a power cut.
 *
 * Signals: "live": the kiosk serves from now on; "typing" (KouanKeyTarget *): a keyboard should
 * type there. */
#define KOUAN_TYPE_SETUP_VIEW (kouan_setup_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanSetupView, kouan_setup_view, KOUAN, SETUP_VIEW, GtkWidget)

GtkWidget *kouan_setup_view_new (const char *folder,
                                 const char *stick, /* where one is mounted */
                                 const KouanDoctorPrograms *programs,
                                 KouanClock *clock);
KouanSetupStage kouan_setup_view_get_stage (KouanSetupView *self);

/* What its buttons do. */
void kouan_setup_view_request (KouanSetupView *self, const char *kiosk);
void kouan_setup_view_ask (KouanSetupView *self, const char *kiosk, const char *url);
void kouan_setup_view_install (KouanSetupView *self, const char *kiosk, const char *hub);
void kouan_setup_view_choose (KouanSetupView *self, const char *name, const char *value);
void kouan_setup_view_test (KouanSetupView *self);
void kouan_setup_view_go_live (KouanSetupView *self);
gboolean kouan_setup_view_is_tested (KouanSetupView *self);
const char *kouan_setup_view_get_said (KouanSetupView *self); /* (nullable): the notice's title */

G_END_DECLS
