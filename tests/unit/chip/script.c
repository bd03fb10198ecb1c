/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/chip/script.h"

#include "tests/testlib/hex.h"

#define TEST_TYPE_SCRIPT (test_script_get_type ())
G_DECLARE_FINAL_TYPE (TestScript, test_script, TEST, SCRIPT, GObject)

struct _TestScript
{
  GObject parent_instance;

  const char *const (*pairs)[2];
  guint at;
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
          const guint8 *command,
          gsize size,
          GByteArray *answer,
          GError **error G_GNUC_UNUSED)
{
  TestScript *self = TEST_SCRIPT (transport);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (self->pairs[self->at][1]);
  if (self->pairs[self->at][0] != NULL)
    kouan_test_assert_bytes (command, size, self->pairs[self->at][0]);
  bytes = kouan_test_bytes (self->pairs[self->at][1]);
  g_byte_array_append (answer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self->at++;
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

G_DEFINE_FINAL_TYPE_WITH_CODE (TestScript,
                               test_script,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CHIP_TRANSPORT, iface_init))

static void
test_script_class_init (TestScriptClass *klass G_GNUC_UNUSED)
{
}

static void
test_script_init (TestScript *self G_GNUC_UNUSED)
{
}

KouanChipTransport *
test_script_new (const char *const (*pairs)[2])
{
  TestScript *self = g_object_new (TEST_TYPE_SCRIPT, NULL);

  self->pairs = pairs;
  return KOUAN_CHIP_TRANSPORT (self);
}

void
test_script_assert_finished (KouanChipTransport *transport)
{
  TestScript *self = TEST_SCRIPT (transport);

  g_assert_null (self->pairs[self->at][1]);
}
