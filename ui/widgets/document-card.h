/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_DOCUMENT_NEEDED,
  KOUAN_DOCUMENT_OPTIONAL,
  KOUAN_DOCUMENT_KEPT,  /* with a number of pages */
  KOUAN_DOCUMENT_LATER, /* the person brings it another time */
  KOUAN_DOCUMENT_PROBLEM,
} KouanDocumentState;

/* One paper of the checklist. Signal: "action". */
#define KOUAN_TYPE_DOCUMENT_CARD (kouan_document_card_get_type ())
G_DECLARE_FINAL_TYPE (KouanDocumentCard, kouan_document_card, KOUAN, DOCUMENT_CARD, GtkWidget)

GtkWidget *kouan_document_card_new (const char *title, const char *hint);
void kouan_document_card_set_state (KouanDocumentCard *self, KouanDocumentState state, guint pages);
void kouan_document_card_set_problem (KouanDocumentCard *self, const char *problem);
void kouan_document_card_set_action (KouanDocumentCard *self, const char *label);
KouanDocumentState kouan_document_card_get_state (KouanDocumentCard *self);
GtkWidget *kouan_document_card_get_action_button (KouanDocumentCard *self);

G_END_DECLS
