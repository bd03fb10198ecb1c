/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/run.h"

G_BEGIN_DECLS

/* The line as a USB stick: a folder "kouan" on it, with what the two sides say to each other as
 * files. Records go out, receipts and lists come back; both ways may be done again at any time. */
#define KOUAN_STICK_FOLDER "kouan"
#define KOUAN_STICK_RECORD ".age"
#define KOUAN_STICK_MANIFEST ".manifest" /* COSE by the kiosk */
#define KOUAN_STICK_RECEIPT ".receipt"   /* COSE by the hub */
#define KOUAN_STICK_WANTED ".wanted"     /* by the hub: it has the manifest and lacks the bytes */
#define KOUAN_STICK_AUDIT_HEAD "audit.head"     /* COSE by the kiosk: of its audit */
#define KOUAN_STICK_AUDIT_ANCHOR "audit.anchor" /* COSE by the hub: the same head, signed */
#define KOUAN_STICK_LIST ".list"                /* COSE, named after its kind */

char *kouan_stick_kiosk_folder (const char *stick, guint kiosk_id);
GBytes *kouan_stick_read (const char *path, gsize size_max);

typedef struct
{
  guint exported; /* records whose bytes are on the stick now */
  guint kept;     /* that were there already */
  guint offered;  /* that the hub has signed for: asked about again, without their bytes */
  guint full;     /* that found no room */
} KouanStickReport;

gboolean kouan_sync_run_export (KouanSyncRun *self,
                                const char *stick,
                                KouanStickReport *report,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_run_import (KouanSyncRun *self,
                                const char *stick,
                                KouanSyncReport *report,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
