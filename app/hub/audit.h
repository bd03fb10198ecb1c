/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* The hub's side of the kiosks' audits, see app/audit/head.c. Errors are KOUAN_HUB_ERROR's. */
GBytes *kouan_hub_take_audit_head (KouanHub *hub,
                                   const KouanHubKiosk *kiosk,
                                   GBytes *message,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
