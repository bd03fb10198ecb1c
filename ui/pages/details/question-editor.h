/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One question of the catalogue, to be answered: cards, a date or a text, with what it is typed
 * with.
 *
 * Signal: "changed" */
#define KOUAN_TYPE_QUESTION_EDITOR (kouan_question_editor_get_type ())
G_DECLARE_FINAL_TYPE (KouanQuestionEditor, kouan_question_editor, KOUAN, QUESTION_EDITOR, GtkWidget)

GtkWidget *kouan_question_editor_new (KouanQuestion *question, const char *value);
const char *kouan_question_editor_get_value (KouanQuestionEditor *self);
GtkWidget *kouan_question_editor_get_keyboard (KouanQuestionEditor *self);
void kouan_question_editor_set_problem (KouanQuestionEditor *self, const char *problem);

G_END_DECLS
