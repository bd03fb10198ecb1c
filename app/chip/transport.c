/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/transport.h"

#include "app/chip/folder-transport.h"
#include "app/chip/pcsc-transport.h"
#include "app/devices/device-state.h"

G_DEFINE_QUARK (kouan_chip_error, kouan_chip_error)
G_DEFINE_INTERFACE (KouanChipTransport, kouan_chip_transport, G_TYPE_OBJECT)

static void
kouan_chip_transport_default_init (KouanChipTransportInterface *iface G_GNUC_UNUSED)
{
}

/* Returns: a word for logs and JSON, never translated */
const char *
kouan_chip_error_id (int code)
{
  static const char *const ids[] = {
    [KOUAN_CHIP_ERROR_SERVICE] = "service",
    [KOUAN_CHIP_ERROR_NO_READER] = "no-reader",
    [KOUAN_CHIP_ERROR_READER] = "reader",
    [KOUAN_CHIP_ERROR_REMOVED] = "removed",
    [KOUAN_CHIP_ERROR_MUTE] = "mute",
    [KOUAN_CHIP_ERROR_NOT_A_DOCUMENT] = "not-a-document",
    [KOUAN_CHIP_ERROR_ACCESS_DENIED] = "access-denied",
    [KOUAN_CHIP_ERROR_UNSUPPORTED] = "unsupported",
    [KOUAN_CHIP_ERROR_REFUSED] = "refused",
    [KOUAN_CHIP_ERROR_FILE_MISSING] = "file-missing",
    [KOUAN_CHIP_ERROR_TRUNCATED] = "truncated",
    [KOUAN_CHIP_ERROR_MALFORMED] = "malformed",
    [KOUAN_CHIP_ERROR_TAMPERED] = "tampered",
    [KOUAN_CHIP_ERROR_CHANNEL_LOST] = "channel-lost",
  };

  g_return_val_if_fail (code >= 0 && (gsize)code < G_N_ELEMENTS (ids), NULL);
  return ids[code];
}

/**
 * kouan_chip_transport_new_for_source:
 * @source: "pcsc:" for the first reader with a card, "pcsc:NAME" for the readers whose name
 * contains NAME; or "file:FOLDER", a folder of the files of a chip, played as one without keys
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanChipTransport *
kouan_chip_transport_new_for_source (const char *source, GError **error)
{
  const char *folder = kouan_device_source_part (source, "file");
  const char *reader = kouan_device_source_part (source, "pcsc");

  if (folder != NULL && *folder != '\0')
    return kouan_folder_transport_new (folder);
  if (reader != NULL)
    return kouan_pcsc_transport_new (reader);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "chip \"%s\": it must be \"pcsc:\", \"pcsc:NAME\" or \"file:FOLDER\"", source);
  return NULL;
}

/**
 * kouan_chip_transport_wait_for_card:
 *
 * Waits as long as it takes until a card lies there, and takes hold of it: what another program did
 * with it is forgotten.
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR SERVICE, NO_READER, READER or MUTE, or with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
kouan_chip_transport_wait_for_card (KouanChipTransport *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (KOUAN_IS_CHIP_TRANSPORT (self), FALSE);

  return KOUAN_CHIP_TRANSPORT_GET_IFACE (self)->wait_for_card (self, cancellable, error);
}

/* Takes the power from the chip and gives it back: all it knew of us is gone. */
gboolean
kouan_chip_transport_reset (KouanChipTransport *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_CHIP_TRANSPORT (self), FALSE);

  return KOUAN_CHIP_TRANSPORT_GET_IFACE (self)->reset (self, error);
}

/**
 * kouan_chip_transport_transmit:
 * @answer: (out caller-allocates): what was in it is replaced; data and the two bytes of status
 */
gboolean
kouan_chip_transport_transmit (
  KouanChipTransport *self, const guint8 *command, gsize size, GByteArray *answer, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_CHIP_TRANSPORT (self), FALSE);
  g_return_val_if_fail (command != NULL && size >= 4 && answer != NULL, FALSE);

  g_byte_array_set_size (answer, 0);
  return KOUAN_CHIP_TRANSPORT_GET_IFACE (self)->transmit (self, command, size, answer, error);
}

/* Lets the card go, so that it may be taken and others may use it. */
void
kouan_chip_transport_release (KouanChipTransport *self)
{
  g_return_if_fail (KOUAN_IS_CHIP_TRANSPORT (self));

  KOUAN_CHIP_TRANSPORT_GET_IFACE (self)->release (self);
}
