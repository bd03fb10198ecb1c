/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/matrix.h"

G_BEGIN_DECLS

/* A gray picture for tests, rows without padding. */
typedef struct
{
  guint8 *gray;
  guint width;
  guint height;
} KouanTestPicture;

KouanTestPicture *kouan_test_picture_new (guint width, guint height); /* white */
void kouan_test_picture_free (KouanTestPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestPicture, kouan_test_picture_free)

KouanTestPicture *kouan_test_picture_of_code (const KouanQrMatrix *matrix, guint module_px);
KouanTestPicture *kouan_test_picture_turn (const KouanTestPicture *self, guint quarters);
KouanTestPicture *kouan_test_picture_beside (const KouanTestPicture *left,
                                             const KouanTestPicture *right);
void kouan_test_picture_invert (KouanTestPicture *self);
void kouan_test_picture_add_noise (KouanTestPicture *self, int amount, guint32 seed);
void kouan_test_picture_save_pgm (const KouanTestPicture *self, const char *path);

G_END_DECLS
