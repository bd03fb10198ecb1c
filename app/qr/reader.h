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

void kouan_qr_code_free (KouanQrCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrCode, kouan_qr_code_free)

/* Keeps what one picture costs to set up. Not for two threads at once. */
typedef struct _KouanQrReader KouanQrReader;

KouanQrReader *kouan_qr_reader_new (void);
void kouan_qr_reader_free (KouanQrReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrReader, kouan_qr_reader_free)

GPtrArray *kouan_qr_reader_read (KouanQrReader *self,
                                 const guint8 *gray,
                                 guint width,
                                 guint height,
                                 guint stride) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *kouan_qr_read (const guint8 *gray, guint width, guint height, guint stride)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
