/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/age-private.h"

#include <string.h>

#define CHUNK KOUAN_AGE_CHUNK_SIZE
#define SEALED KOUAN_AGE_SEALED_CHUNK_SIZE

typedef struct
{
  KouanAgeIdentity *identity;
  KouanAgeIdentity *escrow;
  GPtrArray *recipients;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->identity = kouan_age_identity_generate ();
  fixture->escrow = kouan_age_identity_generate ();
  fixture->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
  g_ptr_array_add (fixture->recipients, kouan_age_identity_get_recipient (fixture->identity));
  g_ptr_array_add (fixture->recipients, kouan_age_identity_get_recipient (fixture->escrow));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_age_identity_free (fixture->identity);
  kouan_age_identity_free (fixture->escrow);
  g_ptr_array_unref (fixture->recipients);
}

static guint8 *
make_plain (gsize size)
{
  guint8 *plain = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    plain[i] = (guint8)(i * 31 + (i >> 16));
  return plain;
}

static GBytes *
encrypt (Fixture *fixture, const guint8 *plain, gsize size, gsize step)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = kouan_age_encrypt (base, fixture->recipients, &error);

  g_assert_no_error (error);
  for (gsize offset = 0; offset < size; offset += step)
    g_assert_true (g_output_stream_write_all (stream, plain + offset, MIN (step, size - offset),
                                              NULL, NULL, &error));
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
}

/* (nullable): all of the plain bytes, or an error */
static GByteArray *
decrypt (KouanAgeIdentity *identity, const guint8 *data, gsize size, gsize step, GError **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);
  g_autoptr (GInputStream) stream = kouan_age_decrypt (base, identity, error);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (step);
  gssize read = 0;

  if (stream == NULL)
    return NULL;
  while ((read = g_input_stream_read (stream, buffer, step, NULL, error)) > 0)
    g_byte_array_append (out, buffer, (guint)read);
  return read == 0 ? g_steal_pointer (&out) : NULL;
}

static void
assert_refused (Fixture *fixture, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) plain = decrypt (fixture->identity, data, size, CHUNK, &error);

  g_assert_null (plain);
  g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 131072, 200000 };
  const gsize steps[] = { 1000, 65536, 300000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
      {
        g_autofree guint8 *plain = make_plain (sizes[i]);
        g_autoptr (GBytes) file = encrypt (fixture, plain, sizes[i], steps[j]);
        const guint8 *bytes = g_bytes_get_data (file, NULL);
        gsize size = g_bytes_get_size (file);
        gsize chunks = MAX (1, (sizes[i] + CHUNK - 1) / CHUNK);
        g_autoptr (GError) error = NULL;
        g_autoptr (GByteArray) hub = decrypt (fixture->identity, bytes, size, steps[j], &error);
        g_autoptr (GByteArray) escrow = decrypt (fixture->escrow, bytes, size, 7777, &error);

        g_assert_no_error (error);
        g_assert_cmpmem (hub->data, hub->len, plain, sizes[i]);
        g_assert_cmpmem (escrow->data, escrow->len, plain, sizes[i]);
        /* 22 of version, 98 a recipient, 48 of MAC, 16 of nonce, 16 a chunk */
        g_assert_cmpuint (size, ==, 22 + 2 * 98 + 48 + 16 + chunks * 16 + sizes[i]);
      }
}

static void
test_never_twice_the_same (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) first = encrypt (fixture, (const guint8 *)"abc", 3, 3);
  g_autoptr (GBytes) second = encrypt (fixture, (const guint8 *)"abc", 3, 3);

  g_assert_false (g_bytes_equal (first, second));
}

static void
test_every_flip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file = encrypt (fixture, (const guint8 *)"abc", 3, 3);
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), size);

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        copy[i] ^= 1 << bit;
        assert_refused (fixture, copy, size);
        copy[i] ^= 1 << bit;
      }
}

static void
test_every_truncation (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file = encrypt (fixture, (const guint8 *)"abc", 3, 3);
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *longer = g_malloc0 (size + 1);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (file, NULL), i);

      assert_refused (fixture, exact, i);
    }
  memcpy (longer, g_bytes_get_data (file, NULL), size);
  assert_refused (fixture, longer, size + 1);
}

/* At and around the borders of the chunks of a file with three. */
static void
test_chunk_borders (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree guint8 *plain = make_plain (3 * CHUNK);
  g_autoptr (GBytes) file = encrypt (fixture, plain, 3 * CHUNK, CHUNK);
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  gsize size = g_bytes_get_size (file);
  gsize start = size - 3 * SEALED;

  for (gsize chunk = 0; chunk <= 3; chunk++)
    for (int off = -17; off <= 17; off++)
      if (start + chunk * SEALED + (gsize)off < size)
        {
          gsize length = start + chunk * SEALED + (gsize)off;
          g_autofree guint8 *cut = g_memdup2 (bytes, length);

          assert_refused (fixture, cut, length);
        }
}

