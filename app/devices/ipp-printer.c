/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/ipp-printer.h"

#include "app/devices/ipp-client.h"
#include "app/devices/worker.h"

/* A printer on the network or behind ipp-usb. Every question to it blocks, so each goes on a thread
 * of its own; one question about its state is under way at a time. */

struct _KouanIppPrinter
{
  GObject parent_instance;

  char *uri;
  KouanDeviceState state;
  gboolean is_asking;
};

enum
{
  PROP_0,
  PROP_STATE,
};

typedef struct
{
  char *uri;
  GBytes *pdf; /* (nullable): only the state is asked for */
  double height_mm;
  char *number;
  KouanDeviceState state;
} Request;

static Request *
request_new (KouanIppPrinter *self)
{
  Request *request = g_new0 (Request, 1);

  request->uri = g_strdup (self->uri);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->pdf, g_bytes_unref);
  g_free (request->number);
  g_free (request->uri);
  g_free (request);
}

static void
set_state (KouanIppPrinter *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static gboolean
print_pdf (gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return kouan_ipp_print (request->uri, request->pdf, request->height_mm, request->number,
                          cancellable, error);
}

static gboolean
ask_state (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  Request *request = data;

  request->state = kouan_ipp_ask_state (request->uri);
  return TRUE;
}

static void
on_printed (gpointer source_object, gpointer data G_GNUC_UNUSED, const GError *error)
{
  set_state (KOUAN_IPP_PRINTER (source_object), kouan_printer_state_of_error (error));
}

static void
on_asked (gpointer source_object, gpointer data, const GError *error G_GNUC_UNUSED)
{
  KouanIppPrinter *self = KOUAN_IPP_PRINTER (source_object);
  const Request *request = data;

  self->is_asking = FALSE;
  set_state (self, request->state);
}

static void
ipp_printer_print_async (KouanPrinter *printer,
                         GBytes *pdf,
                         double height_mm,
                         const char *number,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KouanIppPrinter *self = KOUAN_IPP_PRINTER (printer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self);

  request->pdf = g_bytes_ref (pdf);
  request->height_mm = height_mm;
  request->number = g_strdup (number);
  g_task_set_task_data (task, request, request_free);
  kouan_worker_run (task, print_pdf, on_printed);
}

static void
ipp_printer_refresh (KouanPrinter *printer)
{
  KouanIppPrinter *self = KOUAN_IPP_PRINTER (printer);
  GTask *task;

  if (self->is_asking)
    return;
  self->is_asking = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, request_new (self), request_free);
  kouan_worker_run (task, ask_state, on_asked);
}

static void
ipp_printer_iface_init (KouanPrinterInterface *iface)
{
  iface->print_async = ipp_printer_print_async;
  iface->refresh = ipp_printer_refresh;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanIppPrinter,
                               kouan_ipp_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_PRINTER, ipp_printer_iface_init))

static void
kouan_ipp_printer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanIppPrinter *self = KOUAN_IPP_PRINTER (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_ipp_printer_finalize (GObject *object)
{
  g_free (KOUAN_IPP_PRINTER (object)->uri);
  G_OBJECT_CLASS (kouan_ipp_printer_parent_class)->finalize (object);
}

static void
kouan_ipp_printer_class_init (KouanIppPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_ipp_printer_get_property;
  object_class->finalize = kouan_ipp_printer_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_ipp_printer_init (KouanIppPrinter *self)
{
  self->state = KOUAN_DEVICE_OFF;
}

/* @uri: "ipp://host:631/ipp/print" or "ipps://…"; nothing is sent before the first question */
KouanPrinter *
kouan_ipp_printer_new (const char *uri)
{
  KouanIppPrinter *self = g_object_new (KOUAN_TYPE_IPP_PRINTER, NULL);

  self->uri = g_strdup (uri);
  return KOUAN_PRINTER (self);
}
