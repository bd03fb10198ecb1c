/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"
#include "app/chip/derive.h"
#include "app/crypto/group.h"

G_BEGIN_DECLS

/* Password Authenticated Connection Establishment, generic mapping (9303-11 §4.4): what a chip
 * offers as (protocol, parameters). */
typedef struct
{
  const char *protocol; /* its object identifier with dots */
  guint parameters;     /* standardised domain parameters */
  gboolean ambiguous;   /* the chip offers the protocol with others too, and has to be told */
} KouanPaceOffer;

gboolean kouan_pace_supports (const KouanPaceOffer *offer, KouanBlockCipher *cipher);
gboolean kouan_pace_open (KouanChipChannel *channel,
                          const KouanPaceOffer *offer,
                          KouanChipPassword *password,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where the ephemeral keys come from: the published examples have theirs. */
typedef KouanGroupKey *(*KouanPaceKeySource) (KouanGroup *group, gpointer data);
gboolean kouan_pace_open_with_keys (KouanChipChannel *channel,
                                    const KouanPaceOffer *offer,
                                    KouanChipPassword *password,
                                    KouanPaceKeySource source,
                                    gpointer source_data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The token with which each side proves that it has the keys, over the other side's ephemeral key
 * (§4.4.3.4). */
void kouan_pace_token (const char *protocol,
                       KouanBlockCipher cipher,
                       const guint8 *mac_key,
                       gboolean is_curve,
                       GBytes *element,
                       guint8 token[static KOUAN_BLOCK_MAC_SIZE]);

G_END_DECLS
