/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_NOTICE_INFO,
  KOUAN_NOTICE_SUCCESS,
  KOUAN_NOTICE_WARNING,
  KOUAN_NOTICE_PROBLEM,
} KouanNoticeKind;

/* What happened and what to do: a symbol, a word for the kind, a title, a text. */
#define KOUAN_TYPE_NOTICE (kouan_notice_get_type ())
G_DECLARE_FINAL_TYPE (KouanNotice, kouan_notice, KOUAN, NOTICE, GtkWidget)

GtkWidget *kouan_notice_new (KouanNoticeKind kind, const char *title, const char *text);
void kouan_notice_set (KouanNotice *self, KouanNoticeKind kind, const char *title, const char *text);
void kouan_notice_set_source (KouanNotice *self, const char *source);
void kouan_notice_add_item (KouanNotice *self, const char *item, const char *detail);
void kouan_notice_add_action (KouanNotice *self, GtkWidget *button);
KouanNoticeKind kouan_notice_get_kind (KouanNotice *self);
const char *kouan_notice_get_title (KouanNotice *self);

/* The symbol and the word of a kind, for other widgets that show a state. */
const char *kouan_notice_kind_icon (KouanNoticeKind kind);
const char *kouan_notice_kind_class (KouanNoticeKind kind);

G_END_DECLS
