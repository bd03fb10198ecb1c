/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"
#include "app/documents/pixels.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_SCANNER_ERROR_NEEDS_PAPER, /* there is no page in it */
  KOUAN_SCANNER_ERROR_JAMMED,
  KOUAN_SCANNER_ERROR_COVER_OPEN,
  KOUAN_SCANNER_ERROR_BUSY,    /* with somebody else's page, or with the one before */
  KOUAN_SCANNER_ERROR_OFFLINE, /* not there, or it does not answer */
  KOUAN_SCANNER_ERROR_FAILED,
} KouanScannerError;
#define KOUAN_SCANNER_ERROR (kouan_scanner_error_quark ())
GQuark kouan_scanner_error_quark (void);
const char *kouan_scanner_error_title (const GError *error);
const char *kouan_scanner_error_remedy (const GError *error);

/* How much of the page is read, 0 to 1; on the context of who asked, always before the answer. */
typedef void (*KouanScannerProgress) (double fraction, gpointer data);

/* Property "state" (KouanDeviceState): OFF until it was asked once, by refresh or by a scan. */
#define KOUAN_TYPE_SCANNER (kouan_scanner_get_type ())
G_DECLARE_INTERFACE (KouanScanner, kouan_scanner, KOUAN, SCANNER, GObject)

struct _KouanScannerInterface
{
  GTypeInterface parent_iface;

  void (*scan_async) (KouanScanner *self,
                      KouanScannerProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  void (*refresh) (KouanScanner *self);
};

KouanScanner *kouan_scanner_new_for_source (const char *source,
                                            const char *scan_program,
                                            KouanPixels *pixels,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_scanner_scan_async (KouanScanner *self,
                               KouanScannerProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KouanPage *kouan_scanner_scan_finish (KouanScanner *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_scanner_refresh (KouanScanner *self);
KouanDeviceState kouan_scanner_get_state (KouanScanner *self);

/* For implementations. */
KouanDeviceState kouan_scanner_state_of_error (const GError *error);

G_END_DECLS
