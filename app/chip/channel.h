/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/secure-messaging.h"
#include "app/chip/transport.h"

G_BEGIN_DECLS

/* One talk with one chip: in plain at first, then under secure messaging, whose keys may change. */
typedef struct _KouanChipChannel KouanChipChannel;

KouanChipChannel *kouan_chip_channel_new (KouanChipTransport *transport);
void kouan_chip_channel_free (KouanChipChannel *self);
gboolean kouan_chip_channel_reset (KouanChipChannel *self,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_chip_channel_secure (KouanChipChannel *self, KouanSecureMessaging *messaging);
gboolean kouan_chip_channel_is_secure (KouanChipChannel *self);
gsize kouan_chip_channel_payload (KouanChipChannel *self, gsize answer_max);

/* TRUE whatever the chip's status is: that is for the caller to judge. */
gboolean kouan_chip_channel_send (KouanChipChannel *self,
                                  const KouanApdu *command,
                                  GByteArray *answer,
                                  guint *status,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE for 9000 only, else KOUAN_CHIP_ERROR_REFUSED. @what: for the log. */
gboolean kouan_chip_channel_demand (KouanChipChannel *self,
                                    const KouanApdu *command,
                                    GByteArray *answer,
                                    const char *what,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

guint kouan_chip_channel_get_count (KouanChipChannel *self);       /* commands */
gint64 kouan_chip_channel_get_outside_us (KouanChipChannel *self); /* spent in the transport */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanChipChannel, kouan_chip_channel_free)

G_END_DECLS
