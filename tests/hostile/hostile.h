/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/pixels/protocol.h"

G_BEGIN_DECLS

/* Files that nobody should have to open, made from a seed: the same seed and number make the same
 * file on every machine of one architecture. */
typedef struct
{
  GBytes *bytes;
  const char *family;
  KouanFileKind refused; /* as which kind it has to be refused; UNKNOWN: it may be anything */
  gboolean heavy;        /* wants memory or time up to the limits */
} KouanHostileFile;

typedef struct _KouanHostile KouanHostile;

KouanHostile *kouan_hostile_new (guint32 seed);
void kouan_hostile_free (KouanHostile *self);
KouanHostileFile *kouan_hostile_make (KouanHostile *self, guint32 number);
void kouan_hostile_file_free (KouanHostileFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHostile, kouan_hostile_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHostileFile, kouan_hostile_file_free)

G_END_DECLS
