/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/trust/trust-list.h"

G_BEGIN_DECLS

/* For app/trust alone. */
struct _KouanTrustList
{
  gatomicrefcount refs;
  guint64 version;
  gint64 changed_s;
  GPtrArray *sources;
  GPtrArray *entries;
  GPtrArray *revocations;
  GHashTable *by_fingerprint; /* of entries, whose it is */
  GHashTable *by_name;        /* subject_hash to GPtrArray of entries */
  GHashTable *by_key_id;      /* GBytes to GPtrArray of entries */
};

void kouan_trust_source_free (KouanTrustSource *source);
void kouan_trust_entry_free (KouanTrustEntry *entry);
void kouan_trust_list_add_entry (KouanTrustList *self, KouanTrustEntry *entry); /* takes it */
void kouan_trust_list_drop_unsourced (KouanTrustList *self);
KouanTrustEntry *kouan_trust_list_find_entry (KouanTrustList *self,
                                              const guint8 fingerprint[static KOUAN_SHA256_SIZE]);

G_END_DECLS
