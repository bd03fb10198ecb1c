/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Inside this folder only: what is signed of a catalogue. */
typedef struct
{
  char *name;
  guint64 size;
  guint8 digest[KOUAN_SHA256_SIZE];
} KouanIndexEntry;

typedef struct
{
  guint64 version;
  gint64 issued_s;
  GPtrArray *entries; /* of KouanIndexEntry, by name */
} KouanIndex;

KouanIndex *kouan_index_new (guint64 version, gint64 issued_s);
void kouan_index_add (KouanIndex *self, const char *name, GBytes *content);
gboolean kouan_index_entry_fits (const KouanIndexEntry *entry, GBytes *content);
GBytes *kouan_index_encode (KouanIndex *self);
KouanIndex *kouan_index_decode (GBytes *payload);
void kouan_index_free (KouanIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanIndex, kouan_index_free)

G_END_DECLS
