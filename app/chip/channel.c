/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/channel.h"

struct _KouanChipChannel
{
  KouanChipTransport *transport;
  KouanSecureMessaging *messaging; /* (nullable): in plain so far */
  GByteArray *bytes;               /* of the command that is going out */

  guint count;
  gint64 outside_us;
};

KouanChipChannel *
kouan_chip_channel_new (KouanChipTransport *transport)
{
  KouanChipChannel *self = g_new0 (KouanChipChannel, 1);

  self->transport = g_object_ref (transport);
  self->bytes = g_byte_array_new ();
  return self;
}

void
kouan_chip_channel_free (KouanChipChannel *self)
{
  g_clear_pointer (&self->messaging, kouan_secure_messaging_free);
  g_byte_array_unref (self->bytes);
  g_object_unref (self->transport);
  g_free (self);
}

/* The chip forgets; what was secure is in plain again. */
gboolean
kouan_chip_channel_reset (KouanChipChannel *self, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  gboolean done = kouan_chip_transport_reset (self->transport, error);

  g_clear_pointer (&self->messaging, kouan_secure_messaging_free);
  self->outside_us += g_get_monotonic_time () - start_us;
  return done;
}

/* @messaging: (transfer full): from the next command on */
void
kouan_chip_channel_secure (KouanChipChannel *self, KouanSecureMessaging *messaging)
{
  g_clear_pointer (&self->messaging, kouan_secure_messaging_free);
  self->messaging = messaging;
}

gboolean
kouan_chip_channel_is_secure (KouanChipChannel *self)
{
  return self->messaging != NULL;
}

/* Returns: how much of a file an answer of @answer_max bytes carries at this moment */
gsize
kouan_chip_channel_payload (KouanChipChannel *self, gsize answer_max)
{
  return self->messaging != NULL ? kouan_secure_messaging_payload (self->messaging, answer_max)
                                 : answer_max;
}

static gboolean
transmit (KouanChipChannel *self, GByteArray *answer, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  gboolean done = kouan_chip_transport_transmit (self->transport, self->bytes->data,
                                                 self->bytes->len, answer, error);

  self->outside_us += g_get_monotonic_time () - start_us;
  self->count++;
  return done;
}

/**
 * kouan_chip_channel_send:
 * @answer: (out caller-allocates): the data in plain, without the status
 * @status: (out)
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR of the transport, of secure messaging, or MALFORMED
 */
gboolean
kouan_chip_channel_send (KouanChipChannel *self,
                         const KouanApdu *command,
                         GByteArray *answer,
                         guint *status,
                         GError **error)
{
  g_byte_array_set_size (self->bytes, 0);
  if (self->messaging != NULL)
    kouan_secure_messaging_protect (self->messaging, command, self->bytes);
  else
    kouan_apdu_to_bytes (command, self->bytes);
  if (!transmit (self, answer, error))
    return FALSE;
  if (self->messaging != NULL)
    return kouan_secure_messaging_open (self->messaging, answer, status, error);
  if (kouan_apdu_split_answer (answer, status))
    return TRUE;
  g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MALFORMED,
                       "an answer without a status");
  return FALSE;
}

gboolean
kouan_chip_channel_demand (KouanChipChannel *self,
                           const KouanApdu *command,
                           GByteArray *answer,
                           const char *what,
                           GError **error)
{
  guint status;

  if (!kouan_chip_channel_send (self, command, answer, &status, error))
    return FALSE;
  if (status == KOUAN_STATUS_OK)
    return TRUE;
  g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REFUSED, "%s: the chip answers %04X", what,
               status);
  return FALSE;
}

guint
kouan_chip_channel_get_count (KouanChipChannel *self)
{
  return self->count;
}

gint64
kouan_chip_channel_get_outside_us (KouanChipChannel *self)
{
  return self->outside_us;
}