static void
assert_order_refused (Fixture *fixture, const guint8 *file, gsize start, const char *order)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_byte_array_append (out, file, (guint)start);
  for (const char *c = order; *c != '\0'; c++)
    g_byte_array_append (out, file + start + (gsize)(*c - '0') * SEALED, SEALED);
  assert_refused (fixture, out->data, out->len);
}

static void
test_chunk_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *wrong[] = { "102", "021", "0012", "0112", "0122", "12", "02", "01", "2", "0", "" };
  g_autofree guint8 *plain = make_plain (3 * CHUNK);
  g_autoptr (GBytes) file = encrypt (fixture, plain, 3 * CHUNK, CHUNK);
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  gsize start = g_bytes_get_size (file) - 3 * SEALED;
  g_autoptr (GByteArray) right = decrypt (fixture->identity, bytes, start + 3 * SEALED, 4096, NULL);

  g_assert_cmpmem (right->data, right->len, plain, 3 * CHUNK);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_order_refused (fixture, bytes, start, wrong[i]);
}

/* What a writer with the file key, but not to the rules, could make. */
static GByteArray *
craft (Fixture *fixture, const gsize *sizes, const gboolean *finals, guint count)
{
  g_autoptr (KouanSecret) file_key = kouan_secret_new_random (KOUAN_AGE_FILE_KEY_SIZE);
  g_autoptr (GArray) stanzas = g_array_new (FALSE, FALSE, sizeof (KouanAgeStanza));
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (KouanAead) aead = NULL;
  g_autofree guint8 *sealed = g_malloc (SEALED);
  g_autofree guint8 *plain = g_malloc0 (CHUNK);
  guint8 nonce[KOUAN_AGE_NONCE_SIZE] = { 7 };
  GByteArray *out = NULL;
  KouanAgeStanza stanza;

  g_assert_true (kouan_age_wrap (g_ptr_array_index (fixture->recipients, 0), file_key, &stanza));
  g_array_append_val (stanzas, stanza);
  out = kouan_age_header_write (stanzas, file_key);
  g_byte_array_append (out, nonce, sizeof nonce);
  key = kouan_hkdf_sha256_salted (file_key, nonce, sizeof nonce, "payload", KOUAN_KEY_SIZE);
  aead = kouan_aead_new_sealing (key);
  for (guint i = 0; i < count; i++)
    {
      guint8 chunk_nonce[KOUAN_AEAD_NONCE_SIZE] = { 0 };

      chunk_nonce[10] = (guint8)i;
      chunk_nonce[11] = finals[i] ? 1 : 0;
      kouan_aead_seal (aead, chunk_nonce, plain, sizes[i], sealed);
      g_byte_array_append (out, sealed, (guint)(sizes[i] + KOUAN_AEAD_TAG_SIZE));
    }
  return out;
}

static const struct
{
  const char *name;
  gboolean good;
  guint count;
  gsize sizes[3];
  gboolean finals[3];
} crafted[] = {
  { "no chunk", FALSE, 0, { 0 }, { FALSE } },
  { "empty", TRUE, 1, { 0 }, { TRUE } },
  { "one full", TRUE, 1, { CHUNK }, { TRUE } },
  { "two", TRUE, 2, { CHUNK, 1 }, { FALSE, TRUE } },
  { "two full", TRUE, 2, { CHUNK, CHUNK }, { FALSE, TRUE } },
  { "empty last", FALSE, 2, { CHUNK, 0 }, { FALSE, TRUE } },
  { "not final", FALSE, 1, { 10 }, { FALSE } },
  { "not final, empty", FALSE, 1, { 0 }, { FALSE } },
  { "not final, full", FALSE, 1, { CHUNK }, { FALSE } },
  { "two, not final", FALSE, 2, { CHUNK, CHUNK }, { FALSE, FALSE } },
  { "two final", FALSE, 2, { CHUNK, CHUNK }, { TRUE, TRUE } },
  { "final first", FALSE, 2, { CHUNK, 5 }, { TRUE, FALSE } },
  { "short first", FALSE, 2, { 1000, 1000 }, { FALSE, TRUE } },
};

static void
test_crafted (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (crafted); i++)
    {
      g_autoptr (GByteArray) file
        = craft (fixture, crafted[i].sizes, crafted[i].finals, crafted[i].count);
      g_autoptr (GByteArray) plain = NULL;

      g_test_message ("%s", crafted[i].name);
      if (!crafted[i].good)
        {
          assert_refused (fixture, file->data, file->len);
          continue;
        }
      plain = decrypt (fixture->identity, file->data, file->len, 1000, NULL);
      g_assert_nonnull (plain);
      g_assert_cmpuint (plain->len, ==, crafted[i].sizes[0] + crafted[i].sizes[1]);
    }
}

