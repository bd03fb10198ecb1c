/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/x509.h"

#include "app/crypto/durable.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

/* The hub is its own certificate authority. It signs one certificate for its own front and one for
 * each kiosk that it enrols, and both ends of the line trust that authority and no other. What a
 * certificate is good for is written into it: a kiosk's cannot pose as a hub, nor sign another.
 * Taking a kiosk out is the hub's database, not a revocation list, because the hub is the only one
 * who ever looks. */

#define DAY_S (24 * 60 * 60)
#define AUTHORITY_DAYS (20 * 365)
#define LEAF_DAYS (5 * 365)

/* A kiosk's clock may have jumped back by a year, and that must not keep its records from the hub.
 * In a private house the first day of a certificate guards nothing, so it lies well in the past. */
#define BACKDATED_DAYS 500

#define SERIAL_BITS 127

struct _KouanX509Authority
{
  EVP_PKEY *key;
  X509 *certificate;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_NAME, X509_NAME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)

static void
set_malformed (GError **error, const char *what)
{
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, "%s", what);
  ERR_clear_error ();
}

static char *
take_text (BIO *memory)
{
  char *data;
  long size = BIO_get_mem_data (memory, &data);

  return g_strndup (data, (gsize)size);
}

static gboolean
write_new (const char *path, const char *text, int mode, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, "%s: exists already", path);
      return FALSE;
    }
  if (kouan_write_file_durably (path, (const guint8 *)text, strlen (text), mode, &cause))
    return TRUE;
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, "%s", cause->message);
  return FALSE;
}

static BIO *
open_text (const char *text)
{
  BIO *memory = BIO_new_mem_buf (text, -1);

  g_assert (memory != NULL);
  return memory;
}

static char *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *text;

  if (g_file_get_contents (path, &text, NULL, &cause))
    return text;
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, "%s", cause->message);
  return NULL;
}

static EVP_PKEY *
load_key (const char *path, GError **error)
{
  g_autofree char *text = read_file (path, error);
  g_autoptr (BIO) memory = NULL;
  EVP_PKEY *key;

  if (text == NULL)
    return NULL;
  memory = open_text (text);
  key = PEM_read_bio_PrivateKey (memory, NULL, NULL, NULL);
  OPENSSL_cleanse (text, strlen (text));
  if (key == NULL)
    set_malformed (error, "not a private key in PEM");
  return key;
}

static X509 *
parse_certificate (const char *text, GError **error)
{
  g_autoptr (BIO) memory = open_text (text);
  X509 *certificate = PEM_read_bio_X509 (memory, NULL, NULL, NULL);

  if (certificate == NULL)
    set_malformed (error, "not a certificate in PEM");
  return certificate;
}

static char *
certificate_to_text (X509 *certificate)
{
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());

  g_assert (PEM_write_bio_X509 (memory, certificate) == 1);
  return take_text (memory);
}

static gboolean
check_curve (EVP_PKEY *key, GError **error)
{
  char group[16] = "";

  if (EVP_PKEY_get_group_name (key, group, sizeof group, NULL) == 1
      && g_str_equal (group, SN_X9_62_prime256v1))
    return TRUE;
  set_malformed (error, "not a P-256 key");
  return FALSE;
}

static X509_NAME *
make_name (const char *common_name)
{
  X509_NAME *name = X509_NAME_new ();

  g_assert (
    X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *)common_name, -1, -1, 0)
    == 1);
  return name;
}

static void
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = NULL;
  X509V3_CTX context;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert (extension != NULL);
  g_assert (X509_add_ext (certificate, extension, -1) == 1);
}

static void
set_serial (X509 *certificate)
{
  g_autoptr (BIGNUM) serial = BN_new ();

  g_assert (BN_rand (serial, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1);
  g_assert (BN_to_ASN1_INTEGER (serial, X509_get_serialNumber (certificate)) != NULL);
}

static X509 *
make_certificate (const char *common_name, EVP_PKEY *key, gint64 now_s, int days)
{
  g_autoptr (X509_NAME) name = make_name (common_name);
  X509 *certificate = X509_new ();

  g_assert (X509_set_version (certificate, X509_VERSION_3) == 1);
  set_serial (certificate);
  ASN1_TIME_set (X509_getm_notBefore (certificate),
                 (time_t)(now_s - (gint64)BACKDATED_DAYS * DAY_S));
  ASN1_TIME_set (X509_getm_notAfter (certificate), (time_t)(now_s + (gint64)days * DAY_S));
  g_assert (X509_set_subject_name (certificate, name) == 1);
  g_assert (X509_set_pubkey (certificate, key) == 1);
  return certificate;
}

/* Creates a P-256 key as a new file of mode 0600. It never overwrites one. */
gboolean
kouan_x509_create_key (const char *key_path, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());
  g_autofree char *text = NULL;
  gboolean written;

  g_return_val_if_fail (key_path != NULL, FALSE);

  g_assert (key != NULL);
  g_assert (PEM_write_bio_PKCS8PrivateKey (memory, key, NULL, NULL, 0, NULL, NULL) == 1);
  text = take_text (memory);
  written = write_new (key_path, text, 0600, error);
  OPENSSL_cleanse (text, strlen (text));
  return written;
}

