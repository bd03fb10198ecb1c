/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/printer.h"

#include "app/devices/file-printer.h"
#include "app/devices/ipp-printer.h"

/* Prints a receipt. The one promise that matters is privacy: a receipt comes out now or never. A
 * printer that ran out of paper must not keep the page and print it for the next person. */

G_DEFINE_QUARK (kouan_printer_error, kouan_printer_error)
G_DEFINE_INTERFACE (KouanPrinter, kouan_printer, G_TYPE_OBJECT)

static const struct
{
  KouanDeviceState state;
  KouanPrinterError code;
} troubles[] = {
  { KOUAN_DEVICE_NEEDS_PAPER, KOUAN_PRINTER_ERROR_NEEDS_PAPER },
  { KOUAN_DEVICE_JAMMED, KOUAN_PRINTER_ERROR_JAMMED },
  { KOUAN_DEVICE_COVER_OPEN, KOUAN_PRINTER_ERROR_COVER_OPEN },
  { KOUAN_DEVICE_OFFLINE, KOUAN_PRINTER_ERROR_OFFLINE },
};

static void
kouan_printer_default_init (KouanPrinterInterface *iface)
{
  g_object_interface_install_property (
    iface, g_param_spec_enum ("state", NULL, NULL, KOUAN_TYPE_DEVICE_STATE, KOUAN_DEVICE_OFF,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_printer_new_for_source:
 * @source: the URI of an IPP printer ("ipp://host:631/ipp/print", "ipps://…"), or "file:" and a
 * folder that receives each receipt as a PDF
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanPrinter *
kouan_printer_new_for_source (const char *source, GError **error)
{
  const char *folder = kouan_device_source_part (source, "file");

  if (folder != NULL && *folder != '\0')
    return kouan_file_printer_new (folder);
  if (g_str_has_prefix (source, "ipp://") || g_str_has_prefix (source, "ipps://"))
    return kouan_ipp_printer_new (source);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "printer \"%s\": it must be an ipp:// or ipps:// URI, or \"file:FOLDER\"", source);
  return NULL;
}

static gboolean
is_file_name (const char *number)
{
  for (const char *c = number; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return *number != '\0';
}

/**
 * kouan_printer_print_async:
 * @pdf: one page, 80 mm wide
 * @height_mm: of that page, so that a roll printer cuts in the right place
 * @number: the receipt's number, which names the job: letters, digits and hyphens
 */
void
kouan_printer_print_async (KouanPrinter *self,
                           GBytes *pdf,
                           double height_mm,
                           const char *number,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (KOUAN_IS_PRINTER (self));
  g_return_if_fail (pdf != NULL && height_mm > 0 && is_file_name (number));

  KOUAN_PRINTER_GET_IFACE (self)->print_async (self, pdf, height_mm, number, cancellable, callback,
                                               user_data);
}

/* Returns: TRUE once the page is out; or FALSE with a %KOUAN_PRINTER_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
kouan_printer_print_finish (KouanPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Asks the printer how it is; the answer arrives as a change of "state". */
void
kouan_printer_refresh (KouanPrinter *self)
{
  g_return_if_fail (KOUAN_IS_PRINTER (self));

  KOUAN_PRINTER_GET_IFACE (self)->refresh (self);
}

KouanDeviceState
kouan_printer_get_state (KouanPrinter *self)
{
  KouanDeviceState state;

  g_return_val_if_fail (KOUAN_IS_PRINTER (self), KOUAN_DEVICE_FAILED);

  g_object_get (self, "state", &state, NULL);
  return state;
}

KouanPrinterError
kouan_printer_error_of_state (KouanDeviceState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (troubles[i].state == state)
      return troubles[i].code;
  return KOUAN_PRINTER_ERROR_FAILED;
}

/* @error: (nullable): what printing ended with */
KouanDeviceState
kouan_printer_state_of_error (const GError *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return KOUAN_DEVICE_READY;
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_error_matches (error, KOUAN_PRINTER_ERROR, (int)troubles[i].code))
      return troubles[i].state;
  return KOUAN_DEVICE_FAILED;
}
