/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_KEYBOARD_TEXT,   /* letters, digits, the signs of an address */
  KOUAN_KEYBOARD_MRZ,    /* A to Z, 0 to 9, <, and "fill the line" */
  KOUAN_KEYBOARD_DIGITS, /* a numeric pad; also for dates */
} KouanKeyboardMode;

/* The keyboard inside the window. It types into its target and learns nothing. */
#define KOUAN_TYPE_KEYBOARD (kouan_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (KouanKeyboard, kouan_keyboard, KOUAN, KEYBOARD, GtkWidget)

GtkWidget *kouan_keyboard_new (KouanKeyboardMode mode);
void kouan_keyboard_set_mode (KouanKeyboard *self, KouanKeyboardMode mode);
void kouan_keyboard_set_target (KouanKeyboard *self, KouanKeyTarget *target);
void kouan_keyboard_set_compact (KouanKeyboard *self, gboolean compact);
GPtrArray *kouan_keyboard_get_row (KouanKeyboard *self, guint row);
const char *kouan_keyboard_get_language (KouanKeyboard *self);
GtkWidget *kouan_keyboard_get_key (KouanKeyboard *self, const char *key);

G_END_DECLS
