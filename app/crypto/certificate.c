/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/certificate.h"

#include "app/crypto/certificate-private.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

/* Certificates of the world's passport authorities, as they are and not as they should be (Doc
 * 9303-12 says how they should be).
 *
 * Two rules of OpenSSL 3 are set aside. It refuses keys on curves that are written out in full,
 * which Doc 9303-12 demands; a curve of an attacker's choice gains nothing here, because a key
 * counts only out of a certificate that is trusted, or signed by one that is. And it has an idea of
 * which algorithms are strong enough; a document lives ten years, so here weak is told apart from
 * refused, and the caller reports it. */

struct _KouanCertificate
{
  gatomicrefcount refs;
  X509 *x509;
  GBytes *der;
  guint8 fingerprint[KOUAN_SHA256_SIZE];
  char country[3];
  char *subject;
  char *issuer;
  char *serial;
  GBytes *subject_key_id;
  GBytes *authority_key_id;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE, X509_STORE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)

#define RSA_BITS_GOOD 2048
#define RSA_BITS_MIN 1024
#define EC_BITS_GOOD 224
#define EC_BITS_MIN 160

static char *
name_text (const X509_NAME *name)
{
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  X509_NAME_print_ex (memory, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  size = BIO_get_mem_data (memory, &data);
  return g_utf8_make_valid (data, size);
}

/* Two letters, in whichever case they were written. */
static void
read_country (const X509_NAME *name, char country[static 3])
{
  int index = X509_NAME_get_index_by_NID ((X509_NAME *)name, NID_countryName, -1);
  const ASN1_STRING *text
    = index >= 0 ? X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, index)) : NULL;

  country[0] = '\0';
  if (text == NULL || ASN1_STRING_length (text) != 2)
    return;
  for (guint i = 0; i < 2; i++)
    country[i] = g_ascii_toupper ((char)ASN1_STRING_get0_data (text)[i]);
  country[2] = '\0';
  if (!g_ascii_isupper (country[0]) || !g_ascii_isupper (country[1]))
    country[0] = '\0';
}

static GBytes *
copy_key_id (const ASN1_OCTET_STRING *id)
{
  int size = id != NULL ? ASN1_STRING_length (id) : 0;

  if (size <= 0 || size > KOUAN_CERTIFICATE_KEY_ID_MAX)
    return NULL;
  return g_bytes_new (ASN1_STRING_get0_data (id), (gsize)size);
}

static char *
serial_text (const X509 *x509)
{
  g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (x509), NULL);
  char *hex = number != NULL ? BN_bn2hex (number) : NULL;
  char *text = g_ascii_strdown (hex != NULL ? hex : "", -1);

  OPENSSL_free (hex);
  return text;
}

/* Returns: (transfer full): of a certificate whose DER is at hand */
static KouanCertificate *
wrap (X509 *x509, GBytes *der)
{
  KouanCertificate *self = g_new0 (KouanCertificate, 1);

  g_atomic_ref_count_init (&self->refs);
  self->x509 = x509;
  self->der = der;
  kouan_sha256 (g_bytes_get_data (der, NULL), g_bytes_get_size (der), self->fingerprint);
  read_country (X509_get_subject_name (x509), self->country);
  self->subject = name_text (X509_get_subject_name (x509));
  self->issuer = name_text (X509_get_issuer_name (x509));
  self->serial = serial_text (x509);
  self->subject_key_id = copy_key_id (X509_get0_subject_key_id (x509));
  self->authority_key_id = copy_key_id (X509_get0_authority_key_id (x509));
  ERR_clear_error (); /* of extensions that do not parse; the chain looks at them again */
  return self;
}

KouanCertificate *
kouan_certificate_new (X509 *x509)
{
  guint8 *der = NULL;
  int size = i2d_X509 (x509, &der);
  GBytes *bytes;

  g_assert (size > 0);
  bytes = g_bytes_new (der, (gsize)size);
  OPENSSL_free (der);
  return wrap (x509, bytes);
}

/* Returns: (transfer full) (nullable): @data being one certificate in DER and nothing behind it */
KouanCertificate *
kouan_certificate_parse (const guint8 *data, gsize size, GError **error)
{
  const guint8 *end = data;
  g_autoptr (X509) x509 = NULL;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  if (size > 0 && size <= G_MAXINT)
    x509 = d2i_X509 (NULL, &end, (long)size);
  ERR_clear_error ();
  if (x509 != NULL && end == data + size)
    return wrap (g_steal_pointer (&x509), g_bytes_new (data, size));
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                       "not a certificate in DER");
  return NULL;
}

