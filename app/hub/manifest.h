/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"

#include "app/crypto/cose.h"

G_BEGIN_DECLS

gboolean kouan_hub_manifest_read (GBytes *manifest,
                                  const KouanHubKiosk *kiosk,
                                  KouanHubOffer *offer,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
