/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

/* What a kiosk signs about one sealed record: KOUAN_SIGNED_RECORD, for the hub, which sees only the
 * sealed file. */
typedef struct
{
  guint8 record_id[KOUAN_UUID_SIZE];
  guint kiosk_id;
  guint hall_id;
  gint64 sequence;   /* the kiosk's own, from 1 */
  gint64 created_ms; /* since 1970 UTC, the kiosk's clock */
  gint64 service;    /* the catalogue's code */
  gint64 size;       /* bytes of the sealed file */
  guint8 sha256[KOUAN_SHA256_SIZE];
  gboolean has_code;
  guint8 code_id[KOUAN_UUID_SIZE]; /* of the appointment or walk-in code */
} KouanManifest;

GBytes *kouan_manifest_sign (const KouanManifest *manifest, KouanSigningKey *key);
gboolean kouan_manifest_verify (GBytes *message,
                                KouanKeyring *keyring,
                                KouanManifest *manifest,
                                KouanVerifyingKey **signer, /* (out) (optional) (transfer full) */
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* manifest.json, the last member of a record: name, size and SHA-256 of each of the others, in RFC
 * 8785 form. */
#define KOUAN_MEMBERS_NAME "manifest.json"

typedef struct _KouanMembers KouanMembers;

KouanMembers *kouan_members_new (void);
void kouan_members_add (KouanMembers *self,
                        const char *name,
                        guint64 size,
                        const guint8 sha256[static KOUAN_SHA256_SIZE]);
GBytes *kouan_members_to_json (KouanMembers *self);
void kouan_members_free (KouanMembers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMembers, kouan_members_free)

G_END_DECLS
