/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/receiver.h"

G_BEGIN_DECLS

gboolean kouan_hub_claim_read (KouanHubClaim *claim,
                               const char *metadata) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
