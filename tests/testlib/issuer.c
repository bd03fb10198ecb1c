/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/issuer.h"

#include "app/lds/sod.h"
#include "app/lds/tlv.h"

#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#define CONTENT_TYPE_MASTER_LIST "2.23.136.1.1.2"
#define CONTENT_TYPE_OTHER "2.23.136.1.1.9"
#define DEFAULT_NOT_BEFORE_S G_GINT64_CONSTANT (1577836800) /* 2020-01-01 */
#define DEFAULT_NOT_AFTER_S G_GINT64_CONSTANT (2208988800)  /* 2040-01-01 */
#define AUTHORITY_NAME "Utopia Country Signing Authority"
#define SIGNER_NAME "Utopia Document Signer"

struct _KouanTestIssuer
{
  KouanTestIssuerOptions options;
  EVP_PKEY *authority_key;
  EVP_PKEY *signer_key;
  X509 *authority;
  X509 *signer;
  GBytes *authority_der;
  GBytes *signer_der;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_NAME, X509_NAME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_CRL, X509_CRL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CMS_ContentInfo, CMS_ContentInfo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OBJECT, ASN1_OBJECT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

static EVP_PKEY *
make_key (const KouanTestIssuerOptions *options)
{
  EVP_PKEY *key;

  if (g_str_equal (options->curve, "RSA"))
    return EVP_RSA_gen (2048);
  key = EVP_EC_gen (options->curve);
  g_assert_nonnull (key);
  if (options->written_out)
    g_assert_cmpint (EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_ENCODING,
                                                     OSSL_PKEY_EC_ENCODING_EXPLICIT),
                     ==, 1);
  return key;
}

static X509_NAME *
make_name (const char *country, const char *common)
{
  X509_NAME *name = X509_NAME_new ();

  g_assert_cmpint (
    X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (const guint8 *)country, -1, -1, 0), ==,
    1);
  g_assert_cmpint (X509_NAME_add_entry_by_txt (name, "O", MBSTRING_ASC,
                                               (const guint8 *)"Passport Office", -1, -1, 0),
                   ==, 1);
  g_assert_cmpint (
    X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guint8 *)common, -1, -1, 0), ==,
    1);
  return name;
}

static void
add_extension (X509 *x509, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  g_assert_cmpint (X509_add_ext (x509, extension, -1), ==, 1);
  X509_EXTENSION_free (extension);
}

/* Returns: all but its signature */
static X509 *
make_certificate (EVP_PKEY *key, X509_NAME *subject, X509_NAME *issuer, gint64 serial)
{
  X509 *x509 = X509_new ();

  X509_set_version (x509, X509_VERSION_3);
  ASN1_INTEGER_set_int64 (X509_get_serialNumber (x509), serial);
  X509_set_subject_name (x509, subject);
  X509_set_issuer_name (x509, issuer);
  X509_set_pubkey (x509, key);
  ASN1_TIME_set (X509_getm_notBefore (x509), DEFAULT_NOT_BEFORE_S);
  ASN1_TIME_set (X509_getm_notAfter (x509), DEFAULT_NOT_AFTER_S);
  return x509;
}

static void
sign (X509 *x509, EVP_PKEY *key, const char *digest)
{
  g_assert_cmpint (X509_sign (x509, key, EVP_get_digestbyname (digest)), >, 0);
}

