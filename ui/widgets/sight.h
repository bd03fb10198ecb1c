/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kouan_bring_into_sight (GtkAdjustment *adjustment, double start, double end);

G_END_DECLS
