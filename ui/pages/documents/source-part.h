/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"
#include "ui/widgets/progress.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One way to a page, from "begin" until there are pages or there is none: the scanner, the document
 * camera, a stick, a phone.
 *
 * Signals: "pages" (GPtrArray of KouanPage): what was read
 *          "failed" (KouanTrouble, gboolean): TRUE: this way is at its end; FALSE: it goes on
 *          "moved": its title or its button has changed */
#define KOUAN_TYPE_SOURCE_PART (kouan_source_part_get_type ())
G_DECLARE_DERIVABLE_TYPE (KouanSourcePart, kouan_source_part, KOUAN, SOURCE_PART, GtkWidget)

struct _KouanSourcePartClass
{
  GtkWidgetClass parent_class;

  void (*begin) (KouanSourcePart *self);
  gboolean (*back) (KouanSourcePart *self); /* TRUE: done inside; (nullable) */
  void (*primary) (KouanSourcePart *self);  /* (nullable): where it never sets a label */
};

void kouan_source_part_begin (KouanSourcePart *self, KouanKiosk *kiosk);
gboolean kouan_source_part_back (KouanSourcePart *self);
const char *kouan_source_part_get_title (KouanSourcePart *self); /* msgid */
const char *kouan_source_part_get_primary (KouanSourcePart *self);
void kouan_source_part_press_primary (KouanSourcePart *self);

/* For implementations. */
KouanKiosk *kouan_source_part_get_kiosk (KouanSourcePart *self);
GCancellable *kouan_source_part_get_cancellable (KouanSourcePart *self);
void kouan_source_part_clear (KouanSourcePart *self, const char *title);
void kouan_source_part_hold (KouanSourcePart *self, const char *title);
void kouan_source_part_set_primary (KouanSourcePart *self, const char *label);
void kouan_source_part_add (KouanSourcePart *self, GtkWidget *widget);
KouanProgress *
kouan_source_part_show_progress (KouanSourcePart *self, const char *title, const char *text);
void kouan_source_part_take_pages (KouanSourcePart *self, GPtrArray *pages);
void kouan_source_part_fail (KouanSourcePart *self, const GError *error, gboolean over);

G_END_DECLS
