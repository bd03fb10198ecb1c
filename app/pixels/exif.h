/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint kouan_exif_orientation (const guint8 *segment, gsize size);

G_END_DECLS
