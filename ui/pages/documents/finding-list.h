/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/quality.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is wrong with a page: each finding with its drawing, its sentence and what to do. */
GtkWidget *kouan_finding_list_new (KouanFindings findings);

G_END_DECLS
