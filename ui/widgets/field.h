/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/text-box.h"

G_BEGIN_DECLS

/* A question that is answered by typing: label, hint, box, and what is wrong with the answer.
 *
 * Signals: "changed"; "focused" (KouanKeyTarget *target): the keyboard should type here. */
#define KOUAN_TYPE_FIELD (kouan_field_get_type ())
G_DECLARE_FINAL_TYPE (KouanField, kouan_field, KOUAN, FIELD, GtkWidget)

GtkWidget *kouan_field_problem_new (GtkWidget **text);
GtkWidget *kouan_field_new (const char *label, KouanTextKind kind, guint chars_max);
/* Where the page's heading asks the same, the label is for screen readers alone. */
void kouan_field_hide_label (KouanField *self);
void kouan_field_set_hint (KouanField *self, const char *hint);
void kouan_field_set_problem (KouanField *self, const char *problem);
void kouan_field_set_masked (KouanField *self, gboolean masked);
const char *kouan_field_get_text (KouanField *self);
void kouan_field_set_text (KouanField *self, const char *text);
KouanKeyTarget *kouan_field_get_target (KouanField *self);

G_END_DECLS
