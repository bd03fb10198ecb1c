/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/bench/codes/scene.h"

G_BEGIN_DECLS

/* ZXingReader, of Debian's zxing-cpp-tools, where it is installed. */
typedef struct _KouanPeer KouanPeer;

KouanPeer *kouan_peer_new (void);
gboolean kouan_peer_is_there (const KouanPeer *self);
guint kouan_peer_count (KouanPeer *self, const KouanSceneView *view);
void kouan_peer_free (KouanPeer *self);

G_END_DECLS
