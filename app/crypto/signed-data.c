/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/signed-data.h"

#include "app/crypto/certificate-private.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <string.h>

/* OpenSSL reads the message and checks the signature. What it lets pass and the documents' rules do
 * not is looked at here, before anything is asked of a message that may be of another type:
 *
 *   - the outermost type, because the questions about SignedData crash on any other;
 *   - nothing behind the message;
 *   - version 3, which RFC 5652 §5.1 demands of content that is not plain data;
 *   - signed attributes, with a content type that is the content's: without them a signature over
 *     attributes can be passed off as one over content.
 *
 * Documents are out whose signer identifier names a certificate that they do not carry, and which
 * carry exactly one. That one is tried, and whoever reports the result can tell. */

#define VERSION 3
#define SIGNERS_MAX 8

struct _KouanSignedData
{
  CMS_ContentInfo *cms;
  GBytes *content;
  GPtrArray *certificates;
  KouanCertificate *signer;
  gboolean misnamed;
};

typedef STACK_OF (X509) X509Stack;

static void
x509_stack_free (X509Stack *stack)
{
  sk_X509_pop_free (stack, X509_free);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509Stack, x509_stack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OBJECT, ASN1_OBJECT_free)

void
kouan_signed_data_free (KouanSignedData *self)
{
  CMS_ContentInfo_free (self->cms);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->signer, kouan_certificate_unref);
  g_free (self);
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, what);
  ERR_clear_error ();
  return FALSE;
}

/* One head of BER; @size: of the value, 0 where it has no end of its own. */
static gboolean
read_head (const guint8 **at, const guint8 *end, int tag, long *size)
{
  int found, class;
  int form = ASN1_get_object (at, size, &found, &class, end - *at);

  ERR_clear_error ();
  return (form & 0x80) == 0 && found == tag;
}

/* ContentInfo ::= SEQUENCE { OID, [0] { SignedData ::= SEQUENCE { version INTEGER, … } } }. OpenSSL
 * keeps the version to itself. */
static gboolean
read_version (const guint8 *data, gsize size, guint *version)
{
  const guint8 *at = data;
  const guint8 *end = data + size;
  long length;

  if (!read_head (&at, end, V_ASN1_SEQUENCE, &length)
      || !read_head (&at, end, V_ASN1_OBJECT, &length))
    return FALSE;
  at += length;
  if (!read_head (&at, end, 0, &length) || !read_head (&at, end, V_ASN1_SEQUENCE, &length)
      || !read_head (&at, end, V_ASN1_INTEGER, &length) || length != 1)
    return FALSE;
  *version = *at;
  return TRUE;
}

static gboolean
has_content_type (const CMS_ContentInfo *cms, const char *content_type)
{
  char text[64];

  return OBJ_obj2txt (text, sizeof text, CMS_get0_eContentType ((CMS_ContentInfo *)cms), 1) > 0
         && g_str_equal (text, content_type);
}

