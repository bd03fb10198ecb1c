/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The way to a chip: a card reader, or what stands in for one. All verbs block and belong on a
 * worker; a transport is used by one thread at a time. A card that is taken away shows as
 * KOUAN_CHIP_ERROR_REMOVED from any verb. */
#define KOUAN_TYPE_CHIP_TRANSPORT (kouan_chip_transport_get_type ())
G_DECLARE_INTERFACE (KouanChipTransport, kouan_chip_transport, KOUAN, CHIP_TRANSPORT, GObject)

struct _KouanChipTransportInterface
{
  GTypeInterface parent_iface;

  gboolean (*wait_for_card) (KouanChipTransport *self, GCancellable *cancellable, GError **error);
  gboolean (*reset) (KouanChipTransport *self, GError **error);
  gboolean (*transmit) (KouanChipTransport *self,
                        const guint8 *command,
                        gsize size,
                        GByteArray *answer,
                        GError **error);
  void (*release) (KouanChipTransport *self);
};

KouanChipTransport *kouan_chip_transport_new_for_source (const char *source,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_chip_transport_wait_for_card (KouanChipTransport *self,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_chip_transport_reset (KouanChipTransport *self,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_chip_transport_transmit (KouanChipTransport *self,
                                        const guint8 *command,
                                        gsize size,
                                        GByteArray *answer,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_chip_transport_release (KouanChipTransport *self);

G_END_DECLS
