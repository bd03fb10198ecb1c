/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/layout.h"

#include <stdlib.h>

/* Which module of a QR code is for what (ISO/IEC 18004, 7.3 and 7.7 to 7.10). */

#define TIMING 6
#define FORMAT_GENERATOR 0x537
#define FORMAT_MASK 0x5412
#define VERSION_GENERATOR 0x1f25
#define VERSION_BITS 18
#define VERSION_FROM 7 /* smaller ones do not say their version */

static void
set (KouanQrLayout *self, guint x, guint y, KouanQrRole role)
{
  self->roles[y * self->size + x] = (guint8)role;
}

static KouanQrRole
role_at (const KouanQrLayout *self, guint x, guint y)
{
  return self->roles[y * self->size + x];
}

/* Rings around a middle, by their distance: dark where the bit of @dark is set. */
static void
put_rings (KouanQrLayout *self, int x, int y, int radius, guint dark)
{
  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      {
        int ring = MAX (abs (dx), abs (dy)), at_x = x + dx, at_y = y + dy;

        if (at_x >= 0 && at_y >= 0 && at_x < (int)self->size && at_y < (int)self->size)
          set (self, (guint)at_x, (guint)at_y,
               dark >> ring & 1 ? KOUAN_QR_ROLE_DARK : KOUAN_QR_ROLE_LIGHT);
      }
}

