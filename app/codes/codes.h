/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/code.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CODES_ERROR_NOT_THERE, /* kouan-codes cannot be started */
  KOUAN_CODES_ERROR_ENDED,     /* it died over this picture; the next one gets a new process */
  KOUAN_CODES_ERROR_LATE,      /* it was ended over this picture, likewise */
  KOUAN_CODES_ERROR_TOO_LARGE,
} KouanCodesError;
#define KOUAN_CODES_ERROR (kouan_codes_error_quark ())
GQuark kouan_codes_error_quark (void);

/* Reads codes in a process of its own. Not for two threads at once. */
typedef struct _KouanCodes KouanCodes;

KouanCodes *kouan_codes_new (const char *program) G_GNUC_WARN_UNUSED_RESULT;
void kouan_codes_free (KouanCodes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanCodes, kouan_codes_free)

GPtrArray *kouan_codes_read (KouanCodes *self,
                             const guint8 *gray,
                             guint width,
                             guint height,
                             guint stride,
                             gboolean frame,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *kouan_codes_get_process_id (KouanCodes *self);

G_END_DECLS
