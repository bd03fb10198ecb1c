/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* A page without its colours, for looking at it rather than keeping it. */
typedef struct
{
  guint width;
  guint height;
  guint8 data[];
} KouanGray;

KouanGray *kouan_gray_new (KouanPage *page, guint side_max) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanGray, g_free)

G_END_DECLS
