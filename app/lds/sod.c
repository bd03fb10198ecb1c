/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-lds"

#include "app/lds/sod.h"

#include "app/lds/tlv.h"

#include <string.h>

/*   LDSSecurityObject ::= SEQUENCE {
 *     version                INTEGER { v0(0), v1(1) },
 *     hashAlgorithm          AlgorithmIdentifier,
 *     dataGroupHashValues    SEQUENCE SIZE (2..16) OF SEQUENCE { INTEGER, OCTET STRING },
 *     ldsVersionInfo         SEQUENCE { PrintableString, PrintableString } OPTIONAL -- v1
 *   }
 *
 * as the content of a SignedData in an object 77 (Doc 9303-10 §4.6.2). One spelling is read: every
 * group once, every digest as long as its algorithm makes it, nothing behind. */

#define TAG_SEQUENCE 0x30
#define TAG_INTEGER 0x02
#define TAG_OCTETS 0x04
#define TAG_NULL 0x05
#define TAG_OID 0x06
#define TAG_PRINTABLE 0x13
#define DIGESTS_MIN 2

struct _KouanSod
{
  KouanSignedData *signed_data;
  KouanHash hash;
  guint version;
  guint32 groups;
  guint8 digests[KOUAN_LDS_GROUPS + 1][KOUAN_HASH_SIZE_MAX];
};

static const struct
{
  const char *oid;
  KouanHash hash;
} hashes[] = {
  { "1.3.14.3.2.26", KOUAN_HASH_SHA1 },
  { "2.16.840.1.101.3.4.2.4", KOUAN_HASH_SHA224 },
  { "2.16.840.1.101.3.4.2.1", KOUAN_HASH_SHA256 },
  { "2.16.840.1.101.3.4.2.2", KOUAN_HASH_SHA384 },
  { "2.16.840.1.101.3.4.2.3", KOUAN_HASH_SHA512 },
};

void
kouan_sod_free (KouanSod *self)
{
  g_clear_pointer (&self->signed_data, kouan_signed_data_free);
  g_free (self);
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED, "EF.SOD: %s", what);
  return FALSE;
}

static gboolean
read_hash_algorithm (KouanTlvReader *reader, KouanSod *self, gboolean *known)
{
  g_autofree char *name = NULL;
  KouanTlvReader inner;
  KouanTlv oid, null;

  if (!kouan_tlv_read_enter (reader, TAG_SEQUENCE, &inner)
      || !kouan_tlv_read (&inner, TAG_OID, &oid)
      || (kouan_tlv_peek (&inner) == TAG_NULL && !kouan_tlv_read (&inner, TAG_NULL, &null))
      || !kouan_tlv_finish (&inner))
    return FALSE;
  name = kouan_tlv_dup_oid (&oid);
  *known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (g_strcmp0 (hashes[i].oid, name) == 0)
      {
        self->hash = hashes[i].hash;
        *known = TRUE;
      }
  return TRUE;
}

static gboolean
read_digest (KouanTlvReader *list, KouanSod *self)
{
  KouanTlvReader inner;
  KouanTlv number, digest;
  guint64 group;

  if (!kouan_tlv_read_enter (list, TAG_SEQUENCE, &inner)
      || !kouan_tlv_read (&inner, TAG_INTEGER, &number)
      || !kouan_tlv_read (&inner, TAG_OCTETS, &digest) || !kouan_tlv_finish (&inner)
      || !kouan_tlv_get_uint (&number, &group))
    return FALSE;
  if (group < 1 || group > KOUAN_LDS_GROUPS || (self->groups & 1u << group) != 0
      || digest.size != kouan_hash_size (self->hash))
    return FALSE;
  memcpy (self->digests[group], digest.value, digest.size);
  self->groups |= 1u << group;
  return TRUE;
}

static gboolean
read_digests (KouanTlvReader *reader, KouanSod *self)
{
  KouanTlvReader list;
  guint count = 0;

  if (!kouan_tlv_read_enter (reader, TAG_SEQUENCE, &list))
    return FALSE;
  for (; kouan_tlv_peek (&list) != 0; count++)
    if (!read_digest (&list, self))
      return FALSE;
  return kouan_tlv_finish (&list) && count >= DIGESTS_MIN;
}

/* In version 1 alone, and there always. */
static gboolean
read_version_info (KouanTlvReader *reader, KouanSod *self)
{
  KouanTlvReader inner;
  KouanTlv text;

  if (self->version == 0)
    return TRUE;
  return kouan_tlv_read_enter (reader, TAG_SEQUENCE, &inner)
         && kouan_tlv_read (&inner, TAG_PRINTABLE, &text)
         && kouan_tlv_read (&inner, TAG_PRINTABLE, &text) && kouan_tlv_finish (&inner);
}

