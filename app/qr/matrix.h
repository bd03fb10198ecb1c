/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_QR_ERROR_TOO_LONG, /* does not fit version 40 at this level */
} KouanQrError;
#define KOUAN_QR_ERROR (kouan_qr_error_quark ())
GQuark kouan_qr_error_quark (void);

/* How much of the code may be lost and it still reads: 7, 15, 25, 30 %. */
typedef enum
{
  KOUAN_QR_LEVEL_L,
  KOUAN_QR_LEVEL_M,
  KOUAN_QR_LEVEL_Q,
  KOUAN_QR_LEVEL_H,
} KouanQrLevel;

/* White modules that a reader needs on each side (ISO/IEC 18004, 9.1). The matrix is without them.
 */
#define KOUAN_QR_QUIET_MODULES 4

typedef struct _KouanQrMatrix KouanQrMatrix;

KouanQrMatrix *kouan_qr_matrix_new (const char *text,
                                    KouanQrLevel level,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_matrix_free (KouanQrMatrix *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrMatrix, kouan_qr_matrix_free)

guint kouan_qr_matrix_get_size (const KouanQrMatrix *self);
guint kouan_qr_matrix_get_version (const KouanQrMatrix *self);
gboolean kouan_qr_matrix_is_dark (const KouanQrMatrix *self, guint x, guint y);

G_END_DECLS
