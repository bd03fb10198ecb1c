/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/certificate.h"

#include "app/crypto/certificate-private.h"

#include <openssl/err.h>

struct _KouanRevocations
{
  gatomicrefcount refs;
  X509_CRL *crl;
  GBytes *der;
  char *issuer;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_CRL, X509_CRL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static char *
issuer_text (const X509_CRL *crl)
{
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  X509_NAME_print_ex (memory, X509_CRL_get_issuer (crl), 0,
                      XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  size = BIO_get_mem_data (memory, &data);
  return g_utf8_make_valid (data, size);
}

/* Returns: (transfer full) (nullable): @data being one CRL in DER and nothing behind it */
KouanRevocations *
kouan_revocations_parse (const guint8 *data, gsize size, GError **error)
{
  const guint8 *end = data;
  g_autoptr (X509_CRL) crl = NULL;
  KouanRevocations *self;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  if (size > 0 && size <= G_MAXINT)
    crl = d2i_X509_CRL (NULL, &end, (long)size);
  ERR_clear_error ();
  if (crl == NULL || end != data + size)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                           "not a revocation list in DER");
      return NULL;
    }
  self = g_new0 (KouanRevocations, 1);
  g_atomic_ref_count_init (&self->refs);
  self->issuer = issuer_text (crl);
  self->crl = g_steal_pointer (&crl);
  self->der = g_bytes_new (data, size);
  return self;
}

KouanRevocations *
kouan_revocations_ref (KouanRevocations *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_revocations_unref (KouanRevocations *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  X509_CRL_free (self->crl);
  g_bytes_unref (self->der);
  g_free (self->issuer);
  g_free (self);
}

GBytes *
kouan_revocations_get_der (KouanRevocations *self)
{
  return self->der;
}

const char *
kouan_revocations_get_issuer (KouanRevocations *self)
{
  return self->issuer;
}

/* Comparable with a certificate's hashes. */
guint32
kouan_revocations_get_issuer_hash (KouanRevocations *self)
{
  return (guint32)X509_NAME_hash_ex (X509_CRL_get_issuer (self->crl), NULL, NULL, NULL);
}

gint64
kouan_revocations_get_issued_s (KouanRevocations *self)
{
  return kouan_asn1_time_s (X509_CRL_get0_lastUpdate (self->crl));
}

gint64
kouan_revocations_get_next_s (KouanRevocations *self)
{
  const ASN1_TIME *next = X509_CRL_get0_nextUpdate (self->crl);

  return next != NULL ? kouan_asn1_time_s (next) : 0;
}

/* Whether @issuer signed it, under its own name. */
gboolean
kouan_revocations_are_by (KouanRevocations *self, KouanCertificate *issuer)
{
  X509 *x509 = kouan_certificate_get_x509 (issuer);
  EVP_PKEY *key = X509_get0_pubkey (x509);
  gboolean fits = X509_NAME_cmp (X509_CRL_get_issuer (self->crl), X509_get_subject_name (x509)) == 0
                  && key != NULL && X509_CRL_verify (self->crl, key) == 1;

  ERR_clear_error ();
  return fits;
}

/* @certificate: of the issuer that signed the list */
gboolean
kouan_revocations_contain (KouanRevocations *self, KouanCertificate *certificate)
{
  X509_REVOKED *entry = NULL;
  const ASN1_INTEGER *serial = X509_get0_serialNumber (kouan_certificate_get_x509 (certificate));

  return X509_CRL_get0_by_serial (self->crl, &entry, (ASN1_INTEGER *)serial) == 1;
}