static void
test_wrong_identity (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAgeIdentity) other = kouan_age_identity_generate ();
  g_autoptr (GBytes) file = encrypt (fixture, (const guint8 *)"abc", 3, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) plain
    = decrypt (other, g_bytes_get_data (file, NULL), g_bytes_get_size (file), 10, &error);

  g_assert_null (plain);
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_WRONG_KEY);
}

/* Dropped without a close: GLib closes the stream by itself, and still nothing may open the file.
 */
static void
test_dropped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  GOutputStream *stream = kouan_age_encrypt (base, fixture->recipients, NULL);
  g_autoptr (GBytes) file = NULL;

  g_assert_true (g_output_stream_write_all (stream, "abc", 3, NULL, NULL, NULL));
  g_object_unref (stream);
  g_assert_true (g_output_stream_is_closed (base));
  file = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
  assert_refused (fixture, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

static void
test_base_stays_open (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = kouan_age_encrypt (base, fixture->recipients, NULL);

  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (stream), FALSE);
  g_assert_true (g_output_stream_flush (stream, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_assert_false (g_output_stream_is_closed (base));
}

/* A base of fixed size stands in for a disk that fills up halfway through the second chunk. */
static void
test_disk_full (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gsize size = 100000;
  g_autofree guint8 *disk = g_malloc (size);
  g_autofree guint8 *plain = make_plain (3 * CHUNK);
  g_autoptr (GOutputStream) base = g_memory_output_stream_new (disk, size, NULL, NULL);
  g_autoptr (GOutputStream) stream = kouan_age_encrypt (base, fixture->recipients, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (g_output_stream_write_all (stream, plain, 3 * CHUNK, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (g_output_stream_write_all (stream, plain, 1, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (g_output_stream_close (stream, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  assert_refused (fixture, disk, size);
}

static void
test_no_room_for_the_header (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint8 disk[100];
  g_autoptr (GOutputStream) base = g_memory_output_stream_new (disk, sizeof disk, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_age_encrypt (base, fixture->recipients, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_skip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree guint8 *plain = make_plain (CHUNK + 100);
  g_autoptr (GBytes) file = encrypt (fixture, plain, CHUNK + 100, CHUNK);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GInputStream) stream = kouan_age_decrypt (base, fixture->identity, NULL);
  gsize skipped = 0;
  guint8 rest[20];

  while (skipped < CHUNK + 90)
    {
      gssize step = g_input_stream_skip (stream, CHUNK + 90 - skipped, NULL, NULL);

      g_assert_cmpint (step, >, 0);
      skipped += (gsize)step;
    }
  g_assert_cmpint (g_input_stream_read (stream, rest, sizeof rest, NULL, NULL), ==, 10);
  g_assert_cmpmem (rest, 10, plain + CHUNK + 90, 10);
  g_assert_cmpint (g_input_stream_read (stream, rest, sizeof rest, NULL, NULL), ==, 0);
}

/* What comes before the damage is handed out, then an error, and an error again. */
static void
test_error_stays (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree guint8 *plain = make_plain (CHUNK + 100);
  g_autoptr (GBytes) file = encrypt (fixture, plain, CHUNK + 100, CHUNK);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autoptr (GInputStream) base
    = g_memory_input_stream_new_from_data (copy, (gssize)g_bytes_get_size (file), NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autoptr (GError) error = NULL;
  gsize read = 0;

  copy[g_bytes_get_size (file) - 1] ^= 1;
  stream = kouan_age_decrypt (base, fixture->identity, &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (stream, buffer, CHUNK, &read, NULL, NULL));
  g_assert_cmpmem (buffer, read, plain, CHUNK);
  g_assert_cmpint (g_input_stream_read (stream, buffer, 1, NULL, &error), ==, -1);
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
  g_clear_error (&error);
  g_assert_cmpint (g_input_stream_read (stream, buffer, 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/crypto/age/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("never-twice-the-same", test_never_twice_the_same);
  ADD ("every-flip", test_every_flip);
  ADD ("every-truncation", test_every_truncation);
  ADD ("chunk-borders", test_chunk_borders);
  ADD ("chunk-order", test_chunk_order);
  ADD ("crafted", test_crafted);
  ADD ("wrong-identity", test_wrong_identity);
  ADD ("dropped", test_dropped);
  ADD ("base-stays-open", test_base_stays_open);
  ADD ("disk-full", test_disk_full);
  ADD ("no-room-for-the-header", test_no_room_for_the_header);
  ADD ("skip", test_skip);
  ADD ("error-stays", test_error_stays);
  return g_test_run ();
}