/**
 * kouan_x509_create_authority:
 * @key_path: new file for the authority's key
 * @certificate_path: new file for its certificate, which both ends of the line trust
 * @name: its common name
 * @now_s: seconds since 1970 UTC; the certificate ends 20 years later
 */
gboolean
kouan_x509_create_authority (const char *key_path,
                             const char *certificate_path,
                             const char *name,
                             gint64 now_s,
                             GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) certificate = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (key_path != NULL && certificate_path != NULL && name != NULL, FALSE);

  if (!kouan_x509_create_key (key_path, error))
    return FALSE;
  key = load_key (key_path, error);
  if (key == NULL)
    return FALSE;
  certificate = make_certificate (name, key, now_s, AUTHORITY_DAYS);
  g_assert (X509_set_issuer_name (certificate, X509_get_subject_name (certificate)) == 1);
  add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign");
  add_extension (certificate, certificate, NID_subject_key_identifier, "hash");
  g_assert (X509_sign (certificate, key, EVP_sha256 ()) > 0);
  text = certificate_to_text (certificate);
  return write_new (certificate_path, text, 0644, error);
}

KouanX509Authority *
kouan_x509_authority_load (const char *key_path, const char *certificate_path, GError **error)
{
  g_autoptr (KouanX509Authority) self = g_new0 (KouanX509Authority, 1);
  g_autofree char *text = NULL;

  g_return_val_if_fail (key_path != NULL && certificate_path != NULL, NULL);

  self->key = load_key (key_path, error);
  text = self->key != NULL ? read_file (certificate_path, error) : NULL;
  self->certificate = text != NULL ? parse_certificate (text, error) : NULL;
  if (self->certificate == NULL)
    return NULL;
  if (X509_check_private_key (self->certificate, self->key) == 1)
    return g_steal_pointer (&self);
  set_malformed (error, "the authority's key is not the one in its certificate");
  return NULL;
}

void
kouan_x509_authority_free (KouanX509Authority *self)
{
  X509_free (self->certificate);
  EVP_PKEY_free (self->key);
  g_free (self);
}

static char *
issue (KouanX509Authority *self,
       const char *common_name,
       EVP_PKEY *key,
       const char *usage,
       const char *names,
       gint64 now_s)
{
  g_autoptr (X509) certificate = make_certificate (common_name, key, now_s, LEAF_DAYS);

  g_assert (X509_set_issuer_name (certificate, X509_get_subject_name (self->certificate)) == 1);
  add_extension (certificate, self->certificate, NID_basic_constraints, "critical,CA:FALSE");
  add_extension (certificate, self->certificate, NID_key_usage, "critical,digitalSignature");
  add_extension (certificate, self->certificate, NID_ext_key_usage, usage);
  add_extension (certificate, self->certificate, NID_subject_key_identifier, "hash");
  add_extension (certificate, self->certificate, NID_authority_key_identifier, "keyid:always");
  if (names != NULL)
    add_extension (certificate, self->certificate, NID_subject_alt_name, names);
  g_assert (X509_sign (certificate, self->key, EVP_sha256 ()) > 0);
  return certificate_to_text (certificate);
}

/* The value is read by a small configuration language, so only what a name can hold may enter it.
 */
static gboolean
is_host_name (const char *name)
{
  return *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789.-:") == strlen (name);
}

static char *
join_names (const char *const *names, GError **error)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!is_host_name (names[i]))
        {
          set_malformed (error, "a hub's name holds only small letters, digits, dots and hyphens");
          return NULL;
        }
      g_string_append_printf (joined, "%s%s:%s", i == 0 ? "" : ",",
                              g_hostname_is_ip_address (names[i]) ? "IP" : "DNS", names[i]);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * kouan_x509_issue_server:
 * @key_path: the server's key
 * @names: (array zero-terminated=1): at least one host name or IP address
 * @now_s: seconds since 1970 UTC
 *
 * Returns: (transfer full) (nullable): the certificate, PEM; its subject alternative names are
 * @names and its only use is server authentication
 */
char *
kouan_x509_issue_server (KouanX509Authority *self,
                         const char *key_path,
                         const char *const *names,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autofree char *joined = NULL;

  g_return_val_if_fail (self != NULL && key_path != NULL, NULL);
  g_return_val_if_fail (names != NULL && names[0] != NULL, NULL);

  joined = join_names (names, error);
  key = joined != NULL ? load_key (key_path, error) : NULL;
  return key != NULL ? issue (self, names[0], key, "serverAuth", joined, now_s) : NULL;
}

