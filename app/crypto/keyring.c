/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/keys-private.h"

#include <string.h>

/* Everybody whose word counts, and for what. Filled once and then only read, so it needs no lock.
 */

struct _KouanKeyring
{
  gatomicrefcount ref_count;
  GPtrArray *entries;
};

typedef struct
{
  KouanVerifyingKey *key;
  guint purposes;
  char *label;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  kouan_verifying_key_unref (entry->key);
  g_free (entry->label);
  g_free (entry);
}

KouanKeyring *
kouan_keyring_new (void)
{
  KouanKeyring *self = g_new0 (KouanKeyring, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

KouanKeyring *
kouan_keyring_ref (KouanKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_keyring_unref (KouanKeyring *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * kouan_keyring_add:
 * @key: (transfer none):
 * @purposes: one or more of #KouanPurpose
 * @label: whose key it is, for logs and lists
 */
void
kouan_keyring_add (KouanKeyring *self, KouanVerifyingKey *key, guint purposes, const char *label)
{
  Entry *entry = NULL;

  g_return_if_fail (self != NULL && key != NULL && label != NULL);
  g_return_if_fail (purposes != 0);

  entry = g_new0 (Entry, 1);
  entry->key = kouan_verifying_key_ref (key);
  entry->purposes = purposes;
  entry->label = g_strdup (label);
  g_ptr_array_add (self->entries, entry);
}

guint
kouan_keyring_get_size (KouanKeyring *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

/**
 * kouan_keyring_get_label:
 * @key: as kouan_cose_verify() gave it
 *
 * Returns: (transfer none) (nullable): the label it was added with
 */
const char *
kouan_keyring_get_label (KouanKeyring *self, KouanVerifyingKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->key == key)
        return entry->label;
    }
  return NULL;
}

GPtrArray *
kouan_keyring_find (KouanKeyring *self,
                    KouanPurpose purpose,
                    const guint8 id[static KOUAN_KEY_ID_SIZE])
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_verifying_key_unref);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      guint8 own_id[KOUAN_KEY_ID_SIZE];

      kouan_verifying_key_get_id (entry->key, own_id);
      if ((entry->purposes & purpose) != 0 && memcmp (own_id, id, sizeof own_id) == 0)
        g_ptr_array_add (found, kouan_verifying_key_ref (entry->key));
    }
  return found;
}
