/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is spelled, and the words that it may stand for. Signal "chosen" (guint): which of them. */
#define KOUAN_TYPE_CANDIDATE_BAR (kouan_candidate_bar_get_type ())
G_DECLARE_FINAL_TYPE (KouanCandidateBar, kouan_candidate_bar, KOUAN, CANDIDATE_BAR, GtkWidget)

GtkWidget *kouan_candidate_bar_new (void);
void kouan_candidate_bar_set (KouanCandidateBar *self, const char *spelling, GPtrArray *words);
void kouan_candidate_bar_set_compact (KouanCandidateBar *self, gboolean compact);
GPtrArray *kouan_candidate_bar_get_buttons (KouanCandidateBar *self);

G_END_DECLS
