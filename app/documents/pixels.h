/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/documents/page.h"
#include "app/pixels/protocol.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_PIXELS (kouan_pixels_get_type ())
G_DECLARE_FINAL_TYPE (KouanPixels, kouan_pixels, KOUAN, PIXELS, GObject)

typedef enum
{
  KOUAN_PIXELS_ERROR_NOT_SUPPORTED, /* kouan_pixels_error_kind () says what the file is */
  KOUAN_PIXELS_ERROR_TOO_LARGE,
  KOUAN_PIXELS_ERROR_TOO_MANY_PAGES,
  KOUAN_PIXELS_ERROR_DAMAGED,
  KOUAN_PIXELS_ERROR_ENCRYPTED_PDF,
  KOUAN_PIXELS_ERROR_TIMED_OUT,
  KOUAN_PIXELS_ERROR_FAILED, /* this machine's fault, not the file's */
} KouanPixelsError;

#define KOUAN_PIXELS_ERROR (kouan_pixels_error_quark ())
GQuark kouan_pixels_error_quark (void);
GError *kouan_pixels_error_new (KouanPixelsError code, KouanFileKind kind, const char *message);
KouanFileKind kouan_pixels_error_kind (const GError *error);
const char *kouan_pixels_error_title (const GError *error);
const char *kouan_pixels_error_remedy (const GError *error);
const char *kouan_file_kind_name (KouanFileKind kind);

/* Gets each page as it is complete, in the thread that reads; FALSE ends the reading with
 * CANCELLED. */
typedef gboolean (*KouanPixelsPageFunc) (KouanPage *page, gpointer data);

KouanPixels *kouan_pixels_new (const char *program);
void kouan_pixels_set_deadline_ms (KouanPixels *self, guint deadline_ms);

gboolean kouan_pixels_read (KouanPixels *self,
                            GBytes *file,
                            KouanPixelsPageFunc page_func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_pixels_read_async (KouanPixels *self,
                              GBytes *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *kouan_pixels_read_finish (KouanPixels *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
