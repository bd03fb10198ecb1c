/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/list.h"

#include "app/crypto/cbor.h"

/* A list comes down in one message, so that it is taken whole or not at all: COSE_Sign1 over a
 * deterministic CBOR array
 *
 *   [12, 1, kind, hall, version, issued (seconds), content (bytes)]
 *
 * The key that has signed must be one that may speak for that kind: the one that issues
 * appointments says which are due and which are revoked, the roster's key names the staff, the
 * trust list's key names whom to believe. */

#define FORMAT 1
#define FIELDS 7

static const struct
{
  KouanListKind kind;
  const char *word; /* in an address and on a command line */
  KouanPurpose purpose;
  gboolean of_a_hall;
} kinds[] = {
  { KOUAN_LIST_APPOINTMENTS, "appointments", KOUAN_PURPOSE_APPOINTMENT, TRUE },
  { KOUAN_LIST_REVOKED, "revoked", KOUAN_PURPOSE_APPOINTMENT, FALSE },
  { KOUAN_LIST_TRUST, "trust", KOUAN_PURPOSE_TRUST_LIST, FALSE },
  { KOUAN_LIST_ROSTER, "roster", KOUAN_PURPOSE_ROSTER, FALSE },
};

static gsize
index_of (KouanListKind kind)
{
  g_assert (kind >= KOUAN_LIST_APPOINTMENTS && kind <= KOUAN_LIST_ROSTER);
  g_assert (kinds[kind - 1].kind == kind);
  return kind - 1;
}

const char *
kouan_list_kind_to_string (KouanListKind kind)
{
  return kinds[index_of (kind)].word;
}

gboolean
kouan_list_kind_from_string (const char *word, KouanListKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (word, kinds[i].word) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}

/* What a key has to be good for to sign such a list. */
KouanPurpose
kouan_list_kind_get_purpose (KouanListKind kind)
{
  return kinds[index_of (kind)].purpose;
}

/* Whether each hall has its own; the others are one for all halls. */
gboolean
kouan_list_kind_is_of_a_hall (KouanListKind kind)
{
  return kinds[index_of (kind)].of_a_hall;
}

void
kouan_list_free (KouanList *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

/* Returns: (transfer full): COSE */
GBytes *
kouan_list_sign (const KouanList *list, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (list != NULL && list->content != NULL && key != NULL, NULL);
  g_return_val_if_fail (list->version > 0 && list->version <= G_MAXINT64, NULL);

  data = g_bytes_get_data (list->content, &size);
  kouan_signed_write_head (out, KOUAN_SIGNED_LIST, FORMAT, FIELDS);
  kouan_cbor_write_uint (out, list->kind);
  kouan_cbor_write_uint (out, list->hall_id);
  kouan_cbor_write_uint (out, list->version);
  kouan_cbor_write_int (out, list->issued_s);
  kouan_cbor_write_bytes (out, data, size);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return kouan_cose_sign (key, payload);
}

static gboolean
read_fields (GBytes *payload, KouanList *list)
{
  KouanCborReader reader;
  guint64 kind = 0, hall_id = 0;
  gsize size, length = 0;
  const guint8 *content = NULL;
  const guint8 *data = g_bytes_get_data (payload, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_LIST, FORMAT, FIELDS))
    return FALSE;
  kouan_cbor_read_uint (&reader, &kind);
  kouan_cbor_read_uint (&reader, &hall_id);
  kouan_cbor_read_uint (&reader, &list->version);
  kouan_cbor_read_int (&reader, &list->issued_s);
  kouan_cbor_read_bytes (&reader, &content, &length);
  if (!kouan_cbor_reader_finish (&reader) || kind < KOUAN_LIST_APPOINTMENTS
      || kind > KOUAN_LIST_ROSTER || hall_id > G_MAXUINT16 || list->version == 0
      || list->version > G_MAXINT64)
    return FALSE;
  list->kind = (KouanListKind)kind;
  list->hall_id = (guint)hall_id;
  list->content = g_bytes_new (content, length);
  return TRUE;
}

/**
 * kouan_list_verify:
 * @message: COSE, from anywhere
 * @keyring: must hold a key that may speak for @kind
 * @hall_id: of the reader; a list of another hall is MALFORMED to it
 *
 * Whether it is newer than the one in use is the caller's question.
 *
 * Returns: (transfer full): the list; NULL with a KOUAN_CRYPTO_ERROR
 */
KouanList *
kouan_list_verify (
  GBytes *message, KouanKeyring *keyring, KouanListKind kind, guint hall_id, GError **error)
{
  g_autoptr (KouanList) list = g_new0 (KouanList, 1);
  g_autoptr (GBytes) payload = NULL;
  guint expected = kouan_list_kind_is_of_a_hall (kind) ? hall_id : 0;

  g_return_val_if_fail (message != NULL && keyring != NULL, NULL);

  payload = kouan_cose_verify (keyring, kouan_list_kind_get_purpose (kind), message, NULL, error);
  if (payload == NULL)
    return NULL;
  if (read_fields (payload, list) && list->kind == kind && list->hall_id == expected)
    return g_steal_pointer (&list);
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
               "signed, but not the list of %s for hall %u", kouan_list_kind_to_string (kind),
               expected);
  return NULL;
}
