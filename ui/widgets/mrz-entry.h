/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/mrz-lines.h"

G_BEGIN_DECLS

/* The lines at the bottom of a passport, typed into cells, one a character.
 *
 * Signals: "changed"; "complete": the last cell of the last line has been filled. */
#define KOUAN_TYPE_MRZ_ENTRY (kouan_mrz_entry_get_type ())
G_DECLARE_FINAL_TYPE (KouanMrzEntry, kouan_mrz_entry, KOUAN, MRZ_ENTRY, GtkWidget)

GtkWidget *kouan_mrz_entry_new (guint lines, guint columns);
void kouan_mrz_entry_set_format (KouanMrzEntry *self, guint lines, guint columns);
guint kouan_mrz_entry_get_line_count (KouanMrzEntry *self);
const char *kouan_mrz_entry_get_line (KouanMrzEntry *self, guint line);
void kouan_mrz_entry_set_line (KouanMrzEntry *self, guint line, const char *text);
gboolean kouan_mrz_entry_is_complete (KouanMrzEntry *self);
void kouan_mrz_entry_clear_problems (KouanMrzEntry *self);
void kouan_mrz_entry_add_problem (KouanMrzEntry *self, guint line, guint start, guint length);
void kouan_mrz_entry_set_caret (KouanMrzEntry *self, guint line, guint position);

void kouan_mrz_entry_set_fill (KouanMrzEntry *self, KouanMrzFill fill, gpointer data);

G_END_DECLS