/* Each signature has to be over attributes that name the content's type. */
static gboolean
attributes_fit (CMS_ContentInfo *cms)
{
  STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (cms);
  int count = sk_CMS_SignerInfo_num (signers);

  if (count < 1 || count > SIGNERS_MAX)
    return FALSE;
  for (int i = 0; i < count; i++)
    {
      const ASN1_OBJECT *type
        = CMS_signed_get0_data_by_OBJ (sk_CMS_SignerInfo_value (signers, i),
                                       OBJ_nid2obj (NID_pkcs9_contentType), -3, V_ASN1_OBJECT);

      if (type == NULL || OBJ_cmp (type, CMS_get0_eContentType (cms)) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_shape (
  CMS_ContentInfo *cms, const guint8 *data, gsize size, const char *content_type, GError **error)
{
  ASN1_OCTET_STRING **content;
  guint version = 0;

  if (OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed)
    return set_malformed (error, "a message that is not SignedData");
  if (!read_version (data, size, &version) || version != VERSION)
    return set_malformed (error, "SignedData of another version than 3");
  if (!has_content_type (cms, content_type))
    return set_malformed (error, "SignedData over content of another type");
  content = CMS_get0_content (cms);
  if (content == NULL || *content == NULL || ASN1_STRING_length (*content) <= 0)
    return set_malformed (error, "SignedData without its content");
  if (!attributes_fit (cms))
    return set_malformed (error, "SignedData whose signed attributes do not name its content");
  return TRUE;
}

static GPtrArray *
list_certificates (CMS_ContentInfo *cms)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_certificate_unref);
  g_autoptr (X509Stack) certificates = CMS_get1_certs (cms);

  for (int i = 0; i < sk_X509_num (certificates); i++)
    {
      X509 *x509 = sk_X509_value (certificates, i);

      X509_up_ref (x509);
      g_ptr_array_add (list, kouan_certificate_new (x509));
    }
  return list;
}

static KouanCertificate *
find_named (GPtrArray *certificates, CMS_SignerInfo *signer)
{
  for (guint i = 0; i < certificates->len; i++)
    if (CMS_SignerInfo_cert_cmp (signer, kouan_certificate_get_x509 (certificates->pdata[i])) == 0)
      return certificates->pdata[i];
  return NULL;
}

/* Gives each signature its certificate, the first one's being the message's. */
static void
find_signers (KouanSignedData *self)
{
  STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (self->cms);
  int count = sk_CMS_SignerInfo_num (signers);

  for (int i = 0; i < count; i++)
    {
      CMS_SignerInfo *signer = sk_CMS_SignerInfo_value (signers, i);
      KouanCertificate *found = find_named (self->certificates, signer);

      if (found == NULL && count == 1 && self->certificates->len == 1)
        {
          found = self->certificates->pdata[0];
          self->misnamed = TRUE;
        }
      if (found == NULL)
        continue;
      CMS_SignerInfo_set1_signer_cert (signer, kouan_certificate_get_x509 (found));
      if (i == 0)
        self->signer = kouan_certificate_ref (found);
    }
  ERR_clear_error ();
}

/**
 * kouan_signed_data_parse:
 * @content_type: the object identifier of what has to be in it
 *
 * Returns: (transfer full) (nullable): a message of the right shape, whose signature has yet to be
 * verified; %NULL with %KOUAN_CRYPTO_ERROR_MALFORMED
 */
KouanSignedData *
kouan_signed_data_parse (const guint8 *data, gsize size, const char *content_type, GError **error)
{
  g_autoptr (KouanSignedData) self = g_new0 (KouanSignedData, 1);
  const guint8 *end = data;
  const ASN1_OCTET_STRING *content;

  g_return_val_if_fail (data != NULL || size == 0, NULL);
  g_return_val_if_fail (content_type != NULL, NULL);

  if (size > 0 && size <= G_MAXINT)
    self->cms = d2i_CMS_ContentInfo (NULL, &end, (long)size);
  if (self->cms == NULL)
    {
      set_malformed (error, "not a CMS message");
      return NULL;
    }
  if (end != data + size)
    {
      set_malformed (error, "something lies behind the CMS message");
      return NULL;
    }
  if (!check_shape (self->cms, data, size, content_type, error))
    return NULL;
  content = *CMS_get0_content (self->cms);
  self->content
    = g_bytes_new (ASN1_STRING_get0_data (content), (gsize)ASN1_STRING_length (content));
  self->certificates = list_certificates (self->cms);
  find_signers (self);
  return g_steal_pointer (&self);
}

/**
 * kouan_signed_data_verify:
 *
 * Checks the signatures by the certificates in the message. Whether these are worth anything is the
 * caller's question.
 *
 * Returns: %FALSE with %KOUAN_CRYPTO_ERROR_UNKNOWN_KEY where the certificate of a signer is not
 * there, %KOUAN_CRYPTO_ERROR_FORGED where a signature does not fit
 */
gboolean
kouan_signed_data_verify (KouanSignedData *self, GError **error)
{
  STACK_OF (CMS_SignerInfo) * signers;
  gboolean fits;

  g_return_val_if_fail (self != NULL, FALSE);

  signers = CMS_get0_SignerInfos (self->cms);
  for (int i = 0; i < sk_CMS_SignerInfo_num (signers); i++)
    {
      X509 *x509 = NULL;

      CMS_SignerInfo_get0_algs (sk_CMS_SignerInfo_value (signers, i), NULL, &x509, NULL, NULL);
      if (x509 == NULL)
        {
          g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY,
                               "the message does not carry its signer's certificate");
          return FALSE;
        }
    }
  fits
    = CMS_verify (self->cms, NULL, NULL, NULL, NULL, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) == 1;
  if (!fits)
    g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                         "the signature does not match");
  ERR_clear_error ();
  return fits;
}

GBytes *
kouan_signed_data_get_content (KouanSignedData *self)
{
  return self->content;
}

GPtrArray *
kouan_signed_data_get_certificates (KouanSignedData *self)
{
  return self->certificates;
}

KouanCertificate *
kouan_signed_data_get_signer (KouanSignedData *self)
{
  return self->signer;
}

/* Whether the signer was found only because there was no other. */
gboolean
kouan_signed_data_signer_was_misnamed (KouanSignedData *self)
{
  return self->misnamed;
}

static KouanStrength
strength_of_signer (CMS_SignerInfo *signer)
{
  EVP_PKEY *key = NULL;
  X509_ALGOR *digest = NULL;
  const ASN1_OBJECT *name = NULL;
  KouanStrength of_key;

  CMS_SignerInfo_get0_algs (signer, &key, NULL, &digest, NULL);
  X509_ALGOR_get0 (&name, NULL, NULL, digest);
  of_key = key != NULL ? kouan_strength_of_key (key) : KOUAN_STRENGTH_GOOD;
  return MAX (of_key, kouan_strength_of_digest (OBJ_obj2nid (name)));
}

/* Of the weakest signature's digest and key; where there is no key, of the digest. */
KouanStrength
kouan_signed_data_get_strength (KouanSignedData *self)
{
  STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (self->cms);
  KouanStrength worst = KOUAN_STRENGTH_GOOD;

  for (int i = 0; i < sk_CMS_SignerInfo_num (signers); i++)
    worst = MAX (worst, strength_of_signer (sk_CMS_SignerInfo_value (signers, i)));
  ERR_clear_error ();
  return worst;
}

/* When the first signer says that it signed; seconds since 1970. */
gint64
kouan_signed_data_get_signed_s (KouanSignedData *self)
{
  CMS_SignerInfo *signer = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (self->cms), 0);
  int index = CMS_signed_get_attr_by_NID (signer, NID_pkcs9_signingTime, -1);
  const ASN1_TYPE *value
    = index >= 0 ? X509_ATTRIBUTE_get0_type (CMS_signed_get_attr (signer, index), 0) : NULL;
  gint64 time_s = 0;

  if (value != NULL && (value->type == V_ASN1_UTCTIME || value->type == V_ASN1_GENERALIZEDTIME))
    time_s = kouan_asn1_time_s ((const ASN1_TIME *)value->value.asn1_string);
  return MAX (time_s, 0);
}
