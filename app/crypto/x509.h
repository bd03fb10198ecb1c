/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The private X.509 (RFC 5280) of the line between kiosk and hub: P-256, SHA-256, one authority,
 * leaves only. Certificates and requests are PEM texts; keys are PKCS#8 PEM files that only their
 * owner reads. */
typedef struct _KouanX509Authority KouanX509Authority;

gboolean kouan_x509_create_key (const char *key_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_x509_create_authority (const char *key_path,
                                      const char *certificate_path,
                                      const char *name,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanX509Authority *kouan_x509_authority_load (const char *key_path,
                                               const char *certificate_path,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_x509_authority_free (KouanX509Authority *self);
char *kouan_x509_issue_server (KouanX509Authority *self,
                               const char *key_path,
                               const char *const *names,
                               gint64 now_s,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_x509_issue_client (KouanX509Authority *self,
                               const char *request,
                               const char *common_name,
                               gint64 now_s,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_x509_request (const char *key_path,
                          const char *common_name,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_x509_belongs (const char *certificate,
                             const char *key_path,
                             const char *authority,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_x509_get_end (const char *certificate,
                             gint64 *end_s,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_x509_fingerprint (const char *certificate,
                                 guint8 digest[static KOUAN_SHA256_SIZE],
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_x509_get_end (const char *certificate,
                             gint64 *end_s,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanX509Authority, kouan_x509_authority_free)

G_END_DECLS
