/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/chip-authentication.h"
#include "app/chip/pace.h"
#include "app/crypto/hash.h"

G_BEGIN_DECLS

/* What a chip offers in its SecurityInfos (9303-11 §9.2): EF.CardAccess before it is opened, DG14
 * afterwards. @infos: (element-type KouanSecurityInfo): an offer lives as long. */
gboolean kouan_chip_find_pace (GPtrArray *infos, KouanPaceOffer *offer);
gboolean kouan_chip_offers_pace (GPtrArray *infos); /* in any form, known here or not */
gboolean kouan_chip_find_authentication (GPtrArray *infos, KouanChipAuthenticationOffer *offer);
gboolean kouan_chip_find_active_hash (GPtrArray *infos, KouanHash *hash);

/* Whether every info of @part stands in @whole too. */
gboolean kouan_chip_infos_contain (GPtrArray *whole, GPtrArray *part);

G_END_DECLS