KouanCertificate *
kouan_certificate_ref (KouanCertificate *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_certificate_unref (KouanCertificate *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  X509_free (self->x509);
  g_bytes_unref (self->der);
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->serial);
  g_clear_pointer (&self->subject_key_id, g_bytes_unref);
  g_clear_pointer (&self->authority_key_id, g_bytes_unref);
  g_free (self);
}

X509 *
kouan_certificate_get_x509 (KouanCertificate *self)
{
  return self->x509;
}

GBytes *
kouan_certificate_get_der (KouanCertificate *self)
{
  return self->der;
}

const guint8 *
kouan_certificate_get_fingerprint (KouanCertificate *self)
{
  return self->fingerprint;
}

const char *
kouan_certificate_get_country (KouanCertificate *self)
{
  return self->country;
}

const char *
kouan_certificate_get_subject (KouanCertificate *self)
{
  return self->subject;
}

const char *
kouan_certificate_get_issuer (KouanCertificate *self)
{
  return self->issuer;
}

const char *
kouan_certificate_get_serial (KouanCertificate *self)
{
  return self->serial;
}

/* A short digest of the name as OpenSSL compares names: case and spaces aside. It finds candidates
 * and proves nothing. */
guint32
kouan_certificate_get_subject_hash (KouanCertificate *self)
{
  return (guint32)X509_subject_name_hash (self->x509);
}

guint32
kouan_certificate_get_issuer_hash (KouanCertificate *self)
{
  return (guint32)X509_issuer_name_hash (self->x509);
}

GBytes *
kouan_certificate_get_subject_key_id (KouanCertificate *self)
{
  return self->subject_key_id;
}

GBytes *
kouan_certificate_get_authority_key_id (KouanCertificate *self)
{
  return self->authority_key_id;
}

/* Returns: seconds since 1970; the least number for a time that is none, which is then before
 * everything */
gint64
kouan_asn1_time_s (const ASN1_TIME *time)
{
  struct tm parts;

  if (time == NULL || ASN1_TIME_to_tm (time, &parts) != 1)
    {
      ERR_clear_error ();
      return G_MININT64;
    }
  return (gint64)timegm (&parts);
}

gint64
kouan_certificate_get_not_before_s (KouanCertificate *self)
{
  return kouan_asn1_time_s (X509_get0_notBefore (self->x509));
}

gint64
kouan_certificate_get_not_after_s (KouanCertificate *self)
{
  return kouan_asn1_time_s (X509_get0_notAfter (self->x509));
}

/* By what it says of itself; a certificate of the first version says nothing and counts as one. */
gboolean
kouan_certificate_is_authority (KouanCertificate *self)
{
  gboolean authority = X509_check_ca (self->x509) != 0;

  ERR_clear_error ();
  return authority;
}

gboolean
kouan_certificate_is_own_issuer (KouanCertificate *self)
{
  return X509_NAME_cmp (X509_get_subject_name (self->x509), X509_get_issuer_name (self->x509)) == 0;
}

KouanStrength
kouan_strength_of_digest (int nid)
{
  switch (nid)
    {
    case NID_sha224:
    case NID_sha256:
    case NID_sha384:
    case NID_sha512:
      return KOUAN_STRENGTH_GOOD;
    case NID_sha1:
      return KOUAN_STRENGTH_WEAK;
    default:
      return KOUAN_STRENGTH_REFUSED;
    }
}

static KouanStrength
strength_of_bits (int bits, int good, int min)
{
  return bits >= good  ? KOUAN_STRENGTH_GOOD
         : bits >= min ? KOUAN_STRENGTH_WEAK
                       : KOUAN_STRENGTH_REFUSED;
}

KouanStrength
kouan_strength_of_key (const EVP_PKEY *key)
{
  switch (key != NULL ? EVP_PKEY_get_base_id (key) : EVP_PKEY_NONE)
    {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
      return strength_of_bits (EVP_PKEY_get_bits (key), RSA_BITS_GOOD, RSA_BITS_MIN);
    case EVP_PKEY_EC:
      return strength_of_bits (EVP_PKEY_get_bits (key), EC_BITS_GOOD, EC_BITS_MIN);
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448:
      return KOUAN_STRENGTH_GOOD;
    default:
      return KOUAN_STRENGTH_REFUSED;
    }
}