/* Middles of the alignment patterns, annex E: from 6 to size - 7 in even steps. */
static void
find_alignments (KouanQrLayout *self)
{
  guint count = self->version / 7 + 2, last = self->size - 7, step;

  self->n_alignments = self->version > 1 ? count : 0;
  if (self->n_alignments == 0)
    return;
  step = self->version == 32 ? 26 : (self->version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
  self->alignments[0] = TIMING;
  for (guint i = 1; i < count; i++)
    self->alignments[i] = last - (count - 1 - i) * step;
}

/* Returns: whether a pattern stands at this crossing: at the three finders there is none */
gboolean
kouan_qr_layout_has_alignment (const KouanQrLayout *self, guint column, guint row)
{
  guint last = self->n_alignments - 1;

  return self->n_alignments > 0
         && !((column == 0 && row == 0) || (column == last && row == 0)
              || (column == 0 && row == last));
}

/* Remainder of a polynomial over the field of two: the check bits of format and version. */
static guint
with_check_bits (guint word, guint bits, guint generator)
{
  guint rest = word << bits;

  for (guint bit = 31; bit >= bits; bit--)
    if (rest >> bit & 1)
      rest ^= generator << (bit - bits);
  return word << bits | rest;
}

static void
put_version (KouanQrLayout *self)
{
  guint word = with_check_bits (self->version, 12, VERSION_GENERATOR);

  for (guint bit = 0; self->version >= VERSION_FROM && bit < VERSION_BITS; bit++)
    {
      KouanQrRole role = word >> bit & 1 ? KOUAN_QR_ROLE_DARK : KOUAN_QR_ROLE_LIGHT;
      guint a = self->size - 11 + bit % 3, b = bit / 3;

      set (self, a, b, role);
      set (self, b, a, role);
    }
}

static void
put_formats (KouanQrLayout *self)
{
  for (guint copy = 0; copy < 2; copy++)
    for (guint bit = 0; bit < KOUAN_QR_FORMAT_BITS; bit++)
      {
        KouanQrPlace place = kouan_qr_layout_format_place (self, copy, bit);

        set (self, place.x, place.y, KOUAN_QR_ROLE_FORMAT);
      }
  set (self, 8, self->size - 8, KOUAN_QR_ROLE_DARK);
}

static void
put_patterns (KouanQrLayout *self)
{
  int last = (int)self->size - 4;

  for (guint i = 8; i < self->size - 8; i++)
    {
      KouanQrRole role = i % 2 == 0 ? KOUAN_QR_ROLE_DARK : KOUAN_QR_ROLE_LIGHT;

      set (self, i, TIMING, role);
      set (self, TIMING, i, role);
    }
  put_rings (self, 3, 3, 4, 0x0b);
  put_rings (self, last, 3, 4, 0x0b);
  put_rings (self, 3, last, 4, 0x0b);
  for (guint row = 0; row < self->n_alignments; row++)
    for (guint column = 0; column < self->n_alignments; column++)
      if (kouan_qr_layout_has_alignment (self, column, row))
        put_rings (self, (int)self->alignments[column], (int)self->alignments[row], 2, 0x05);
}

/* Bits run in columns of two from the right, up and down in turn; the column of the timing pattern
 * is left out. */
static void
find_places (KouanQrLayout *self)
{
  gboolean upwards = TRUE;

  self->places = g_new (KouanQrPlace, self->size * self->size);
  for (int right = (int)self->size - 1; right > 0; right -= 2)
    {
      if (right == TIMING)
        right--;
      for (guint i = 0; i < self->size; i++)
        for (int x = right; x > right - 2; x--)
          {
            guint y = upwards ? self->size - 1 - i : i;

            if (role_at (self, (guint)x, y) == KOUAN_QR_ROLE_DATA)
              self->places[self->n_places++] = (KouanQrPlace){ (guint8)x, (guint8)y };
          }
      upwards = !upwards;
    }
}

static void
find_marks (KouanQrLayout *self)
{
  self->marks = g_new (KouanQrMark, self->size * self->size);
  for (guint y = 0; y < self->size; y++)
    for (guint x = 0; x < self->size; x++)
      if (role_at (self, x, y) >= KOUAN_QR_ROLE_DARK)
        self->marks[self->n_marks++]
          = (KouanQrMark){ (guint8)x, (guint8)y,
                           role_at (self, x, y) == KOUAN_QR_ROLE_LIGHT ? 1 : -1 };
}

/* @version: 1 to 40 */
KouanQrLayout *
kouan_qr_layout_new (guint version)
{
  KouanQrLayout *self = g_new0 (KouanQrLayout, 1);

  g_assert (version >= 1 && version <= KOUAN_QR_VERSION_MAX);
  self->version = version;
  self->size = 17 + 4 * version;
  self->roles = g_new0 (guint8, self->size * self->size);
  find_alignments (self);
  put_patterns (self);
  put_formats (self);
  put_version (self);
  find_places (self);
  find_marks (self);
  return self;
}

void
kouan_qr_layout_free (KouanQrLayout *self)
{
  if (self == NULL)
    return;
  g_free (self->roles);
  g_free (self->places);
  g_free (self->marks);
  g_free (self);
}

/* Where a bit of the format stands, 0 the least: copy 0 around the corner, copy 1 in two parts. */
KouanQrPlace
kouan_qr_layout_format_place (const KouanQrLayout *self, guint copy, guint bit)
{
  guint last = self->size - 1;
  guint x = 8, y = bit;

  if (copy == 0 && bit >= 8)
    {
      x = bit == 8 ? 7 : 14 - bit;
      y = 8;
    }
  else if (copy == 0)
    y = bit < 6 ? bit : bit + 1;
  else if (bit < 8)
    {
      x = last - bit;
      y = 8;
    }
  else
    y = last - 14 + bit;
  return (KouanQrPlace){ (guint8)x, (guint8)y };
}

/* @format: two bits of the level, three of the mask. Returns: the 15 bits that a code shows */
guint
kouan_qr_format_word (guint format)
{
  return with_check_bits (format, 10, FORMAT_GENERATOR) ^ FORMAT_MASK;
}

/* Returns: whether this mask turns the module over (7.8.2) */
gboolean
kouan_qr_mask_is_set (guint mask, guint x, guint y)
{
  switch (mask)
    {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (y / 2 + x / 3) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
      return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}
