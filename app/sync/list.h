/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

#define KOUAN_LIST_SIZE_MAX                                                                        \
  (16 * 1024 * 1024) /* of a signed list: room for every state's signers */

/* What the hub sends down beside the catalogue. */
typedef enum
{
  KOUAN_LIST_APPOINTMENTS = 1, /* of the coming days, of one hall */
  KOUAN_LIST_REVOKED = 2,      /* codes that are not to be taken any more */
  KOUAN_LIST_TRUST = 3,        /* whose signatures on chips count */
  KOUAN_LIST_ROSTER = 4,       /* the staff */
} KouanListKind;

typedef struct
{
  KouanListKind kind;
  guint hall_id;   /* 0: every hall */
  guint64 version; /* from 1; a smaller one than before is not taken */
  gint64 issued_s; /* seconds since 1970 UTC, the hub's clock */
  GBytes *content;
} KouanList;

GBytes *kouan_list_sign (const KouanList *list, KouanSigningKey *key);
KouanList *kouan_list_verify (GBytes *message,
                              KouanKeyring *keyring,
                              KouanListKind kind,
                              guint hall_id,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_list_free (KouanList *self);

const char *kouan_list_kind_to_string (KouanListKind kind);
gboolean kouan_list_kind_from_string (const char *word, KouanListKind *kind);
KouanPurpose kouan_list_kind_get_purpose (KouanListKind kind);
gboolean kouan_list_kind_is_of_a_hall (KouanListKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanList, kouan_list_free)

G_END_DECLS