/* Of the digest under its signature and of its own key, whichever is weaker. */
KouanStrength
kouan_certificate_get_strength (KouanCertificate *self)
{
  KouanStrength key = kouan_strength_of_key (X509_get0_pubkey (self->x509));
  KouanStrength digest = KOUAN_STRENGTH_REFUSED;
  int nid = NID_undef;

  if (X509_get_signature_info (self->x509, &nid, NULL, NULL, NULL) == 1)
    digest = nid == NID_undef ? KOUAN_STRENGTH_GOOD : kouan_strength_of_digest (nid); /* Ed25519 */
  ERR_clear_error ();
  return MAX (key, digest);
}

char *
kouan_certificate_describe_key (KouanCertificate *self)
{
  const EVP_PKEY *key = X509_get0_pubkey (self->x509);
  const char *name = key != NULL ? EVP_PKEY_get0_type_name (key) : NULL;

  ERR_clear_error ();
  return g_strdup_printf ("%s %d", name != NULL ? name : "unknown",
                          key != NULL ? EVP_PKEY_get_bits (key) : 0);
}

static int
forgive_written_out_curves (int ok, X509_STORE_CTX *context)
{
  if (ok == 0 && X509_STORE_CTX_get_error (context) == X509_V_ERR_EC_KEY_EXPLICIT_PARAMS)
    return 1;
  return ok;
}

static gboolean
same_bytes (GBytes *one, GBytes *other)
{
  return one != NULL && other != NULL && g_bytes_equal (one, other);
}

/* By key or by name: authorities have changed the spelling of their name and kept the key. */
static gboolean
may_be_issuer (KouanCertificate *self, KouanCertificate *candidate)
{
  return same_bytes (self->authority_key_id, candidate->subject_key_id)
         || X509_NAME_cmp (X509_get_issuer_name (self->x509),
                           X509_get_subject_name (candidate->x509))
              == 0;
}

static gboolean
signed_by (KouanCertificate *self, KouanCertificate *candidate)
{
  EVP_PKEY *key = X509_get0_pubkey (candidate->x509);
  gboolean fits = key != NULL && X509_verify (self->x509, key) == 1;

  ERR_clear_error ();
  return fits;
}

/* The path from the certificate to its issuer, as RFC 5280 has it; dates are the caller's. */
static gboolean
path_is_allowed (KouanCertificate *self, KouanCertificate *issuer, const char **why)
{
  g_autoptr (X509_STORE) store = X509_STORE_new ();
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
  X509_VERIFY_PARAM *param;
  gboolean allowed;

  g_assert (X509_STORE_add_cert (store, issuer->x509) == 1);
  g_assert (X509_STORE_CTX_init (context, store, self->x509, NULL) == 1);
  X509_STORE_CTX_set_verify_cb (context, forgive_written_out_curves);
  param = X509_STORE_CTX_get0_param (context);
  X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level (param, 0);
  allowed = X509_verify_cert (context) == 1;
  if (!allowed && why != NULL)
    *why = X509_verify_cert_error_string (X509_STORE_CTX_get_error (context));
  ERR_clear_error ();
  return allowed;
}

/**
 * kouan_certificate_find_issuer:
 * @candidates: (element-type KouanCertificate): that are trusted, each by itself
 * @issuer: (out) (optional) (nullable) (transfer full): the one that signed it, whether allowed to
 * or not
 * @why: (out) (optional): for a log, of UNFIT
 */
KouanIssued
kouan_certificate_find_issuer (KouanCertificate *self,
                               GPtrArray *candidates,
                               KouanCertificate **issuer,
                               const char **why)
{
  KouanIssued result = KOUAN_ISSUED_UNKNOWN;

  g_return_val_if_fail (self != NULL && candidates != NULL, KOUAN_ISSUED_UNKNOWN);

  if (issuer != NULL)
    *issuer = NULL;
  for (guint i = 0; i < candidates->len; i++)
    {
      KouanCertificate *candidate = g_ptr_array_index (candidates, i);
      gboolean allowed;

      if (!may_be_issuer (self, candidate))
        continue;
      allowed = path_is_allowed (self, candidate, why);
      if (!allowed && !signed_by (self, candidate))
        {
          result = MAX (result, KOUAN_ISSUED_FORGED);
          continue;
        }
      result = allowed ? KOUAN_ISSUED_FITS : KOUAN_ISSUED_UNFIT;
      if (issuer != NULL)
        {
          g_clear_pointer (issuer, kouan_certificate_unref);
          *issuer = kouan_certificate_ref (candidate);
        }
      if (result == KOUAN_ISSUED_FITS)
        return result;
    }
  return result;
}
