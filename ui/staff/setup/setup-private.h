/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/setup/setup-view.h"
#include "ui/widgets/field.h"

G_BEGIN_DECLS

/* Shared by the files of the assistant, and by nobody else: what each step shows. */
typedef void (*KouanSetupFunc) (KouanSetupView *self);

GtkWidget *kouan_setup_part_findings (GPtrArray *findings);
GtkWidget *kouan_setup_part_profiles (KouanStation *station);
GtkWidget *kouan_setup_part_device (const char *key, KouanStation *station); /* (nullable) */
const char *const *kouan_setup_device_keys (void);
const char *kouan_setup_device_hint (const char *key);

G_END_DECLS
