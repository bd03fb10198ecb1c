/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/chip.h"

#include "tests/testlib/chip-private.h"

#define TEST_TYPE_CHIP_TRANSPORT (test_chip_transport_get_type ())
G_DECLARE_FINAL_TYPE (TestChipTransport, test_chip_transport, TEST, CHIP_TRANSPORT, GObject)

struct _TestChipTransport
{
  GObject parent_instance;

  GMutex mutex;
  GCond changed;
  KouanTestChip *chip; /* (nullable): what lies there */
};

static gboolean
removed (GError **error)
{
  g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REMOVED, "nothing lies there");
  return FALSE;
}

static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  TestChipTransport *self = data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static gboolean
wait_for_card (KouanChipTransport *transport, GCancellable *cancellable, GError **error)
{
  TestChipTransport *self = TEST_CHIP_TRANSPORT (transport);
  gulong id = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL)
                : 0;

  g_mutex_lock (&self->mutex);
  while (self->chip == NULL && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->changed, &self->mutex);
  if (self->chip != NULL)
    kouan_test_chip_reset (self->chip);
  g_mutex_unlock (&self->mutex);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
reset (KouanChipTransport *transport, GError **error)
{
  TestChipTransport *self = TEST_CHIP_TRANSPORT (transport);
  gboolean there;

  g_mutex_lock (&self->mutex);
  there = self->chip != NULL;
  if (there)
    kouan_test_chip_reset (self->chip);
  g_mutex_unlock (&self->mutex);
  return there || removed (error);
}

/* Lc or Le in three bytes begin with a zero, and are not the end. */
static gboolean
is_extended (const guint8 *command, gsize size)
{
  return size > 5 && command[4] == 0;
}

static gboolean
transmit (KouanChipTransport *transport,
          const guint8 *command,
          gsize size,
          GByteArray *answer,
          GError **error)
{
  TestChipTransport *self = TEST_CHIP_TRANSPORT (transport);
  gboolean there;

  g_mutex_lock (&self->mutex);
  if (self->chip != NULL && chip_has_fault (self->chip, KOUAN_TEST_CHIP_SHORT_READER)
      && is_extended (command, size))
    {
      g_mutex_unlock (&self->mutex);
      g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_READER,
                           "the reader does not pass this on");
      return FALSE;
    }
  there = self->chip != NULL && kouan_test_chip_answer (self->chip, command, size, answer);
  g_mutex_unlock (&self->mutex);
  return there || removed (error);
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

G_DEFINE_FINAL_TYPE_WITH_CODE (TestChipTransport,
                               test_chip_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CHIP_TRANSPORT, iface_init))

static void
test_chip_transport_finalize (GObject *object)
{
  TestChipTransport *self = TEST_CHIP_TRANSPORT (object);

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  G_OBJECT_CLASS (test_chip_transport_parent_class)->finalize (object);
}

static void
test_chip_transport_class_init (TestChipTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_chip_transport_finalize;
}

static void
test_chip_transport_init (TestChipTransport *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
}

KouanChipTransport *
kouan_test_chip_transport_new (KouanTestChip *chip)
{
  TestChipTransport *self = g_object_new (TEST_TYPE_CHIP_TRANSPORT, NULL);

  self->chip = chip;
  return KOUAN_CHIP_TRANSPORT (self);
}

void
kouan_test_chip_transport_lay (KouanChipTransport *transport, KouanTestChip *chip)
{
  TestChipTransport *self = TEST_CHIP_TRANSPORT (transport);

  g_mutex_lock (&self->mutex);
  self->chip = chip;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
