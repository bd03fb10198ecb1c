/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/frame.h"

G_BEGIN_DECLS

typedef struct
{
  KouanFrame *colour;
  KouanFrame *gray;
} KouanFilePicture;

KouanFilePicture *kouan_file_picture_load (const char *path,
                                           int side_px_max,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_file_picture_free (KouanFilePicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFilePicture, kouan_file_picture_free)

G_END_DECLS
