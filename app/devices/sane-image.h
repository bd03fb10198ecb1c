/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sane/sane.h>

#include "app/documents/page.h"

G_BEGIN_DECLS

/* The bytes of one frame as a scanner sends them, on their way to being RGB. */
typedef struct _KouanSaneImage KouanSaneImage;

KouanSaneImage *kouan_sane_image_new (const SANE_Parameters *parameters);
void kouan_sane_image_free (KouanSaneImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSaneImage, kouan_sane_image_free)

gboolean kouan_sane_image_append (KouanSaneImage *self, const guint8 *data, gsize size);
guint kouan_sane_image_percent (const KouanSaneImage *self);
KouanPage *kouan_sane_image_to_page (KouanSaneImage *self, guint dpi) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
