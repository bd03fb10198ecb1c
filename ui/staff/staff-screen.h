/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"
#include "ui/staff/mode.h"
#include "ui/widgets/notice.h"

G_BEGIN_DECLS

/* What the pages of staff mode have in common: a mode, a column of parts, and one place for what
 * was done or why not. Property "mode", set when it is made. */
#define KOUAN_TYPE_STAFF_SCREEN (kouan_staff_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (KouanStaffScreen, kouan_staff_screen, KOUAN, STAFF_SCREEN, KouanScreen)

struct _KouanStaffScreenClass
{
  KouanScreenClass parent_class;
};

KouanStaffMode *kouan_staff_screen_get_mode (KouanStaffScreen *self);
KouanDatabase *kouan_staff_screen_get_database (KouanStaffScreen *self);
void kouan_staff_screen_set_title (KouanStaffScreen *self, const char *title);

void kouan_staff_screen_add (KouanStaffScreen *self, GtkWidget *part);
void kouan_staff_screen_clear (KouanStaffScreen *self);
GtkWidget *kouan_staff_screen_add_button (KouanStaffScreen *self,
                                          const char *icon,
                                          const char *label,
                                          GCallback on_clicked);
void kouan_staff_screen_say (KouanStaffScreen *self,
                             KouanNoticeKind kind,
                             const char *title,
                             const char *text);
void kouan_staff_screen_say_error (KouanStaffScreen *self, const GError *error);

/* A table with a heading: label at the leading side, value at the trailing one. */
GtkWidget *kouan_staff_table_new (const char *title);
void kouan_staff_table_add (GtkWidget *table,
                            const char *label,
                            const char *value,
                            KouanNoticeKind kind); /* INFO: nothing to see to */

G_END_DECLS
