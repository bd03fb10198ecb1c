/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/reading.h"

/* A chip that answers anything: each answer is two bytes of length and as many of content, and
 * where they end the card is lifted. The reading may end as it likes. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define FUZZ_TYPE_CHIP (fuzz_chip_get_type ())
G_DECLARE_FINAL_TYPE (FuzzChip, fuzz_chip, FUZZ, CHIP, GObject)

struct _FuzzChip
{
  GObject parent_instance;

  const guint8 *data;
  gsize size;
};

static gboolean
wait_for_card (KouanChipTransport *transport G_GNUC_UNUSED,
               GCancellable *cancellable G_GNUC_UNUSED,
               GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
reset (KouanChipTransport *transport G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
transmit (KouanChipTransport *transport,
          const guint8 *command G_GNUC_UNUSED,
          gsize size G_GNUC_UNUSED,
          GByteArray *answer,
          GError **error)
{
  FuzzChip *self = FUZZ_CHIP (transport);
  gsize length;

  if (self->size < 2)
    {
      g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REMOVED, "lifted");
      return FALSE;
    }
  length = MIN ((gsize)self->data[0] << 8 | self->data[1], self->size - 2);
  g_byte_array_append (answer, self->data + 2, length);
  self->data += 2 + length;
  self->size -= 2 + length;
  return TRUE;
}

static void
release (KouanChipTransport *transport G_GNUC_UNUSED)
{
}

static void
iface_init (KouanChipTransportInterface *iface)
{
  iface->wait_for_card = wait_for_card;
  iface->reset = reset;
  iface->transmit = transmit;
  iface->release = release;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzChip,
                               fuzz_chip,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CHIP_TRANSPORT, iface_init))

static void
fuzz_chip_class_init (FuzzChipClass *klass G_GNUC_UNUSED)
{
}

static void
fuzz_chip_init (FuzzChip *self G_GNUC_UNUSED)
{
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FuzzChip) chip = g_object_new (FUZZ_TYPE_CHIP, NULL);
  g_autoptr (KouanChipPassword) password
    = kouan_chip_password_new_information ("L898902C3674081221204159");
  g_autoptr (KouanChipReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (size == 0)
    return 0;
  chip->data = data + 1;
  chip->size = size - 1;
  reading = kouan_chip_reading_new (data[0] % 2 == 0 ? password : NULL);
  done = kouan_chip_reading_run (reading, KOUAN_CHIP_TRANSPORT (chip), NULL, NULL, NULL, &error);
  g_assert_true (done == (error == NULL));
  return 0;
}
