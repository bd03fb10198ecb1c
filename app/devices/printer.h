/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Nothing was printed, and nothing waits inside the printer for the next person. */
typedef enum
{
  KOUAN_PRINTER_ERROR_NEEDS_PAPER,
  KOUAN_PRINTER_ERROR_JAMMED,
  KOUAN_PRINTER_ERROR_COVER_OPEN,
  KOUAN_PRINTER_ERROR_OFFLINE,
  KOUAN_PRINTER_ERROR_FAILED,
} KouanPrinterError;
#define KOUAN_PRINTER_ERROR (kouan_printer_error_quark ())
GQuark kouan_printer_error_quark (void);

/* Property "state" (KouanDeviceState): OFF until it was asked once, by refresh or by printing. */
#define KOUAN_TYPE_PRINTER (kouan_printer_get_type ())
G_DECLARE_INTERFACE (KouanPrinter, kouan_printer, KOUAN, PRINTER, GObject)

struct _KouanPrinterInterface
{
  GTypeInterface parent_iface;

  void (*print_async) (KouanPrinter *self,
                       GBytes *pdf,
                       double height_mm,
                       const char *number,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  void (*refresh) (KouanPrinter *self);
};

KouanPrinter *kouan_printer_new_for_source (const char *source,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_printer_print_async (KouanPrinter *self,
                                GBytes *pdf,
                                double height_mm,
                                const char *number,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean kouan_printer_print_finish (KouanPrinter *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_printer_refresh (KouanPrinter *self);
KouanDeviceState kouan_printer_get_state (KouanPrinter *self);

/* For implementations. */
KouanPrinterError kouan_printer_error_of_state (KouanDeviceState state);
KouanDeviceState kouan_printer_state_of_error (const GError *error);

G_END_DECLS
