/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* age v1 (C2SP age.md): X25519 recipients, ChaCha20-Poly1305 in 64 KiB chunks. */
typedef struct _KouanAgeRecipient KouanAgeRecipient; /* "age1…" */
typedef struct _KouanAgeIdentity KouanAgeIdentity;   /* "AGE-SECRET-KEY-1…" */

KouanAgeRecipient *kouan_age_recipient_parse (const char *text,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_age_recipient_to_string (KouanAgeRecipient *self);
void kouan_age_recipient_free (KouanAgeRecipient *self);

KouanAgeIdentity *kouan_age_identity_generate (void);
KouanAgeIdentity *kouan_age_identity_load (const char *path, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* age-keygen's file */
gboolean kouan_age_identity_save (KouanAgeIdentity *self,
                                  const char *path,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanAgeRecipient *kouan_age_identity_get_recipient (KouanAgeIdentity *self); /* (transfer full) */
void kouan_age_identity_free (KouanAgeIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAgeRecipient, kouan_age_recipient_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAgeIdentity, kouan_age_identity_free)

/* What is written comes out of @base encrypted. Closing writes the final chunk; a stream that is
 * dropped without a close leaves a file that nothing opens. @recipients: (element-type
 * KouanAgeRecipient) */
GOutputStream *kouan_age_encrypt (GOutputStream *base,
                                  GPtrArray *recipients,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Plain bytes, each chunk authenticated before it is handed out. A truncated file is an error,
 * never an end. */
GInputStream *kouan_age_decrypt (GInputStream *base,
                                 KouanAgeIdentity *identity,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
