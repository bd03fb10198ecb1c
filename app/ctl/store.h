/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"
#include "app/record/outbox.h"

G_BEGIN_DECLS

/* What a verb needs that works on a station's queue. */
typedef struct
{
  KouanStation *station;
  KouanClock *clock;
  KouanOutbox *outbox;
  KouanDatabase *db;
} KouanCtlStore;

gboolean kouan_ctl_store_open (KouanCtlStore *self,
                               const char *folder,
                               gboolean create,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_ctl_store_clear (KouanCtlStore *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanCtlStore, kouan_ctl_store_clear)

/* Whose word counts: a station's keys, or one public key. One of the two is given. */
KouanKeyring *
kouan_ctl_load_keyring (const char *station, const char *pem, KouanPurpose purpose, GError **error);

/* The options of a verb and its words: argv[0] is the verb's word after these. Returns: FALSE after
 * a message */
gboolean kouan_ctl_parse (const char *verb, const GOptionEntry *entries, int *argc, char ***argv);

G_END_DECLS
