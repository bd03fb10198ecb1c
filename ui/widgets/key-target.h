/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the keyboard on the screen, or one that is plugged in, types into. */
#define KOUAN_TYPE_KEY_TARGET (kouan_key_target_get_type ())
G_DECLARE_INTERFACE (KouanKeyTarget, kouan_key_target, KOUAN, KEY_TARGET, GtkWidget)

typedef enum
{
  KOUAN_KEY_ERASE,        /* the character before the caret */
  KOUAN_KEY_ERASE_AFTER,  /* the character after it */
  KOUAN_KEY_LEFT,
  KOUAN_KEY_RIGHT,
  KOUAN_KEY_HOME,
  KOUAN_KEY_END,
  KOUAN_KEY_FILL,         /* the rest of a line of a passport */
} KouanKey;

struct _KouanKeyTargetInterface
{
  GTypeInterface parent_iface;

  gboolean (*insert) (KouanKeyTarget *self, const char *text);
  gboolean (*press) (KouanKeyTarget *self, KouanKey key);
  void (*caret_area) (KouanKeyTarget *self, graphene_rect_t *area);
  char *(*get_text) (KouanKeyTarget *self);
  char *(*get_before) (KouanKeyTarget *self); /* (nullable): nothing is composed here */
};

gboolean kouan_key_target_insert (KouanKeyTarget *self, const char *text);
gboolean kouan_key_target_press (KouanKeyTarget *self, KouanKey key);
char *kouan_key_target_get_text (KouanKeyTarget *self) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_key_target_get_before (KouanKeyTarget *self) G_GNUC_WARN_UNUSED_RESULT;

/* For implementations: keys of a real keyboard go the same way. */
void kouan_key_target_listen (KouanKeyTarget *self, GtkWidget *focusable);
void kouan_key_target_show_caret (KouanKeyTarget *self);

G_END_DECLS
