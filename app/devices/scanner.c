/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/scanner.h"

#include "app/devices/file-scanner.h"
#include "app/devices/sane-scanner.h"
#include "app/language/language.h"

/* Reads one page of paper. What comes out are pixels in memory; nothing of them touches a disk
 * here. */

G_DEFINE_QUARK (kouan_scanner_error, kouan_scanner_error)
G_DEFINE_INTERFACE (KouanScanner, kouan_scanner, G_TYPE_OBJECT)

static const struct
{
  KouanDeviceState state;
  const char *title;
  const char *remedy;
} troubles[] = {
  [KOUAN_SCANNER_ERROR_NEEDS_PAPER]
  = { KOUAN_DEVICE_NEEDS_PAPER, N_ ("There is no page in the scanner"),
      N_ ("Put the page in, then scan again.") },
  [KOUAN_SCANNER_ERROR_JAMMED]
  = { KOUAN_DEVICE_JAMMED, N_ ("The page is stuck in the scanner"),
      N_ ("Do not pull. Call the staff: they free it. Your other pages are kept.") },
  [KOUAN_SCANNER_ERROR_COVER_OPEN] = { KOUAN_DEVICE_COVER_OPEN, N_ ("The scanner's cover is open"),
                                       N_ ("Close the cover, then scan again.") },
  [KOUAN_SCANNER_ERROR_BUSY] = { KOUAN_DEVICE_READY, N_ ("The scanner is still busy"),
                                 N_ ("Wait until it stands still, then scan again.") },
  [KOUAN_SCANNER_ERROR_OFFLINE] = { KOUAN_DEVICE_OFFLINE, N_ ("The scanner does not answer"),
                                    N_ ("Bring the page on a USB stick, or call the staff.") },
  [KOUAN_SCANNER_ERROR_FAILED]
  = { KOUAN_DEVICE_FAILED, N_ ("The page was not scanned"),
      N_ ("Try once more. If it happens again, use a USB stick or call the staff.") },
};

static void
kouan_scanner_default_init (KouanScannerInterface *iface)
{
  g_object_interface_install_property (
    iface, g_param_spec_enum ("state", NULL, NULL, KOUAN_TYPE_DEVICE_STATE, KOUAN_DEVICE_OFF,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_scanner_new_for_source:
 * @source: "sane:DEVICE", as `scanimage -L` names it, or "sane:" for the first that is found, with
 *   "#option=value;option=value" behind it where the scanner needs more said; or "file:PATH", a
 * picture, a PDF or a folder of them, played in order
 * @scan_program: the whole path of kouan-scan, for "sane:"
 * @pixels: reads the pictures of "file:"
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanScanner *
kouan_scanner_new_for_source (const char *source,
                              const char *scan_program,
                              KouanPixels *pixels,
                              GError **error)
{
  const char *path = kouan_device_source_part (source, "file");
  const char *device = kouan_device_source_part (source, "sane");

  if (path != NULL && *path != '\0')
    return kouan_file_scanner_new (path, pixels);
  if (device != NULL)
    return kouan_sane_scanner_new (scan_program, device);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "scanner \"%s\": it must be \"sane:DEVICE\" or \"file:PATH\"", source);
  return NULL;
}

/**
 * kouan_scanner_scan_async:
 * @progress: (nullable)
 *
 * Reads the page that lies in the scanner: A4, in colour, at 200 dots an inch or the next that it
 * can.
 */
void
kouan_scanner_scan_async (KouanScanner *self,
                          KouanScannerProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (KOUAN_IS_SCANNER (self));

  KOUAN_SCANNER_GET_IFACE (self)->scan_async (self, progress, progress_data, cancellable, callback,
                                              user_data);
}

/* Returns: (transfer full): or NULL with a %KOUAN_SCANNER_ERROR, %G_IO_ERROR_CANCELLED or, from
 * "file:", a %KOUAN_PIXELS_ERROR */
KouanPage *
kouan_scanner_scan_finish (KouanScanner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asks whether the scanner is there; the answer arrives as a change of "state". */
void
kouan_scanner_refresh (KouanScanner *self)
{
  g_return_if_fail (KOUAN_IS_SCANNER (self));

  KOUAN_SCANNER_GET_IFACE (self)->refresh (self);
}

KouanDeviceState
kouan_scanner_get_state (KouanScanner *self)
{
  KouanDeviceState state;

  g_return_val_if_fail (KOUAN_IS_SCANNER (self), KOUAN_DEVICE_FAILED);

  g_object_get (self, "state", &state, NULL);
  return state;
}

/**
 * kouan_scanner_state_of_error:
 * @error: (nullable): what a scan ended with
 *
 * Returns: what that says about the device; a scan that was cancelled, and a file that could not be
 *   read, say nothing against it
 */
KouanDeviceState
kouan_scanner_state_of_error (const GError *error)
{
  if (error == NULL || error->domain != KOUAN_SCANNER_ERROR)
    return KOUAN_DEVICE_READY;
  return troubles[error->code].state;
}

static guint
trouble_of (const GError *error)
{
  return error->domain == KOUAN_SCANNER_ERROR ? (guint)error->code : KOUAN_SCANNER_ERROR_FAILED;
}

/* Returns: what happened, in the language of the screen */
const char *
kouan_scanner_error_title (const GError *error)
{
  if (error->domain == KOUAN_PIXELS_ERROR)
    return kouan_pixels_error_title (error);
  return _ (troubles[trouble_of (error)].title);
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_scanner_error_remedy (const GError *error)
{
  if (error->domain == KOUAN_PIXELS_ERROR)
    return kouan_pixels_error_remedy (error);
  return _ (troubles[trouble_of (error)].remedy);
}
