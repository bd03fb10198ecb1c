/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a travel document says, for its holder to confirm, and three lines on what was checked. */
GtkWidget *kouan_identity_summary_new (const KouanMrz *mrz, KouanChecks *checks, GtkWidget *action);

G_END_DECLS
