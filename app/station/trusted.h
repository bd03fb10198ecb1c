/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

/* For app/station alone. */
gboolean kouan_trusted_load (const char *folder,
                             KouanKeyring *keyring,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
