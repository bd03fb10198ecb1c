/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/picture.h"

#include <string.h>

/* Pictures made in memory, so that a test of reading needs no file and no decoder. */

#define WHITE 255

KouanTestPicture *
kouan_test_picture_new (guint width, guint height)
{
  KouanTestPicture *self = g_new0 (KouanTestPicture, 1);

  self->width = width;
  self->height = height;
  self->gray = g_malloc ((gsize)width * height);
  memset (self->gray, WHITE, (gsize)width * height);
  return self;
}

void
kouan_test_picture_free (KouanTestPicture *self)
{
  g_free (self->gray);
  g_free (self);
}

/* With its quiet zone. */
KouanTestPicture *
kouan_test_picture_of_code (const KouanQrMatrix *matrix, guint module_px)
{
  guint side_px = (kouan_qr_matrix_get_size (matrix) + 2 * KOUAN_QR_QUIET_MODULES) * module_px;
  guint border_px = KOUAN_QR_QUIET_MODULES * module_px;
  KouanTestPicture *self = kouan_test_picture_new (side_px, side_px);

  for (guint y = border_px; y < side_px - border_px; y++)
    for (guint x = border_px; x < side_px - border_px; x++)
      if (kouan_qr_matrix_is_dark (matrix, (x - border_px) / module_px,
                                   (y - border_px) / module_px))
        self->gray[y * side_px + x] = 0;
  return self;
}

/* Clockwise. */
KouanTestPicture *
kouan_test_picture_turn (const KouanTestPicture *self, guint quarters)
{
  gboolean upright = quarters % 2 == 0;
  KouanTestPicture *turned = kouan_test_picture_new (upright ? self->width : self->height,
                                                     upright ? self->height : self->width);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        guint across[] = { x, self->height - 1 - y, self->width - 1 - x, y };
        guint down[] = { y, x, self->height - 1 - y, self->width - 1 - x };

        turned->gray[down[quarters % 4] * turned->width + across[quarters % 4]]
          = self->gray[y * self->width + x];
      }
  return turned;
}

static void
paste (KouanTestPicture *self, const KouanTestPicture *part, guint left)
{
  for (guint y = 0; y < part->height; y++)
    memcpy (self->gray + y * self->width + left, part->gray + y * part->width, part->width);
}

KouanTestPicture *
kouan_test_picture_beside (const KouanTestPicture *left, const KouanTestPicture *right)
{
  KouanTestPicture *self
    = kouan_test_picture_new (left->width + right->width, MAX (left->height, right->height));

  paste (self, left, 0);
  paste (self, right, left->width);
  return self;
}

void
kouan_test_picture_invert (KouanTestPicture *self)
{
  for (gsize i = 0; i < (gsize)self->width * self->height; i++)
    self->gray[i] = WHITE - self->gray[i];
}

/* Each pixel moves by at most @amount, always the same for the same seed. */
void
kouan_test_picture_add_noise (KouanTestPicture *self, int amount, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize)self->width * self->height; i++)
    {
      int level = self->gray[i] + g_rand_int_range (random, -amount, amount + 1);

      self->gray[i] = (guint8)CLAMP (level, 0, WHITE);
    }
}

/* Netpbm's gray format (P5), which every picture tool reads. */
void
kouan_test_picture_save_pgm (const KouanTestPicture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) file = g_string_new (NULL);

  g_string_append_printf (file, "P5\n%u %u\n255\n", self->width, self->height);
  g_string_append_len (file, (const char *)self->gray, (gssize)self->width * self->height);
  g_file_set_contents (path, file->str, (gssize)file->len, &error);
  g_assert_no_error (error);
}
