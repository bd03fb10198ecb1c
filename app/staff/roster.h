/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"
#include "app/staff/duty.h"
#include "db/database.h"

G_BEGIN_DECLS

#define KOUAN_ROSTER_KIND "roster" /* among the lists that the hub sends down */
#define KOUAN_ROSTER_PEOPLE_MAX 1000
#define KOUAN_PIN_DIGITS_MIN 6
#define KOUAN_PIN_DIGITS_MAX 12

typedef struct
{
  char *id;
  char *name; /* for the screen; never in the audit */
  guint roles;
  char *pin; /* Argon2id, as text */
} KouanPerson;

/* Who works here. Does not change. */
typedef struct _KouanRoster KouanRoster;

KouanRoster *
kouan_roster_parse (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanRoster *kouan_roster_load (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanRoster *kouan_roster_ref (KouanRoster *self);
void kouan_roster_unref (KouanRoster *self);

guint64 kouan_roster_get_version (KouanRoster *self);   /* 0: parsed, of no database */
GPtrArray *kouan_roster_get_people (KouanRoster *self); /* of KouanPerson */
const KouanPerson *kouan_roster_find (KouanRoster *self, const char *id); /* (nullable) */
gboolean kouan_roster_is_revoked (KouanRoster *self, const guint8 badge[static KOUAN_UUID_SIZE]);

gboolean kouan_pin_is_good (const char *pin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanRoster, kouan_roster_unref)

G_END_DECLS
