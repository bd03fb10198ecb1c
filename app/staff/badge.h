/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"
#include "app/staff/duty.h"

G_BEGIN_DECLS

#define KOUAN_BADGE_DAYS_MAX 35
#define KOUAN_PERSON_SIZE_MAX 32

/* What a staff badge says: who, as what, until when. */
typedef struct
{
  guint8 id[KOUAN_UUID_SIZE]; /* of this badge: what is revoked when it is lost */
  char *person;               /* staff id */
  guint roles;
  guint64 roster_min; /* the first version of the roster that knows it */
  gint64 issued_s;
  gint64 expires_s;
} KouanBadge;

char *kouan_badge_issue (const KouanBadge *badge, KouanSigningKey *key);
KouanBadge *kouan_badge_read (const char *text,
                              KouanKeyring *keyring,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_badge_free (KouanBadge *self);

gboolean kouan_person_is_id (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanBadge, kouan_badge_free)

G_END_DECLS
