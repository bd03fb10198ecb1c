/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/file-printer.h"

#include "app/devices/worker.h"

#include <glib/gstdio.h>

/* Prints into a folder, a PDF a receipt: for the demonstration, for tests, and for a hall that
 * prints elsewhere. It can pretend to be any printer in trouble. */

#define FOLDER_MODE 0700
#define FILE_MODE 0600

struct _KouanFilePrinter
{
  GObject parent_instance;

  char *folder;
  KouanDeviceState pretended; /* READY: it works */
  KouanDeviceState state;
};

enum
{
  PROP_0,
  PROP_STATE,
};

typedef struct
{
  char *folder;
  char *path;
  GBytes *pdf;
} Printout;

static void
printout_free (gpointer data)
{
  Printout *printout = data;

  g_free (printout->folder);
  g_free (printout->path);
  g_bytes_unref (printout->pdf);
  g_free (printout);
}

static void
set_state (KouanFilePrinter *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

/* On the worker. */
static gboolean
write_pdf (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  const Printout *printout = data;
  g_autoptr (GError) foreign = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (printout->pdf, &length);

  if (g_mkdir_with_parents (printout->folder, FOLDER_MODE) == 0
      && g_file_set_contents_full (printout->path, bytes, (gssize)length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   FILE_MODE, &foreign))
    return TRUE;
  g_set_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_FAILED, "%s",
               foreign != NULL ? foreign->message : "The receipts' folder cannot be made");
  return FALSE;
}

static void
on_written (gpointer source_object, gpointer data G_GNUC_UNUSED, const GError *error)
{
  set_state (KOUAN_FILE_PRINTER (source_object), kouan_printer_state_of_error (error));
}

static void
file_printer_print_async (KouanPrinter *printer,
                          GBytes *pdf,
                          double height_mm G_GNUC_UNUSED,
                          const char *number,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  KouanFilePrinter *self = KOUAN_FILE_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_strdup_printf ("receipt-%s.pdf", number);
  Printout *printout;

  if (self->pretended != KOUAN_DEVICE_READY)
    {
      set_state (self, self->pretended);
      g_task_return_new_error (
        task, KOUAN_PRINTER_ERROR, (int)kouan_printer_error_of_state (self->pretended),
        "The printer pretends: %s", kouan_device_state_to_string (self->pretended));
      return;
    }
  printout = g_new0 (Printout, 1);
  printout->folder = g_strdup (self->folder);
  printout->path = g_build_filename (self->folder, name, NULL);
  printout->pdf = g_bytes_ref (pdf);
  g_task_set_task_data (task, printout, printout_free);
  kouan_worker_run (g_steal_pointer (&task), write_pdf, on_written);
}

static void
file_printer_refresh (KouanPrinter *printer)
{
  KouanFilePrinter *self = KOUAN_FILE_PRINTER (printer);

  set_state (self, self->pretended);
}

static void
file_printer_iface_init (KouanPrinterInterface *iface)
{
  iface->print_async = file_printer_print_async;
  iface->refresh = file_printer_refresh;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFilePrinter,
                               kouan_file_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_PRINTER, file_printer_iface_init))

static void
kouan_file_printer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanFilePrinter *self = KOUAN_FILE_PRINTER (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_file_printer_finalize (GObject *object)
{
  g_free (KOUAN_FILE_PRINTER (object)->folder);
  G_OBJECT_CLASS (kouan_file_printer_parent_class)->finalize (object);
}

static void
kouan_file_printer_class_init (KouanFilePrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_file_printer_get_property;
  object_class->finalize = kouan_file_printer_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_file_printer_init (KouanFilePrinter *self)
{
  self->state = KOUAN_DEVICE_OFF;
  self->pretended = KOUAN_DEVICE_READY;
}

/* @folder: made when the first receipt is printed */
KouanPrinter *
kouan_file_printer_new (const char *folder)
{
  KouanFilePrinter *self = g_object_new (KOUAN_TYPE_FILE_PRINTER, NULL);

  self->folder = g_strdup (folder);
  return KOUAN_PRINTER (self);
}

/* Fails every printout with this state's error from now on; READY ends the pretence. */
void
kouan_file_printer_pretend (KouanFilePrinter *self, KouanDeviceState state)
{
  g_return_if_fail (KOUAN_IS_FILE_PRINTER (self));

  self->pretended = state;
}
