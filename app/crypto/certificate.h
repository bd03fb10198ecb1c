/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How much a signature is worth by its algorithms alone. */
typedef enum
{
  KOUAN_STRENGTH_GOOD,
  KOUAN_STRENGTH_WEAK, /* SHA-1, RSA below 2048 bits, curves below 224: what old documents have */
  KOUAN_STRENGTH_REFUSED, /* MD5 and older, RSA below 1024, curves below 160, or not known */
} KouanStrength;

/* A certificate (RFC 5280) of those who sign travel documents, out of its DER. Never changes. */
typedef struct _KouanCertificate KouanCertificate;

#define KOUAN_CERTIFICATE_KEY_ID_MAX 64

KouanCertificate *
kouan_certificate_parse (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanCertificate *kouan_certificate_ref (KouanCertificate *self);
void kouan_certificate_unref (KouanCertificate *self);

GBytes *kouan_certificate_get_der (KouanCertificate *self);               /* (transfer none) */
const guint8 *kouan_certificate_get_fingerprint (KouanCertificate *self); /* SHA-256 of the DER */
const char *kouan_certificate_get_country (KouanCertificate *self); /* "DE", "" where it has none */
const char *kouan_certificate_get_subject (KouanCertificate *self); /* for people */
const char *kouan_certificate_get_issuer (KouanCertificate *self);
const char *kouan_certificate_get_serial (KouanCertificate *self); /* hexadecimal */
guint32 kouan_certificate_get_subject_hash (KouanCertificate *self);
guint32 kouan_certificate_get_issuer_hash (KouanCertificate *self);
GBytes *kouan_certificate_get_subject_key_id (KouanCertificate *self);   /* (nullable) */
GBytes *kouan_certificate_get_authority_key_id (KouanCertificate *self); /* (nullable) */
gint64 kouan_certificate_get_not_before_s (KouanCertificate *self);
gint64 kouan_certificate_get_not_after_s (KouanCertificate *self);
gboolean kouan_certificate_is_authority (KouanCertificate *self);
gboolean kouan_certificate_is_own_issuer (KouanCertificate *self);
KouanStrength kouan_certificate_get_strength (KouanCertificate *self);
char *kouan_certificate_describe_key (KouanCertificate *self); /* "RSA 4096", "EC 256" */

typedef enum
{
  KOUAN_ISSUED_FITS,
  KOUAN_ISSUED_UNKNOWN, /* none of the candidates is its issuer */
  KOUAN_ISSUED_FORGED,  /* one is by its name or key, and its signature is not there */
  KOUAN_ISSUED_UNFIT,   /* the signature fits, and the certificates do not allow it */
} KouanIssued;

KouanIssued kouan_certificate_find_issuer (KouanCertificate *self,
                                           GPtrArray *candidates,
                                           KouanCertificate **issuer,
                                           const char **why);

/* What an authority has taken back (RFC 5280 §5). */
typedef struct _KouanRevocations KouanRevocations;

KouanRevocations *
kouan_revocations_parse (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanRevocations *kouan_revocations_ref (KouanRevocations *self);
void kouan_revocations_unref (KouanRevocations *self);
GBytes *kouan_revocations_get_der (KouanRevocations *self); /* (transfer none) */
const char *kouan_revocations_get_issuer (KouanRevocations *self);
guint32 kouan_revocations_get_issuer_hash (KouanRevocations *self);
gint64 kouan_revocations_get_issued_s (KouanRevocations *self);
gint64 kouan_revocations_get_next_s (KouanRevocations *self); /* 0: does not say */
gboolean kouan_revocations_are_by (KouanRevocations *self, KouanCertificate *issuer);
gboolean kouan_revocations_contain (KouanRevocations *self, KouanCertificate *certificate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanCertificate, kouan_certificate_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanRevocations, kouan_revocations_unref)

G_END_DECLS