static gboolean
read_content (KouanSod *self, GBytes *content, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  KouanTlvReader outer, reader;
  KouanTlv object;
  guint64 version;
  gboolean known;

  kouan_tlv_reader_init (&outer, KOUAN_TLV_BER, data, size);
  if (!kouan_tlv_read_enter (&outer, TAG_SEQUENCE, &reader) || !kouan_tlv_finish (&outer)
      || !kouan_tlv_read (&reader, TAG_INTEGER, &object) || !kouan_tlv_get_uint (&object, &version)
      || version > 1)
    return set_malformed (error, "no security object of version 0 or 1");
  self->version = (guint)version;
  if (!read_hash_algorithm (&reader, self, &known))
    return set_malformed (error, "no digest algorithm");
  if (!known)
    {
      g_set_error_literal (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_NOT_SUPPORTED,
                           "EF.SOD: a digest algorithm that travel documents may not use");
      return FALSE;
    }
  if (!read_digests (&reader, self))
    return set_malformed (error, "the digests of the data groups are not a list of such");
  if (!read_version_info (&reader, self) || !kouan_tlv_finish (&reader))
    return set_malformed (error, "something else behind the digests");
  return TRUE;
}

/**
 * kouan_sod_parse:
 * @data: the file, to the length that its head gives
 *
 * Returns: (transfer full) (nullable): what it says, its signature unverified. Its errors are of
 * KOUAN_LDS_ERROR
 */
KouanSod *
kouan_sod_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (KouanSod) self = g_new0 (KouanSod, 1);
  g_autoptr (GError) reason = NULL;
  KouanTlv file;

  if (!kouan_tlv_read_whole (KOUAN_TLV_BER, data, size, KOUAN_LDS_TAG_SOD, &file))
    {
      set_malformed (error, "not one object 77");
      return NULL;
    }
  self->signed_data
    = kouan_signed_data_parse (file.value, file.size, KOUAN_SOD_CONTENT_TYPE, &reason);
  if (self->signed_data == NULL)
    {
      set_malformed (error, reason->message);
      return NULL;
    }
  if (!read_content (self, kouan_signed_data_get_content (self->signed_data), error))
    return NULL;
  return g_steal_pointer (&self);
}

KouanSignedData *
kouan_sod_get_signed_data (KouanSod *self)
{
  return self->signed_data;
}

KouanHash
kouan_sod_get_hash (KouanSod *self)
{
  return self->hash;
}

guint
kouan_sod_get_version (KouanSod *self)
{
  return self->version;
}

guint32
kouan_sod_get_groups (KouanSod *self)
{
  return self->groups;
}

/* Whether @file, head and all, is the data group that was signed. */
gboolean
kouan_sod_group_fits (KouanSod *self, guint group, GBytes *file)
{
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (self != NULL && file != NULL, FALSE);
  g_return_val_if_fail (group >= 1 && group <= KOUAN_LDS_GROUPS, FALSE);

  if ((self->groups & 1u << group) == 0)
    return FALSE;
  data = g_bytes_get_data (file, &size);
  kouan_hash (self->hash, data, size, digest);
  return memcmp (digest, self->digests[group], kouan_hash_size (self->hash)) == 0;
}

static void
write_digest (GByteArray *list, guint group, KouanHash hash, GBytes *file)
{
  g_autoptr (GByteArray) entry = g_byte_array_new ();
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  kouan_hash (hash, data, size, digest);
  kouan_tlv_write_uint (entry, group);
  kouan_tlv_write (entry, TAG_OCTETS, digest, kouan_hash_size (hash));
  kouan_tlv_write (list, TAG_SEQUENCE, entry->data, entry->len);
}

static void
write_hash_algorithm (GByteArray *out, KouanHash hash)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (hashes[i].hash == hash)
      kouan_tlv_write_oid (inner, hashes[i].oid);
  kouan_tlv_write (inner, TAG_NULL, NULL, 0);
  kouan_tlv_write (out, TAG_SEQUENCE, inner->data, inner->len);
}

/* Returns: (transfer full): an LDSSecurityObject; of version 1 it says LDS 1.8, Unicode 4.0 */
GBytes *
kouan_sod_make_content (guint version,
                        KouanHash hash,
                        GBytes *const files[static KOUAN_LDS_GROUPS + 1])
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autoptr (GByteArray) info = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  kouan_tlv_write_uint (inner, version);
  write_hash_algorithm (inner, hash);
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    if (files[group] != NULL)
      write_digest (list, group, hash, files[group]);
  kouan_tlv_write (inner, TAG_SEQUENCE, list->data, list->len);
  kouan_tlv_write (info, TAG_PRINTABLE, (const guint8 *)"0108", 4);
  kouan_tlv_write (info, TAG_PRINTABLE, (const guint8 *)"040000", 6);
  if (version > 0)
    kouan_tlv_write (inner, TAG_SEQUENCE, info->data, info->len);
  kouan_tlv_write (out, TAG_SEQUENCE, inner->data, inner->len);
  return g_byte_array_free_to_bytes (out);
}
