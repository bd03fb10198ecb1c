/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Large cards of which one is chosen.
 *
 * Signal: "chosen" (const char *id), when a person presses a card. */
#define KOUAN_TYPE_CHOICE_LIST (kouan_choice_list_get_type ())
G_DECLARE_FINAL_TYPE (KouanChoiceList, kouan_choice_list, KOUAN, CHOICE_LIST, GtkWidget)

GtkWidget *kouan_choice_list_new (const char *name);
void kouan_choice_list_set_columns (KouanChoiceList *self, guint columns);
void kouan_choice_list_add (KouanChoiceList *self,
                            const char *id,
                            const char *icon,
                            const char *title,
                            const char *subtitle);
void kouan_choice_list_set_sensitive (KouanChoiceList *self, const char *id, gboolean sensitive);
void kouan_choice_list_select (KouanChoiceList *self, const char *id);
const char *kouan_choice_list_get_selected (KouanChoiceList *self);
GtkWidget *kouan_choice_list_get_card (KouanChoiceList *self, const char *id);

G_END_DECLS
