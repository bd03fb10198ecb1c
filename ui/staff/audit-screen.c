/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/audit-screen.h"

#include "app/language/language.h"
#include "ui/staff/audit/audit-view.h"
#include "ui/staff/stick-file.h"
#include "ui/widgets/keyboard.h"

/* The audit for who may read it. Carrying it out of the house is a security officer's alone, and
 * stands in the log before the file is made, so that the file says of itself that it was made. */

struct _KouanAuditScreen
{
  KouanStaffScreen parent_instance;

  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (KouanAuditScreen, kouan_audit_screen, KOUAN_TYPE_STAFF_SCREEN)

static void
on_export (KouanAuditView *view, KouanAuditScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanStaffOrder order = kouan_staff_mode_get_order (kouan_staff_screen_get_mode (screen));
  g_autofree char *path = kouan_staff_stick_file (screen, "audit.jsonl");
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  if (!kouan_staff_note (&order, KOUAN_DUTY_AUDIT_EXPORT, "", "begun", &error))
    kouan_staff_screen_say_error (screen, error);
  else if (!kouan_audit_view_export (view, path, &error))
    kouan_staff_screen_say (screen, KOUAN_NOTICE_PROBLEM, _ ("The stick cannot be written"),
                            error->message);
  else
    kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("The audit is on the stick"), path);
}

static void
kouan_audit_screen_constructed (GObject *object)
{
  KouanAuditScreen *self = KOUAN_AUDIT_SCREEN (object);
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanSession *session;
  GtkWidget *keyboard = kouan_keyboard_new (KOUAN_KEYBOARD_TEXT);

  G_OBJECT_CLASS (kouan_audit_screen_parent_class)->constructed (object);

  session = kouan_screen_get_session (KOUAN_SCREEN (self));
  kouan_staff_screen_set_title (screen, _ ("Audit"));
  self->view = kouan_audit_view_new (kouan_session_get_station (session),
                                     kouan_staff_screen_get_database (screen),
                                     kouan_session_get_clock (session));
  kouan_keyboard_set_target (
    KOUAN_KEYBOARD (keyboard),
    kouan_field_get_target (kouan_audit_view_get_field (KOUAN_AUDIT_VIEW (self->view))));
  kouan_screen_set_dock (KOUAN_SCREEN (self), keyboard);
  g_signal_connect (self->view, "export", G_CALLBACK (on_export), self);
  kouan_staff_screen_add (screen, self->view);
}

static void
kouan_audit_screen_class_init (KouanAuditScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_audit_screen_constructed;
}

static void
kouan_audit_screen_init (KouanAuditScreen *self G_GNUC_UNUSED)
{
}
