/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"

G_BEGIN_DECLS

/* What DG14 offers for Chip Authentication. */
typedef struct
{
  const char *protocol; /* id-CA-… with dots */
  GBytes *public_key;   /* SubjectPublicKeyInfo */
  gboolean has_key_id;  /* the chip has several keys */
  guint64 key_id;
} KouanChipAuthenticationOffer;

/* Chip Authentication version 1 (9303-11 §6.2): TRUE if the chip has the private key, and then
 * @channel goes on under new keys. */
gboolean kouan_chip_authentication_run (KouanChipChannel *channel,
                                        const KouanChipAuthenticationOffer *offer,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
