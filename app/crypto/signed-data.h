/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/certificate.h"

G_BEGIN_DECLS

/* A CMS message of type SignedData (RFC 5652) with its content within: what signs a chip's files
 * (Doc 9303-10 §4.6.2) and a list of certificates (Doc 9303-12 §8). */
typedef struct _KouanSignedData KouanSignedData;

KouanSignedData *kouan_signed_data_parse (const guint8 *data,
                                          gsize size,
                                          const char *content_type,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_signed_data_free (KouanSignedData *self);

gboolean kouan_signed_data_verify (KouanSignedData *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GBytes *kouan_signed_data_get_content (KouanSignedData *self); /* (transfer none) */
GPtrArray *
kouan_signed_data_get_certificates (KouanSignedData *self); /* of KouanCertificate, as they come */
KouanCertificate *kouan_signed_data_get_signer (KouanSignedData *self); /* (nullable) */
gboolean kouan_signed_data_signer_was_misnamed (KouanSignedData *self);
KouanStrength kouan_signed_data_get_strength (KouanSignedData *self);
gint64 kouan_signed_data_get_signed_s (KouanSignedData *self); /* 0: does not say */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSignedData, kouan_signed_data_free)

G_END_DECLS
