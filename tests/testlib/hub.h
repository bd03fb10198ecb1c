/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/enrol.h"
#include "app/hub/receiver.h"
#include "app/record/manifest.h"
#include "app/station/station.h"

G_BEGIN_DECLS

#define KOUAN_TEST_NOW_S G_GINT64_CONSTANT (1800000000)
#define KOUAN_TEST_HALL 3

/* A hub in a folder of its own and, on demand, kiosks that it has enrolled, by the same calls that
 * the programs make. */
typedef struct
{
  char *folder;
  char *hub_folder;
  KouanClock *clock; /* a KouanManualClock */
  KouanHub *hub;
} KouanTestHub;

KouanTestHub *kouan_test_hub_new (void);
KouanTestHub *kouan_test_hub_new_on (const char *database, /* (nullable) */
                                     gboolean bytes_in_database);
void kouan_test_hub_free (KouanTestHub *self);
void kouan_test_hub_reopen (KouanTestHub *self);
char *kouan_test_hub_enrol (KouanTestHub *self,
                            guint kiosk_id); /* (transfer full): its station's folder */
KouanHubKiosk *kouan_test_hub_find_kiosk (KouanTestHub *self, guint kiosk_id);
void kouan_test_hub_assert_bytes (KouanTestHub *self, /* that it has them, sealed as they came */
                                  const guint8 *id,
                                  gint64 size,
                                  const guint8 *sha256);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestHub, kouan_test_hub_free)

/* Some bytes, and what a kiosk says of them. */
typedef struct
{
  GBytes *bytes;
  KouanManifest manifest;
  KouanHubClaim claim;
} KouanTestRecord;

KouanTestRecord *
kouan_test_record_new (KouanStation *station, gint64 sequence, gsize size, guint8 code);
void kouan_test_record_sign (KouanTestRecord *self,
                             KouanSigningKey *key); /* after a change to the manifest */
void kouan_test_record_free (KouanTestRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestRecord, kouan_test_record_free)

G_END_DECLS
