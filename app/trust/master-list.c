/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/master-list.h"

#include "app/lds/tlv.h"
#include "app/trust/trust-list.h"

/*   CscaMasterList ::= SEQUENCE { version INTEGER { v0(0) }, certList SET OF Certificate }
 *
 * as the content of a SignedData (Doc 9303-12 §8.1). Some entries of real lists are not what
 * OpenSSL takes for a certificate, or no authority's: they are counted and left out, because the
 * rest of the list is as good as it was. */

#define TAG_SEQUENCE 0x30
#define TAG_SET 0x31
#define TAG_INTEGER 0x02
#define CERTIFICATES_MAX 20000

void
kouan_master_list_free (KouanMasterList *self)
{
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->message, kouan_signed_data_free);
  g_free (self);
}

static void
add_certificate (KouanMasterList *self, const KouanTlv *object)
{
  g_autoptr (KouanCertificate) certificate
    = kouan_certificate_parse (object->whole, object->whole_size, NULL);

  if (certificate != NULL && kouan_certificate_is_authority (certificate))
    g_ptr_array_add (self->certificates, g_steal_pointer (&certificate));
  else
    self->unread++;
}

static gboolean
read_content (KouanMasterList *self, GBytes *content)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  KouanTlvReader outer, reader, set;
  KouanTlv object;
  guint64 version;

  kouan_tlv_reader_init (&outer, KOUAN_TLV_BER, data, size);
  if (!kouan_tlv_read_enter (&outer, TAG_SEQUENCE, &reader) || !kouan_tlv_finish (&outer)
      || !kouan_tlv_read (&reader, TAG_INTEGER, &object) || !kouan_tlv_get_uint (&object, &version)
      || version != 0 || !kouan_tlv_read_enter (&reader, TAG_SET, &set)
      || !kouan_tlv_finish (&reader))
    return FALSE;
  while (kouan_tlv_next (&set, &object))
    {
      if (object.tag != TAG_SEQUENCE || self->certificates->len == CERTIFICATES_MAX)
        return FALSE;
      add_certificate (self, &object);
    }
  return kouan_tlv_finish (&set);
}

static gboolean
signature_counts (KouanSignedData *message, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!kouan_signed_data_verify (message, &reason))
    g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED, "the master list: %s",
                 reason->message);
  else if (kouan_signed_data_get_strength (message) != KOUAN_STRENGTH_GOOD)
    g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED,
                         "the master list is signed with an algorithm that is too weak today");
  else
    return TRUE;
  return FALSE;
}

/**
 * kouan_master_list_parse:
 *
 * Returns: (transfer full) (nullable): of what is signed by a certificate that the list carries;
 * who vouches for that one is the caller's question. Its errors are of KOUAN_TRUST_ERROR
 */
KouanMasterList *
kouan_master_list_parse (GBytes *file, GError **error)
{
  g_autoptr (KouanMasterList) self = g_new0 (KouanMasterList, 1);
  g_autoptr (GError) reason = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_certificate_unref);
  self->message = kouan_signed_data_parse (data, size, KOUAN_MASTER_LIST_CONTENT_TYPE, &reason);
  if (self->message == NULL)
    {
      g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED, "no master list: %s",
                   reason->message);
      return NULL;
    }
  if (!signature_counts (self->message, error))
    return NULL;
  if (!read_content (self, kouan_signed_data_get_content (self->message)))
    {
      g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED,
                           "signed, and no list of certificates");
      return NULL;
    }
  kouan_sha256 (data, size, self->digest);
  return g_steal_pointer (&self);
}
