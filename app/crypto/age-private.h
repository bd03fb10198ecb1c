/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/aead.h"
#include "app/crypto/age.h"

G_BEGIN_DECLS

#define KOUAN_AGE_FILE_KEY_SIZE 16
#define KOUAN_AGE_NONCE_SIZE 16
#define KOUAN_AGE_CHUNK_SIZE 65536
#define KOUAN_AGE_SEALED_CHUNK_SIZE (KOUAN_AGE_CHUNK_SIZE + KOUAN_AEAD_TAG_SIZE)

/* The specification has no limit. Ours is some hundred recipients, each of which costs a scalar
 * multiplication before anything can be authenticated. */
#define KOUAN_AGE_HEADER_SIZE_MAX 16384

/* An X25519 recipient stanza: the file key for one recipient. */
typedef struct
{
  guint8 share[KOUAN_KEY_SIZE];
  guint8 body[KOUAN_AGE_FILE_KEY_SIZE + KOUAN_AEAD_TAG_SIZE];
} KouanAgeStanza;

gboolean kouan_age_wrap (KouanAgeRecipient *recipient,
                         KouanSecret *file_key,
                         KouanAgeStanza *stanza) G_GNUC_WARN_UNUSED_RESULT;
KouanSecret *kouan_age_unwrap (KouanAgeIdentity *identity, const KouanAgeStanza *stanza);

/* The textual part of a file, without the stanzas that are not X25519. */
typedef struct
{
  GArray *stanzas; /* of KouanAgeStanza */
  gsize size;      /* in bytes, with the line of the MAC */
  gsize covered;   /* how many of them the MAC covers */
  guint8 mac[KOUAN_SHA256_SIZE];
} KouanAgeHeader;

KouanAgeHeader *
kouan_age_header_parse (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_age_header_free (KouanAgeHeader *self);
gboolean kouan_age_header_verify (KouanAgeHeader *self,
                                  const guint8 *data,
                                  KouanSecret *file_key) G_GNUC_WARN_UNUSED_RESULT;
GByteArray *kouan_age_header_write (GArray *stanzas, KouanSecret *file_key);

/* The chunks of the payload, in order. */
typedef struct _KouanAgePayload KouanAgePayload;

KouanAgePayload *kouan_age_payload_new (KouanSecret *file_key,
                                        const guint8 nonce[static KOUAN_AGE_NONCE_SIZE],
                                        gboolean sealing);
void kouan_age_payload_free (KouanAgePayload *self);
void kouan_age_payload_seal (
  KouanAgePayload *self, const guint8 *plain, gsize size, gboolean final, guint8 *sealed);
gboolean kouan_age_payload_open (KouanAgePayload *self,
                                 const guint8 *sealed,
                                 gsize size,
                                 gboolean final,
                                 guint8 *plain) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAgeHeader, kouan_age_header_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAgePayload, kouan_age_payload_free)

G_END_DECLS
