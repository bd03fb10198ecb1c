/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"
#include "app/hub/hub.h"

G_BEGIN_DECLS

/* The key of a hall, which every kiosk of the hall and whoever issues its appointments hold. */
gboolean kouan_hub_hall_key_offer (KouanHub *hub,
                                   KouanHubHall *hall,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanSecret *kouan_hub_hall_key_settle (KouanHub *hub,
                                        const KouanHubHall *hall,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
