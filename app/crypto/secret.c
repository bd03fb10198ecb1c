/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/secret.h"

#include <sodium.h>
#include <string.h>

/* The bytes live in sodium_malloc's memory: alone on their pages, guard pages on both sides,
 * excluded from core dumps, locked as far as RLIMIT_MEMLOCK lets it. A kiosk whose limit is too low
 * still runs: without swap (the shipped set-up) the lock changes nothing. Each secret costs four
 * pages, so this is for keys and the like, never for documents. */

struct _KouanSecret
{
  gatomicrefcount ref_count;
  gsize size;
  guint8 *data;
};

static void
start_sodium (void)
{
  static gsize started;

  if (g_once_init_enter (&started))
    {
      g_assert (sodium_init () >= 0);
      g_once_init_leave (&started, 1);
    }
}

/**
 * kouan_secret_new:
 * @size: how many bytes, at least 1
 *
 * Returns: (transfer full): zeros, to be filled through kouan_secret_data()
 */
KouanSecret *
kouan_secret_new (gsize size)
{
  KouanSecret *self = NULL;

  g_return_val_if_fail (size > 0, NULL);

  start_sodium ();
  self = g_new0 (KouanSecret, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->size = size;
  self->data = sodium_malloc (size);
  if (self->data == NULL)
    g_error ("no memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  memset (self->data, 0, size);
  return self;
}

KouanSecret *
kouan_secret_new_random (gsize size)
{
  KouanSecret *self = kouan_secret_new (size);

  randombytes_buf (self->data, size);
  return self;
}

/**
 * kouan_secret_new_copy:
 *
 * Wiping the original is the caller's duty.
 */
KouanSecret *
kouan_secret_new_copy (const guint8 *data, gsize size)
{
  KouanSecret *self = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  self = kouan_secret_new (size);
  memcpy (self->data, data, size);
  return self;
}

KouanSecret *
kouan_secret_ref (KouanSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_secret_unref (KouanSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sodium_free (self->data); /* wipes, and aborts if a guard was overwritten */
  g_free (self);
}

guint8 *
kouan_secret_data (KouanSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

gsize
kouan_secret_size (KouanSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
kouan_secret_equal (KouanSecret *a, KouanSecret *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->size == b->size && sodium_memcmp (a->data, b->data, a->size) == 0;
}

/**
 * kouan_wipe:
 *
 * Zeros that the compiler may not leave out, for the places where a secret has to pass through
 * ordinary memory.
 */
void
kouan_wipe (gpointer data, gsize size)
{
  if (size > 0)
    sodium_memzero (data, size);
}

/**
 * kouan_equal_in_constant_time:
 *
 * For tags and binds: how long it takes says nothing about where two values differ.
 */
gboolean
kouan_equal_in_constant_time (const guint8 *a, const guint8 *b, gsize size)
{
  return sodium_memcmp (a, b, size) == 0;
}
