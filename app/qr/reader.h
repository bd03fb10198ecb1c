/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/code.h"

G_BEGIN_DECLS

/* Keeps what one picture costs to set up. Not for two threads at once. */
typedef struct _KouanQrReader KouanQrReader;

KouanQrReader *kouan_qr_reader_new (void) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_reader_free (KouanQrReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrReader, kouan_qr_reader_free)

GPtrArray *kouan_qr_reader_read (KouanQrReader *self,
                                 const guint8 *gray,
                                 guint width,
                                 guint height,
                                 guint stride) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_qr_reader_read_frame (KouanQrReader *self,
                                       const guint8 *gray,
                                       guint width,
                                       guint height,
                                       guint stride) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *kouan_qr_read (const guint8 *gray, guint width, guint height, guint stride)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
