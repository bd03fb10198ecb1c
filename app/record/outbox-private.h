/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/outbox.h"

G_BEGIN_DECLS

/* For app/record alone, and for tests that stop a submission at each of its steps. */
typedef void (*KouanOutboxStep) (const char *step, gpointer data);
typedef GOutputStream *(*KouanOutboxWrap) (GOutputStream *base,
                                           gpointer data); /* (transfer full) */

void kouan_outbox_set_faults (KouanOutbox *self,
                              KouanOutboxStep step,
                              KouanOutboxWrap wrap,
                              gpointer data);
void kouan_outbox_step (KouanOutbox *self, const char *step);
GOutputStream *kouan_outbox_wrap (KouanOutbox *self, GOutputStream *base); /* (transfer full) */

KouanStation *kouan_outbox_get_station (KouanOutbox *self);
KouanClock *kouan_outbox_get_clock (KouanOutbox *self);
guint64 kouan_outbox_get_free_space (KouanOutbox *self);          /* bytes */

/* What a damaged database took with it, see rebuild.c. */
#define KOUAN_MANIFESTS_SLACK 64 /* lines about what was erased that are not worth a new log */
gboolean kouan_outbox_has_damaged_database (KouanOutbox *self);
char *kouan_outbox_manifest_log (KouanOutbox *self); /* (transfer full): its path */
gboolean kouan_outbox_rebuild (KouanOutbox *self,
                               KouanDatabase *db,
                               guint *rebuilt,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_outbox_tidy_manifests (KouanOutbox *self,
                                      GPtrArray *present,
                                      GBytes *newest,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_outbox_fail (const GError *cause, GError **error); /* FALSE */

G_END_DECLS
