/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/reports-screen.h"

#include "app/crypto/durable.h"
#include "app/language/language.h"
#include "ui/staff/reports/reports-view.h"
#include "ui/staff/stick-file.h"

#include <string.h>

/* The service standard for a supervisor, and as a file on the stick. */

struct _KouanReportsScreen
{
  KouanStaffScreen parent_instance;
};

G_DEFINE_FINAL_TYPE (KouanReportsScreen, kouan_reports_screen, KOUAN_TYPE_STAFF_SCREEN)

static char *
name_service (gint64 service, gpointer data)
{
  KouanService *found
    = kouan_catalogue_find_by_code (kouan_session_get_catalogue (data), (guint)service);

  return found != NULL ? g_strdup (kouan_service_get_name (found, kouan_language_current ()->code))
                       : NULL;
}

static void
on_export (KouanReportsView *view, KouanReportsScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanStaffOrder order = kouan_staff_mode_get_order (kouan_staff_screen_get_mode (screen));
  KouanReport *report = kouan_reports_view_get_report (view);
  g_autofree char *path = kouan_staff_stick_file (screen, "report.csv");
  g_autofree char *text = report != NULL ? kouan_report_to_csv (report) : NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || text == NULL)
    return;
  if (!kouan_staff_note (&order, KOUAN_DUTY_REPORTS, "", "exported", &error))
    kouan_staff_screen_say_error (screen, error);
  else if (!kouan_write_file_durably (path, (const guint8 *)text, strlen (text), 0600, &error))
    kouan_staff_screen_say (screen, KOUAN_NOTICE_PROBLEM, _ ("The stick cannot be written"),
                            error->message);
  else
    kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("The report is on the stick"), path);
}

static void
kouan_reports_screen_constructed (GObject *object)
{
  KouanReportsScreen *self = KOUAN_REPORTS_SCREEN (object);
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanSession *session;
  GtkWidget *view;

  G_OBJECT_CLASS (kouan_reports_screen_parent_class)->constructed (object);

  session = kouan_screen_get_session (KOUAN_SCREEN (self));
  kouan_staff_screen_set_title (screen, _ ("Reports"));
  view = kouan_reports_view_new (kouan_staff_screen_get_database (screen),
                                 kouan_session_get_clock (session), name_service, session);
  g_signal_connect (view, "export", G_CALLBACK (on_export), self);
  kouan_staff_screen_add (screen, view);
}

static void
kouan_reports_screen_class_init (KouanReportsScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_reports_screen_constructed;
}

static void
kouan_reports_screen_init (KouanReportsScreen *self G_GNUC_UNUSED)
{
}
