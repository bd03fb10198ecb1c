/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/server.h"
#include "app/record/outbox.h"
#include "app/sync/run.h"
#include "db/kiosk/records.h"
#include "tests/testlib/hub.h"
#include "tests/testlib/line.h"

G_BEGIN_DECLS

/* A hub that serves, a kiosk that it has enrolled, and a line between them that can be cut. */
typedef struct
{
  KouanTestHub *world;
  KouanHubServer *server; /* (nullable) */
  KouanTestLine *line;
  char *station_folder;
  KouanStation *station;
  KouanOutbox *outbox;
  KouanDatabase *db;
} KouanTestKiosk;

KouanTestKiosk *kouan_test_kiosk_new (void);
void kouan_test_kiosk_free (KouanTestKiosk *self);
void kouan_test_kiosk_serve (KouanTestKiosk *self); /* starts the hub, or starts it again */
void kouan_test_kiosk_stop (KouanTestKiosk *self);  /* the hub */
void kouan_test_kiosk_copy_hub (KouanTestKiosk *self,
                                const char *from, /* "hub.db": its database as it stands */
                                const char *to); /* while the hub is stopped; it is started again */
KouanSubmitted *kouan_test_kiosk_submit (KouanTestKiosk *self, gsize size, guint8 code);
gboolean kouan_test_kiosk_sync (KouanTestKiosk *self, KouanSyncReport *report, GError **error);
KouanRecordRow *kouan_test_kiosk_row (KouanTestKiosk *self, const guint8 id[static 16]);
char *kouan_test_kiosk_file (KouanTestKiosk *self,
                             const guint8 id[static 16]); /* (nullable): a path */
guint kouan_test_kiosk_count_at_hub (KouanTestKiosk *self);
void kouan_test_kiosk_assert_at_hub (KouanTestKiosk *self,
                                     const guint8 id[static 16]); /* once, the same bytes */
void kouan_test_kiosk_reload (KouanTestKiosk *self); /* the station, after its files were changed */

G_END_DECLS
