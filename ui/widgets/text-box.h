/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

/* What may be typed. */
typedef enum
{
  KOUAN_TEXT_ANY,     /* every printable character */
  KOUAN_TEXT_NAME,    /* letters, space, - ' . */
  KOUAN_TEXT_ADDRESS, /* letters, digits, space and the signs of an address */
  KOUAN_TEXT_NUMBER,  /* of a document: A to Z and digits, in capitals */
  KOUAN_TEXT_DIGITS,
  KOUAN_TEXT_PHONE,   /* digits, + and space */
  KOUAN_TEXT_EMAIL,
} KouanTextKind;

/* The box of a field: text and a caret. Signals: "changed"; "focused". */
#define KOUAN_TYPE_TEXT_BOX (kouan_text_box_get_type ())
G_DECLARE_FINAL_TYPE (KouanTextBox, kouan_text_box, KOUAN, TEXT_BOX, GtkWidget)

GtkWidget *kouan_text_box_new (KouanTextKind kind, guint chars_max);
const char *kouan_text_box_get_text (KouanTextBox *self);
void kouan_text_box_set_text (KouanTextBox *self, const char *text);
guint kouan_text_box_get_length (KouanTextBox *self);
guint kouan_text_box_get_chars_max (KouanTextBox *self);
void kouan_text_box_set_masked (KouanTextBox *self, gboolean masked);

G_END_DECLS
