/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One code that was seen. */
typedef struct
{
  GBytes *bytes; /* exactly what the code holds */
  char *text;    /* (nullable): the same, if it is UTF-8 without a NUL */
  int x, y;      /* its middle, in pixels of the picture */
} KouanQrCode;

KouanQrCode *
kouan_qr_code_new (const void *data, gsize size, int x, int y) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_code_free (KouanQrCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrCode, kouan_qr_code_free)

gboolean kouan_qr_code_add (GPtrArray *codes, KouanQrCode *code);

G_END_DECLS
