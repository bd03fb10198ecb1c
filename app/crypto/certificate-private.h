/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/certificate.h"

#include <openssl/x509.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

/* For app/crypto alone. */
KouanCertificate *kouan_certificate_new (X509 *x509); /* takes it */
X509 *kouan_certificate_get_x509 (KouanCertificate *self);
KouanStrength kouan_strength_of_digest (int nid);
KouanStrength kouan_strength_of_key (const EVP_PKEY *key);
gint64 kouan_asn1_time_s (const ASN1_TIME *time);

G_END_DECLS
