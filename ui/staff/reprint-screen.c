/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/reprint-screen.h"

#include "app/board/receipt-copy.h"
#include "app/language/language.h"
#include "db/kiosk/records.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/text.h"

/* The last receipts of this kiosk by number and time, and one of them on paper once more, marked as
 * a copy. Nothing else of a record is known to staff. */

#define SHOWN_MAX 12

struct _KouanReprintScreen
{
  KouanStaffScreen parent_instance;

  KouanChoiceList *list; /* child */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KouanReprintScreen, kouan_reprint_screen, KOUAN_TYPE_STAFF_SCREEN)

static void
on_chosen (KouanChoiceList *list G_GNUC_UNUSED,
           const char *id G_GNUC_UNUSED,
           KouanReprintScreen *self)
{
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Print a copy"), TRUE);
}

static void
add_record (KouanReprintScreen *self, const KouanRecordRow *row)
{
  KouanKiosk *kiosk = kouan_screen_get_kiosk (KOUAN_SCREEN (self));
  const KouanLanguage *language = kouan_language_current ();
  KouanService *service = kouan_catalogue_find_by_code (
    kouan_session_get_catalogue (kouan_kiosk_get_session (kiosk)), (guint)row->service);
  g_autofree char *time = kouan_language_date_time (language, row->created_s);
  g_autofree char *text = g_strdup_printf (
    "%s · %s", time, service != NULL ? kouan_service_get_name (service, language->code) : "-");

  kouan_choice_list_add (self->list, row->number, NULL, row->number, text);
}

static void
add_records (KouanReprintScreen *self)
{
  KouanDatabase *db = kouan_staff_screen_get_database (KOUAN_STAFF_SCREEN (self));
  g_autoptr (GError) error = NULL;
  gint64 last = kouan_records_last_sequence (db, &error);
  g_autoptr (GPtrArray) rows
    = last >= 0 ? kouan_records_list (db, MAX (last - SHOWN_MAX, 0), SHOWN_MAX, &error) : NULL;

  if (rows == NULL || rows->len == 0)
    {
      kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self),
                              kouan_text_new (_ ("This kiosk has given out no receipt yet.")));
      return;
    }
  self->list = KOUAN_CHOICE_LIST (kouan_choice_list_new (_ ("Receipts")));
  for (guint i = rows->len; i > 0; i--)
    add_record (self, rows->pdata[i - 1]);
  g_signal_connect (self->list, "chosen", G_CALLBACK (on_chosen), self);
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), GTK_WIDGET (self->list));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Print a copy"), FALSE);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanReprintScreen) self = data;
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autoptr (GError) error = NULL;

  if (kouan_printer_print_finish (KOUAN_PRINTER (source), result, &error))
    kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("The copy is printed"),
                            _ ("Take it from the slot below the screen."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("The printer cannot print now"),
                            _ ("See to it on the page of devices, and try again."));
}

static void
print (KouanReprintScreen *self, const char *slip)
{
  KouanKiosk *kiosk = kouan_screen_get_kiosk (KOUAN_SCREEN (self));
  KouanSession *session = kouan_kiosk_get_session (kiosk);
  KouanPrinter *printer = kouan_kiosk_get_printer (kiosk);
  g_autoptr (GError) error = NULL;
  double height_mm;
  g_autoptr (GBytes) pdf
    = kouan_receipt_copy (kouan_session_get_station (session),
                          kouan_session_get_catalogue (session), slip, &height_mm, &error);

  if (pdf == NULL)
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
  else if (printer == NULL)
    kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_WARNING,
                            _ ("The printer cannot print now"),
                            _ ("See to it on the page of devices, and try again."));
  else
    kouan_printer_print_async (printer, pdf, height_mm, kouan_choice_list_get_selected (self->list),
                               self->cancellable, on_printed, g_object_ref (self));
}

static void
kouan_reprint_screen_primary (KouanScreen *screen)
{
  KouanReprintScreen *self = KOUAN_REPRINT_SCREEN (screen);
  KouanStaffOrder order
    = kouan_staff_mode_get_order (kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self)));
  const char *number = self->list != NULL ? kouan_choice_list_get_selected (self->list) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *slip = number != NULL ? kouan_staff_find_slip (&order, number, &error) : NULL;

  if (slip != NULL)
    print (self, slip);
  else if (error != NULL)
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
}

static void
kouan_reprint_screen_leave (KouanScreen *screen)
{
  g_cancellable_cancel (KOUAN_REPRINT_SCREEN (screen)->cancellable);
}

static void
kouan_reprint_screen_constructed (GObject *object)
{
  KouanReprintScreen *self = KOUAN_REPRINT_SCREEN (object);

  G_OBJECT_CLASS (kouan_reprint_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Print a receipt again"));
  add_records (self);
}

static void
kouan_reprint_screen_dispose (GObject *object)
{
  g_clear_object (&KOUAN_REPRINT_SCREEN (object)->cancellable);
  G_OBJECT_CLASS (kouan_reprint_screen_parent_class)->dispose (object);
}

static void
kouan_reprint_screen_class_init (KouanReprintScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_reprint_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_reprint_screen_dispose;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_reprint_screen_primary;
  KOUAN_SCREEN_CLASS (klass)->leave = kouan_reprint_screen_leave;
}

static void
kouan_reprint_screen_init (KouanReprintScreen *self)
{
  self->cancellable = g_cancellable_new ();
}
