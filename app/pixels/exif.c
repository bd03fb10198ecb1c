/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/exif.h"

#include <string.h>

/* One number is wanted of all that a phone writes into its pictures: which way was up. Exif 2.32
 * puts it into the first directory of a TIFF structure behind "Exif\0\0"; nothing else is looked
 * at, no pointer followed but the one to that directory. */

#define PREFIX "Exif\0"
#define PREFIX_SIZE 6
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY_SIZE 12
#define UPRIGHT 1

typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean little;
} Tiff;

static gboolean
read_16 (const Tiff *tiff, gsize at, guint *value)
{
  if (tiff->size < 2 || at > tiff->size - 2)
    return FALSE;
  *value = tiff->little ? tiff->data[at] | tiff->data[at + 1] << 8
                        : tiff->data[at] << 8 | tiff->data[at + 1];
  return TRUE;
}

static gboolean
read_32 (const Tiff *tiff, gsize at, gsize *value)
{
  guint first, second;

  if (!read_16 (tiff, at, &first) || !read_16 (tiff, at + 2, &second))
    return FALSE;
  *value = tiff->little ? (gsize)second << 16 | first : (gsize)first << 16 | second;
  return TRUE;
}

static gboolean
read_head (Tiff *tiff, gsize *directory)
{
  guint magic;

  if (tiff->size < 8)
    return FALSE;
  if (memcmp (tiff->data, "II", 2) == 0)
    tiff->little = TRUE;
  else if (memcmp (tiff->data, "MM", 2) != 0)
    return FALSE;
  return read_16 (tiff, 2, &magic) && magic == 42 && read_32 (tiff, 4, directory);
}

/**
 * kouan_exif_orientation:
 * @segment: what an APP1 segment of a JPEG holds
 *
 * Returns: the orientation as Exif counts it, 1 (upright) to 8; 1 where there is none that can be
 * believed
 */
guint
kouan_exif_orientation (const guint8 *segment, gsize size)
{
  Tiff tiff = { 0 };
  gsize directory;
  guint entries;

  if (size < PREFIX_SIZE || memcmp (segment, PREFIX, PREFIX_SIZE) != 0)
    return UPRIGHT;
  tiff.data = segment + PREFIX_SIZE;
  tiff.size = size - PREFIX_SIZE;
  if (!read_head (&tiff, &directory) || !read_16 (&tiff, directory, &entries))
    return UPRIGHT;
  for (guint i = 0; i < entries; i++)
    {
      gsize at = directory + 2 + (gsize)i * ENTRY_SIZE;
      guint tag, type, value;
      gsize count;

      if (!read_16 (&tiff, at, &tag) || !read_16 (&tiff, at + 2, &type)
          || !read_32 (&tiff, at + 4, &count) || !read_16 (&tiff, at + 8, &value))
        return UPRIGHT;
      if (tag == TAG_ORIENTATION)
        return type == TYPE_SHORT && count == 1 && value >= 1 && value <= 8 ? value : UPRIGHT;
    }
  return UPRIGHT;
}