static X509 *
make_authority (EVP_PKEY *key, X509_NAME *name, gint64 serial, const char *digest)
{
  X509 *x509 = make_certificate (key, name, name, serial);

  add_extension (x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension (x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension (x509, x509, NID_subject_key_identifier, "hash");
  sign (x509, key, digest);
  return x509;
}

static X509 *
make_signer (KouanTestIssuer *self)
{
  const KouanTestIssuerOptions *options = &self->options;
  g_autoptr (X509_NAME) subject = make_name (options->country, SIGNER_NAME);
  g_autoptr (X509_NAME) issuer = make_name (
    options->country, options->signer_issuer != NULL ? options->signer_issuer : AUTHORITY_NAME);
  X509 *x509 = make_certificate (self->signer_key, subject, issuer, 4711);

  ASN1_TIME_set (X509_getm_notBefore (x509), options->not_before_s);
  ASN1_TIME_set (X509_getm_notAfter (x509), options->not_after_s);
  add_extension (x509, self->authority, NID_key_usage, "critical,digitalSignature");
  add_extension (x509, self->authority, NID_authority_key_identifier, "keyid");
  sign (x509, self->authority_key, options->digest);
  return x509;
}

static GBytes *
der_of (X509 *x509)
{
  guint8 *der = NULL;
  int size = i2d_X509 (x509, &der);
  GBytes *bytes = g_bytes_new (der, (gsize)size);

  OPENSSL_free (der);
  return bytes;
}

KouanTestIssuer *
kouan_test_issuer_new (const KouanTestIssuerOptions *options)
{
  KouanTestIssuer *self = g_new0 (KouanTestIssuer, 1);
  KouanTestIssuerOptions *own = &self->options;
  g_autoptr (X509_NAME) name = NULL;

  if (options != NULL)
    *own = *options;
  own->country = own->country != NULL ? own->country : "UT";
  own->curve = own->curve != NULL ? own->curve : "P-256";
  own->digest = own->digest != NULL ? own->digest : "SHA256";
  own->not_before_s = own->not_before_s != 0 ? own->not_before_s : DEFAULT_NOT_BEFORE_S;
  own->not_after_s = own->not_after_s != 0 ? own->not_after_s : DEFAULT_NOT_AFTER_S;
  self->authority_key = make_key (own);
  self->signer_key = make_key (own);
  name = make_name (own->country, AUTHORITY_NAME);
  self->authority = make_authority (self->authority_key, name, 1, own->digest);
  self->signer = make_signer (self);
  self->authority_der = der_of (self->authority);
  self->signer_der = der_of (self->signer);
  return self;
}

void
kouan_test_issuer_free (KouanTestIssuer *self)
{
  EVP_PKEY_free (self->authority_key);
  EVP_PKEY_free (self->signer_key);
  X509_free (self->authority);
  X509_free (self->signer);
  g_bytes_unref (self->authority_der);
  g_bytes_unref (self->signer_der);
  g_free (self);
}

GBytes *
kouan_test_issuer_get_authority (KouanTestIssuer *self)
{
  return self->authority_der;
}

GBytes *
kouan_test_issuer_get_signer (KouanTestIssuer *self)
{
  return self->signer_der;
}

static GByteArray *
encode_cms (CMS_ContentInfo *cms)
{
  GByteArray *out = g_byte_array_new ();
  guint8 *der = NULL;
  int size = i2d_CMS_ContentInfo (cms, &der);

  g_assert_cmpint (size, >, 0);
  g_byte_array_append (out, der, (guint)size);
  OPENSSL_free (der);
  return out;
}

static void
set_signing_time (CMS_SignerInfo *signer, gint64 signed_s)
{
  ASN1_TIME *time;

  if (signed_s == 0)
    return;
  time = ASN1_TIME_set (NULL, signed_s);
  g_assert_cmpint (
    CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_signingTime, time->type, time, -1), ==, 1);
  ASN1_TIME_free (time);
}

static GByteArray *
sign_message (
  KouanTestIssuer *self, GBytes *content, const char *type, gint64 signed_s, guint faults)
{
  const guint flags = CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP
                      | (faults & KOUAN_TEST_ISSUER_NO_ATTRIBUTES ? CMS_NOATTR : 0)
                      | (faults & KOUAN_TEST_ISSUER_NO_CERTIFICATE ? CMS_NOCERTS : 0);
  g_autoptr (CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, flags);
  g_autoptr (ASN1_OBJECT) object
    = OBJ_txt2obj (faults & KOUAN_TEST_ISSUER_CONTENT_TYPE ? CONTENT_TYPE_OTHER : type, 1);
  g_autoptr (BIO) memory
    = BIO_new_mem_buf (g_bytes_get_data (content, NULL), (int)g_bytes_get_size (content));
  CMS_SignerInfo *signer;

  g_assert_cmpint (CMS_set1_eContentType (cms, object), ==, 1);
  signer = CMS_add1_signer (cms, self->signer, self->signer_key,
                            EVP_get_digestbyname (self->options.digest), flags);
  g_assert_nonnull (signer);
  if (!(faults & KOUAN_TEST_ISSUER_NO_ATTRIBUTES))
    set_signing_time (signer, signed_s);
  g_assert_cmpint (CMS_final (cms, memory, NULL, flags), ==, 1);
  return encode_cms (cms);
}

/* Turns a bit of the first place that looks like @needle. */
static void
alter (GByteArray *message, const guint8 *needle, gsize size, gsize at)
{
  guint8 *place = memmem (message->data, message->len, needle, size);

  g_assert_nonnull (place);
  place[at] ^= 0x01;
}

/* SignedData's version is the first INTEGER of the message. */
static void
set_version (GByteArray *message, guint8 version)
{
  guint8 *place = memmem (message->data, 64, "\x02\x01\x03", 3);

  g_assert_nonnull (place);
  place[2] = version;
}

/* The signer's issuer stands in the certificate and, behind it, in the identifier of the signer. */
static void
misname (GByteArray *message)
{
  static const char name[] = AUTHORITY_NAME;
  guint8 *last = NULL;

  for (gsize at = 0; at + sizeof name < message->len; at++)
    if (memcmp (message->data + at, name, sizeof name - 1) == 0)
      last = message->data + at;
  g_assert_nonnull (last);
  last[0] = 'V';
}

static void
spoil (GByteArray *message, GBytes *content, guint faults)
{
  gsize size = g_bytes_get_size (content);

  if (faults & KOUAN_TEST_ISSUER_VERSION_1)
    set_version (message, 1);
  if (faults & KOUAN_TEST_ISSUER_VERSION_4)
    set_version (message, 4);
  if (faults & KOUAN_TEST_ISSUER_CONTENT_ALTERED)
    alter (message, g_bytes_get_data (content, NULL), size, size / 2);
  if (faults & KOUAN_TEST_ISSUER_MISNAMED)
    misname (message);
  if (faults & KOUAN_TEST_ISSUER_SIGNATURE_ALTERED)
    message->data[message->len - 1] ^= 0x01;
  if (faults & KOUAN_TEST_ISSUER_TRAILING_BYTE)
    g_byte_array_append (message, (const guint8 *)"", 1);
}

/* ContentInfo of plain data: SEQUENCE { id-data, [0] OCTET STRING }. */
static GByteArray *
make_plain_data (GBytes *content)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  kouan_tlv_write (octets, 0x04, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  kouan_tlv_write_oid (inner, "1.2.840.113549.1.7.1");
  kouan_tlv_write (inner, 0xa0, octets->data, octets->len);
  kouan_tlv_write (out, 0x30, inner->data, inner->len);
  return out;
}

static GByteArray *
make_message (
  KouanTestIssuer *self, GBytes *content, const char *type, gint64 signed_s, guint faults)
{
  GByteArray *message;

  if (faults & KOUAN_TEST_ISSUER_OUTER_TYPE)
    return make_plain_data (content);
  message = sign_message (self, content, type, signed_s, faults);
  spoil (message, content, faults);
  return message;
}

static KouanHash
hash_of (const KouanTestIssuerOptions *options)
{
  return g_str_equal (options->digest, "SHA1")     ? KOUAN_HASH_SHA1
         : g_str_equal (options->digest, "SHA224") ? KOUAN_HASH_SHA224
         : g_str_equal (options->digest, "SHA384") ? KOUAN_HASH_SHA384
         : g_str_equal (options->digest, "SHA512") ? KOUAN_HASH_SHA512
                                                   : KOUAN_HASH_SHA256;
}

GBytes *
kouan_test_issuer_make_sod (KouanTestIssuer *self,
                            GBytes *const files[static KOUAN_LDS_GROUPS + 1],
                            guint faults)
{
  guint version = faults & KOUAN_TEST_ISSUER_LDS_2 ? 2 : faults & KOUAN_TEST_ISSUER_LDS_0 ? 0 : 1;
  g_autoptr (GBytes) content = kouan_sod_make_content (version, hash_of (&self->options), files);
  g_autoptr (GByteArray) message
    = make_message (self, content, KOUAN_SOD_CONTENT_TYPE, self->options.signed_s, faults);
  GByteArray *out = g_byte_array_new ();

  kouan_tlv_write (out, KOUAN_LDS_TAG_SOD, message->data, message->len);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
kouan_test_issuer_make_master_list (KouanTestIssuer *self,
                                    GPtrArray *certificates,
                                    gint64 signed_s,
                                    guint faults)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autoptr (GBytes) content = NULL;

  g_byte_array_append (set, g_bytes_get_data (self->authority_der, NULL),
                       (guint)g_bytes_get_size (self->authority_der));
  for (guint i = 0; certificates != NULL && i < certificates->len; i++)
    g_byte_array_append (set, g_bytes_get_data (certificates->pdata[i], NULL),
                         (guint)g_bytes_get_size (certificates->pdata[i]));
  kouan_tlv_write_uint (inner, 0);
  kouan_tlv_write (inner, 0x31, set->data, set->len);
  kouan_tlv_write (list, 0x30, inner->data, inner->len);
  content = g_bytes_new (list->data, list->len);
  return g_byte_array_free_to_bytes (
    make_message (self, content, CONTENT_TYPE_MASTER_LIST, signed_s, faults));
}

GBytes *
kouan_test_issuer_make_revocations (KouanTestIssuer *self,
                                    gint64 issued_s,
                                    gint64 next_s,
                                    gboolean signer_too)
{
  g_autoptr (X509_CRL) crl = X509_CRL_new ();
  ASN1_TIME *time = ASN1_TIME_set (NULL, issued_s);
  guint8 *der = NULL;
  GBytes *bytes;
  int size;

  X509_CRL_set_version (crl, X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name (crl, X509_get_subject_name (self->authority));
  X509_CRL_set1_lastUpdate (crl, time);
  if (signer_too)
    {
      X509_REVOKED *revoked = X509_REVOKED_new ();

      X509_REVOKED_set_serialNumber (revoked, X509_get_serialNumber (self->signer));
      X509_REVOKED_set_revocationDate (revoked, time);
      X509_CRL_add0_revoked (crl, revoked);
    }
  ASN1_TIME_set (time, next_s);
  X509_CRL_set1_nextUpdate (crl, time);
  ASN1_TIME_free (time);
  g_assert_cmpint (
    X509_CRL_sign (crl, self->authority_key, EVP_get_digestbyname (self->options.digest)), >, 0);
  size = i2d_X509_CRL (crl, &der);
  bytes = g_bytes_new (der, (gsize)size);
  OPENSSL_free (der);
  return bytes;
}

GPtrArray *
kouan_test_issuer_make_authorities (guint count)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  const KouanTestIssuerOptions rsa = { .curve = "RSA" };
  g_autoptr (EVP_PKEY) shared = make_key (&rsa); /* two thirds of the world's are RSA keys */

  for (guint i = 0; i < count; i++)
    {
      const KouanTestIssuerOptions curve = { .curve = "P-256", .written_out = i % 2 == 0 };
      const char country[3] = { (char)('A' + i % 26), (char)('A' + i / 26 % 26), '\0' };
      g_autofree char *common = g_strdup_printf ("Country Signing Authority %u", i);
      g_autoptr (X509_NAME) name = make_name (country, common);
      g_autoptr (EVP_PKEY) own = i % 3 == 0 ? make_key (&curve) : NULL;
      g_autoptr (X509) x509
        = make_authority (own != NULL ? own : shared, name, (gint64)i + 2, "SHA256");

      g_ptr_array_add (list, der_of (x509));
    }
  return list;
}
