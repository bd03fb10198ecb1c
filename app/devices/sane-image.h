/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sane/sane.h>

G_BEGIN_DECLS

/* The bytes of one frame as a scanner sends them, on their way to being RGB. */
typedef struct _KouanSaneImage KouanSaneImage;

KouanSaneImage *kouan_sane_image_new (const SANE_Parameters *parameters);
void kouan_sane_image_free (KouanSaneImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSaneImage, kouan_sane_image_free)

gboolean kouan_sane_image_append (KouanSaneImage *self,
                                  const guint8 *data,
                                  gsize size,
                                  GByteArray *rgb) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sane_image_is_whole (const KouanSaneImage *self);
guint kouan_sane_image_lines (const KouanSaneImage *self);

G_END_DECLS
