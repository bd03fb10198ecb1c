/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_KEYBOARD_TEXT,   /* the writing of the language, and Latin letters beside it */
  KOUAN_KEYBOARD_LATIN,  /* where only these are wanted */
  KOUAN_KEYBOARD_MRZ,    /* A to Z, digits and <, for the lines of a passport */
  KOUAN_KEYBOARD_DIGITS, /* a pad, for numbers and dates */
  KOUAN_KEYBOARD_PHONE,  /* the same with + */
} KouanKeyboardMode;

/* The keyboard on the screen. Types into a KouanKeyTarget; the focus stays there. */
#define KOUAN_TYPE_KEYBOARD (kouan_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (KouanKeyboard, kouan_keyboard, KOUAN, KEYBOARD, GtkWidget)

GtkWidget *kouan_keyboard_new (KouanKeyboardMode mode);
void kouan_keyboard_set_mode (KouanKeyboard *self, KouanKeyboardMode mode);
void kouan_keyboard_set_target (KouanKeyboard *self, KouanKeyTarget *target);
void kouan_keyboard_set_compact (KouanKeyboard *self, gboolean compact);

/* Row by row, for who listens. */
GPtrArray *kouan_keyboard_get_row (KouanKeyboard *self, guint row);
gboolean kouan_keyboard_row_changes (KouanKeyboard *self, guint row);
const char *kouan_keyboard_get_language (KouanKeyboard *self);

/* For tests and the robot: the key that is called "q", "<", " ", "erase", "shift", "<<<", "#+?", "ABC", "other" */
GtkWidget *kouan_keyboard_get_key (KouanKeyboard *self, const char *key);

G_END_DECLS
