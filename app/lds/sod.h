/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/hash.h"
#include "app/crypto/signed-data.h"
#include "app/lds/lds.h"

G_BEGIN_DECLS

#define KOUAN_SOD_CONTENT_TYPE "2.23.136.1.1.1"

/* EF.SOD (Doc 9303-10 §4.6.2): the digest of every data group, signed. */
typedef struct _KouanSod KouanSod;

KouanSod *
kouan_sod_parse (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sod_free (KouanSod *self);

KouanSignedData *kouan_sod_get_signed_data (KouanSod *self); /* (transfer none) */
KouanHash kouan_sod_get_hash (KouanSod *self);
guint kouan_sod_get_version (KouanSod *self);  /* of the LDS security object: 0 or 1 */
guint32 kouan_sod_get_groups (KouanSod *self); /* bit N: has the digest of data group N */
gboolean kouan_sod_group_fits (KouanSod *self, guint group, GBytes *file);

/* The content of an EF.SOD: what is signed. @files: (nullable) each, by the number of the group. */
GBytes *kouan_sod_make_content (guint version,
                                KouanHash hash,
                                GBytes *const files[static KOUAN_LDS_GROUPS + 1]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSod, kouan_sod_free)

G_END_DECLS
