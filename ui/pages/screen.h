/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/utterance.h"
#include "ui/kiosk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What one state of the visit shows. The window puts its body into the frame and binds the frame's
 * title and foot to the properties title, primary-label, primary-visible, primary-sensitive and
 * back-visible. A screen is built anew when the language changes, and keeps what was half entered
 * by stash and unstash. */
#define KOUAN_TYPE_SCREEN (kouan_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (KouanScreen, kouan_screen, KOUAN, SCREEN, GtkWidget)

struct _KouanScreenClass
{
  GtkWidgetClass parent_class;

  void (*enter) (KouanScreen *self);    /* it is on the glass now */
  void (*leave) (KouanScreen *self);    /* devices off, waits cancelled */
  void (*primary) (KouanScreen *self);  /* the one button at the trailing side */
  gboolean (*back) (KouanScreen *self); /* TRUE: done inside the screen */
  GVariant *(*stash) (KouanScreen *self);
  void (*unstash) (KouanScreen *self, GVariant *stash);
};

KouanKiosk *kouan_screen_get_kiosk (KouanScreen *self);
KouanSession *kouan_screen_get_session (KouanScreen *self);

void kouan_screen_set_title (KouanScreen *self, const char *msgid);
void kouan_screen_set_title_text (KouanScreen *self, const char *text, const char *companion);
void kouan_screen_set_primary (KouanScreen *self, const char *label, gboolean sensitive);
void kouan_screen_set_primary_words (KouanScreen *self, KouanUtterance *words);
void kouan_screen_hide_primary (KouanScreen *self);
void kouan_screen_set_back_visible (KouanScreen *self, gboolean visible);
void kouan_screen_set_dock (KouanScreen *self, GtkWidget *dock);
void kouan_screen_set_wide (KouanScreen *self, gboolean wide);
void kouan_screen_show_trouble (KouanScreen *self, KouanTrouble *trouble);

const char *kouan_screen_get_title (KouanScreen *self);
const char *kouan_screen_get_companion (KouanScreen *self);
const char *kouan_screen_get_primary_label (KouanScreen *self);
KouanUtterance *kouan_screen_get_primary_words (KouanScreen *self);
gboolean kouan_screen_get_primary_sensitive (KouanScreen *self);
gboolean kouan_screen_is_wide (KouanScreen *self);
gboolean kouan_screen_get_back_visible (KouanScreen *self);
GtkWidget *kouan_screen_get_dock (KouanScreen *self);
KouanTrouble *kouan_screen_get_trouble (KouanScreen *self);

void kouan_screen_enter (KouanScreen *self);
void kouan_screen_leave (KouanScreen *self);
void kouan_screen_primary (KouanScreen *self);
gboolean kouan_screen_back (KouanScreen *self);
GVariant *kouan_screen_stash (KouanScreen *self);
void kouan_screen_unstash (KouanScreen *self, GVariant *stash);

G_END_DECLS