/**
 * kouan_x509_issue_client:
 * @request: PKCS#10 in PEM; its signature must be by the P-256 key that it asks for
 * @common_name: what the certificate will say, whatever the request says
 * @now_s: seconds since 1970 UTC
 *
 * Returns: (transfer full) (nullable): the certificate, PEM; its only use is client authentication
 */
char *
kouan_x509_issue_client (KouanX509Authority *self,
                         const char *request,
                         const char *common_name,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (BIO) memory = NULL;
  g_autoptr (X509_REQ) parsed = NULL;
  EVP_PKEY *key;
  g_return_val_if_fail (self != NULL && request != NULL && common_name != NULL, NULL);

  memory = open_text (request);
  parsed = PEM_read_bio_X509_REQ (memory, NULL, NULL, NULL);
  key = parsed != NULL ? X509_REQ_get0_pubkey (parsed) : NULL;
  if (key == NULL)
    {
      set_malformed (error, "not a certificate request in PEM");
      return NULL;
    }
  if (!check_curve (key, error))
    return NULL;
  if (X509_REQ_verify (parsed, key) != 1)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                           "the certificate request is not signed by its own key");
      ERR_clear_error ();
      return NULL;
    }
  return issue (self, common_name, key, "clientAuth", NULL, now_s);
}

/* Returns: (transfer full) (nullable): a certificate request for the key in @key_path, PKCS#10 in
 * PEM */
char *
kouan_x509_request (const char *key_path, const char *common_name, GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509_REQ) request = X509_REQ_new ();
  g_autoptr (X509_NAME) name = NULL;
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());

  g_return_val_if_fail (key_path != NULL && common_name != NULL, NULL);

  key = load_key (key_path, error);
  if (key == NULL || !check_curve (key, error))
    return NULL;
  name = make_name (common_name);
  g_assert (X509_REQ_set_version (request, X509_REQ_VERSION_1) == 1);
  g_assert (X509_REQ_set_subject_name (request, name) == 1);
  g_assert (X509_REQ_set_pubkey (request, key) == 1);
  g_assert (X509_REQ_sign (request, key, EVP_sha256 ()) > 0);
  g_assert (PEM_write_bio_X509_REQ (memory, request) == 1);
  return take_text (memory);
}

/* Whether @certificate is for the key in @key_path and signed by @authority; FORGED when it is not.
 * Dates are left to the handshake. */
gboolean
kouan_x509_belongs (const char *certificate,
                    const char *key_path,
                    const char *authority,
                    GError **error)
{
  g_autoptr (X509) leaf = NULL;
  g_autoptr (X509) issuer = NULL;
  g_autoptr (EVP_PKEY) key = NULL;

  g_return_val_if_fail (certificate != NULL && key_path != NULL && authority != NULL, FALSE);

  leaf = parse_certificate (certificate, error);
  issuer = leaf != NULL ? parse_certificate (authority, error) : NULL;
  key = issuer != NULL ? load_key (key_path, error) : NULL;
  if (key == NULL)
    return FALSE;
  if (X509_check_private_key (leaf, key) == 1 && X509_verify (leaf, X509_get0_pubkey (issuer)) == 1)
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                       "the certificate is for another key or from another authority");
  ERR_clear_error ();
  return FALSE;
}

/* SHA-256 of the certificate's DER: what the hub knows a kiosk's certificate by. */
gboolean
kouan_x509_fingerprint (const char *certificate,
                        guint8 digest[static KOUAN_SHA256_SIZE],
                        GError **error)
{
  g_autoptr (X509) parsed = NULL;
  guint size = 0;

  g_return_val_if_fail (certificate != NULL, FALSE);

  parsed = parse_certificate (certificate, error);
  if (parsed == NULL)
    return FALSE;
  g_assert (X509_digest (parsed, EVP_sha256 (), digest, &size) == 1);
  g_assert_cmpuint (size, ==, KOUAN_SHA256_SIZE);
  return TRUE;
}

/* @end_s: (out): until when it is good, seconds since 1970 */
gboolean
kouan_x509_get_end (const char *certificate, gint64 *end_s, GError **error)
{
  g_autoptr (X509) parsed = NULL;
  int days = 0, seconds = 0;
  ASN1_TIME *epoch;

  g_return_val_if_fail (certificate != NULL && end_s != NULL, FALSE);

  parsed = parse_certificate (certificate, error);
  if (parsed == NULL)
    return FALSE;
  epoch = ASN1_TIME_set (NULL, 0);
  g_assert (ASN1_TIME_diff (&days, &seconds, epoch, X509_get0_notAfter (parsed)) == 1);
  ASN1_TIME_free (epoch);
  *end_s = (gint64)days * 86400 + seconds;
  return TRUE;
}
