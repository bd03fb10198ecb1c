/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

#define KOUAN_MRZ_LINES_MAX 3
#define KOUAN_MRZ_COLUMNS_MAX 44

/* What "fill the line" writes; see kouan_mrz_fill(). Returns (transfer full). */
typedef char *(*KouanMrzFill) (guint line, const char *text, gpointer data);

/* What is typed of a machine readable zone, and where the caret is. */
typedef struct _KouanMrzLines KouanMrzLines;

KouanMrzLines *kouan_mrz_lines_new (guint lines, guint columns);
void kouan_mrz_lines_free (KouanMrzLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMrzLines, kouan_mrz_lines_free)

void kouan_mrz_lines_set_format (KouanMrzLines *self, guint lines, guint columns);
void kouan_mrz_lines_set_fill (KouanMrzLines *self, KouanMrzFill fill, gpointer data);
guint kouan_mrz_lines_get_count (const KouanMrzLines *self);
guint kouan_mrz_lines_get_columns (const KouanMrzLines *self);
const char *kouan_mrz_lines_get_line (const KouanMrzLines *self, guint line);
guint kouan_mrz_lines_get_length (const KouanMrzLines *self, guint line);
void kouan_mrz_lines_set_line (KouanMrzLines *self, guint line, const char *text);
gboolean kouan_mrz_lines_is_complete (const KouanMrzLines *self);

guint kouan_mrz_lines_get_current (const KouanMrzLines *self);
guint kouan_mrz_lines_get_caret (const KouanMrzLines *self);
void kouan_mrz_lines_go_to (KouanMrzLines *self, guint line, guint position);

gboolean kouan_mrz_lines_insert (KouanMrzLines *self, const char *text);
gboolean kouan_mrz_lines_press (KouanMrzLines *self, KouanKey key, gboolean *changed);

G_END_DECLS
