/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

/* A date as day, month and year, each in its own box under its own word.
 *
 * Signals: "changed"; "focused" (KouanKeyTarget *target). */
#define KOUAN_TYPE_DATE_FIELD (kouan_date_field_get_type ())
G_DECLARE_FINAL_TYPE (KouanDateField, kouan_date_field, KOUAN, DATE_FIELD, GtkWidget)

GtkWidget *kouan_date_field_new (const char *label);
/* Where the page's heading asks the same, the label is for screen readers alone. */
void kouan_date_field_hide_label (KouanDateField *self);
void kouan_date_field_set_hint (KouanDateField *self, const char *hint);
void kouan_date_field_set_problem (KouanDateField *self, const char *problem);
gboolean kouan_date_field_is_empty (KouanDateField *self);
gboolean kouan_date_field_get_date (KouanDateField *self, int *year, int *month, int *day);
void kouan_date_field_set_date (KouanDateField *self, int year, int month, int day);
KouanKeyTarget *kouan_date_field_get_target (KouanDateField *self);

G_END_DECLS
