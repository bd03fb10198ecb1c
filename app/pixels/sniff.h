/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/pixels/protocol.h"

G_BEGIN_DECLS

KouanFileKind kouan_sniff (const guint8 *data, gsize size);

G_END_DECLS
