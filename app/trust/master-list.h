/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/signed-data.h"

G_BEGIN_DECLS

#define KOUAN_MASTER_LIST_CONTENT_TYPE "2.23.136.1.1.2"

/* A country's list of the authorities that it believes (Doc 9303-12 §8), its signature verified. */
typedef struct
{
  GPtrArray *certificates; /* (element-type KouanCertificate) */
  guint unread;            /* entries that are no certificate of an authority */
  KouanSignedData *message;
  guint8 digest[KOUAN_SHA256_SIZE]; /* of the file */
} KouanMasterList;

KouanMasterList *kouan_master_list_parse (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_master_list_free (KouanMasterList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMasterList, kouan_master_list_free)

G_END_DECLS
