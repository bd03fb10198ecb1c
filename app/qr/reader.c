/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/reader.h"

#include "app/qr/search.h"
#include "app/qr/zbar-scan.h"

#include <string.h>

/* Reads QR codes from camera frames and from single pictures.
 *
 * No one way of looking finds every code: at half the size noise and the grid of a screen are gone,
 * but so are small modules; a narrow window sees through shadows, but breaks up a code that fills
 * the frame. A camera gives thirty pictures a second of nearly the same thing. So each frame gets
 * the one look that finds most, and one of the others in turn, and has a budget. A single picture
 * gets all of them until nothing is left that looks like a code, and ZBar's own search in the end.
 */

/* Larger than any camera or page; keeps width times height far inside ZBar's ints. */
#define SIDE_PX_MAX 16384
#define SIDE_PX_MIN 16

#define FRAME_BUDGET_MS 22
#define PICTURE_BUDGET_MS 4000
#define OTHERS_BUDGET_MS 1200 /* for more codes, once there is one */
#define WINDOW_SHARE 10       /* of the shorter side: as wide as a finder of a code that fills it */
#define NARROW_SHARE 30
#define MARGIN 0.08
#define NARROW_MARGIN 0.05
#define DOUBLED_AREA_MAX 1000000
#define LEVELS_MAX 4 /* whole, half, quarter, eighth */
#define LEVEL_SIDE_MIN 100
#define FRAME_AREA_MAX 1500000 /* of the largest level that a frame is looked at in */

/* A way of looking. */
typedef struct
{
  guint level; /* halved so many times */
  gboolean narrow;
  gboolean light_on_dark;
  gboolean soft;
} Manner;

struct _KouanQrReader
{
  KouanQrSearch *search;
  KouanZbarScan *zbar;
  guint turn;
};

/* One picture while it is read. */
typedef struct
{
  KouanQrReader *reader;
  const KouanQrPicture *levels[LEVELS_MAX];
  KouanQrPicture *made[LEVELS_MAX];
  GPtrArray *codes;
} Reading;

static const Manner first = { 0, FALSE, FALSE, FALSE };

/* The others, in a camera's turn. */
static const Manner in_turn[] = {
  { 1, FALSE, FALSE, FALSE }, { 0, FALSE, TRUE, FALSE },  { 0, TRUE, FALSE, FALSE },
  { 1, FALSE, TRUE, FALSE },  { 2, FALSE, FALSE, FALSE },
};

/* The others for a single picture, the likelier first. */
static const Manner all_others[] = {
  { 1, FALSE, FALSE, FALSE }, { 0, FALSE, TRUE, FALSE },  { 0, TRUE, FALSE, FALSE },
  { 1, FALSE, TRUE, FALSE },  { 2, FALSE, FALSE, FALSE }, { 0, FALSE, FALSE, TRUE },
  { 1, TRUE, FALSE, FALSE },  { 2, FALSE, TRUE, FALSE },  { 1, FALSE, FALSE, TRUE },
  { 2, TRUE, FALSE, FALSE },  { 3, FALSE, FALSE, FALSE }, { 3, FALSE, TRUE, FALSE },
};

KouanQrReader *
kouan_qr_reader_new (void)
{
  KouanQrReader *self = g_new0 (KouanQrReader, 1);

  self->search = kouan_qr_search_new ();
  self->zbar = kouan_zbar_scan_new (TRUE);
  return self;
}

void
kouan_qr_reader_free (KouanQrReader *self)
{
  if (self == NULL)
    return;
  kouan_qr_search_free (self->search);
  kouan_zbar_scan_free (self->zbar);
  g_free (self);
}

static KouanQrPicture *
pack_rows (const guint8 *gray, guint width, guint height, guint stride)
{
  KouanQrPicture *packed = kouan_qr_picture_new ((int)width, (int)height);

  for (guint y = 0; y < height; y++)
    memcpy (packed->pixels + (gsize)y * width, gray + (gsize)y * stride, width);
  return packed;
}

/* Returns: (nullable): the picture halved @level times; NULL where it would be too small */
static const KouanQrPicture *
level_of (Reading *reading, guint level)
{
  const KouanQrPicture *above;

  if (reading->levels[level] != NULL || level == 0)
    return reading->levels[level];
  above = level_of (reading, level - 1);
  if (above == NULL || MIN (above->width, above->height) < 2 * LEVEL_SIDE_MIN)
    return NULL;
  reading->made[level] = kouan_qr_picture_halve (above);
  reading->levels[level] = reading->made[level];
  return reading->levels[level];
}

/* What is about as light as its surroundings counts as the background, be that light or dark. */
static KouanQrPicture *
split (const KouanQrPicture *gray, const Manner *manner)
{
  int side = MIN (gray->width, gray->height);
  double margin = manner->narrow ? NARROW_MARGIN : MARGIN;

  return kouan_qr_picture_split (gray,
                                 MAX (side / (manner->narrow ? NARROW_SHARE : WINDOW_SHARE), 9),
                                 margin, manner->light_on_dark);
}

/* Returns: how much is left that looks like a code; 0 too if there is no such level */
static guint
look (Reading *reading, const Manner *manner)
{
  const KouanQrPicture *gray = level_of (reading, manner->level);
  g_autoptr (KouanQrPicture) soft = NULL;
  g_autoptr (KouanQrPicture) black_and_white = NULL;

  if (gray == NULL)
    return 0;
  if (manner->soft)
    gray = soft = kouan_qr_picture_soften (gray);
  black_and_white = split (gray, manner);
  return kouan_qr_search_look (reading->reader->search, gray, black_and_white,
                               manner->light_on_dark, 1 << manner->level, reading->codes);
}

/* Modules of hardly more than a pixel. */
static guint
look_doubled (Reading *reading)
{
  g_autoptr (KouanQrPicture) twice = NULL;
  g_autoptr (KouanQrPicture) black_and_white = NULL;
  const KouanQrPicture *gray = reading->levels[0];

  if (gray->width * gray->height > DOUBLED_AREA_MAX)
    return 0;
  twice = kouan_qr_picture_double (gray);
  black_and_white = split (twice, &first);
  return kouan_qr_search_look (reading->reader->search, twice, black_and_white, FALSE, 0.5,
                               reading->codes);
}

/* What ZBar finds by itself. */
static void
scan_whole (Reading *reading, guint level)
{
  const KouanQrPicture *gray = level_of (reading, level);
  g_autoptr (GPtrArray) codes = NULL;

  if (gray == NULL)
    return;
  codes = kouan_zbar_scan_picture (reading->reader->zbar, gray);
  while (codes->len > 0)
    {
      KouanQrCode *code = g_ptr_array_steal_index (codes, codes->len - 1);

      code->x *= 1 << level;
      code->y *= 1 << level;
      kouan_qr_code_add (reading->codes, code);
    }
}

static void
reading_begin (Reading *reading,
               KouanQrReader *reader,
               const guint8 *gray,
               guint width,
               guint height,
               guint stride)
{
  memset (reading, 0, sizeof *reading);
  reading->reader = reader;
  reading->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);
  reading->made[0] = pack_rows (gray, width, height, stride);
  reading->levels[0] = reading->made[0];
}

/* Returns: (transfer full): the codes */
static GPtrArray *
reading_end (Reading *reading)
{
  for (guint i = 0; i < LEVELS_MAX; i++)
    kouan_qr_picture_free (reading->made[i]);
  return reading->codes;
}

static gboolean
is_readable (const guint8 *gray, guint width, guint height, guint stride)
{
  return gray != NULL && width >= SIDE_PX_MIN && width <= SIDE_PX_MAX && stride >= width
         && height >= SIDE_PX_MIN && height <= SIDE_PX_MAX;
}

/**
 * kouan_qr_reader_read:
 * @gray: @height rows of @width bytes, 0 black, 255 white, each row @stride bytes after the last
 *
 * A single picture, with all there is: dark on light and light on dark, straight and mirrored.
 *
 * Returns: (transfer full) (element-type KouanQrCode): each distinct content once; empty if there
 * is none
 */
GPtrArray *
kouan_qr_reader_read (
  KouanQrReader *self, const guint8 *gray, guint width, guint height, guint stride)
{
  Reading reading;
  guint left;

  g_return_val_if_fail (self != NULL, NULL);
  if (!is_readable (gray, width, height, stride))
    return g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);

  reading_begin (&reading, self, gray, width, height, stride);
  kouan_qr_search_begin (self->search, PICTURE_BUDGET_MS, TRUE);
  left = look (&reading, &first);
  for (guint i = 0; i < G_N_ELEMENTS (all_others) && (reading.codes->len == 0 || left >= 3); i++)
    {
      if (reading.codes->len > 0)
        kouan_qr_search_shorten (self->search, OTHERS_BUDGET_MS);
      left = look (&reading, all_others + i);
    }
  if (reading.codes->len == 0)
    look_doubled (&reading);
  for (guint level = 0; level < LEVELS_MAX && reading.codes->len == 0; level++)
    scan_whole (&reading, level);
  return reading_end (&reading);
}

/* A camera of more pixels than a frame has time for is looked at in smaller pictures. */
static guint
frame_level (guint width, guint height)
{
  guint level = 0;

  while (level + 1 < LEVELS_MAX && (width >> level) * (height >> level) > FRAME_AREA_MAX)
    level++;
  return level;
}

/**
 * kouan_qr_reader_read_frame:
 *
 * One of many frames: as kouan_qr_reader_read(), but some 20 ms at most, and not everything at
 * each.
 *
 * Returns: (transfer full) (element-type KouanQrCode)
 */
GPtrArray *
kouan_qr_reader_read_frame (
  KouanQrReader *self, const guint8 *gray, guint width, guint height, guint stride)
{
  Manner manner = first;
  Reading reading;
  guint level;

  g_return_val_if_fail (self != NULL, NULL);
  if (!is_readable (gray, width, height, stride))
    return g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);

  reading_begin (&reading, self, gray, width, height, stride);
  kouan_qr_search_begin (self->search, FRAME_BUDGET_MS, FALSE);
  level = frame_level (width, height);
  manner.level = level;
  look (&reading, &manner);
  if (reading.codes->len == 0 && !kouan_qr_search_is_late (self->search))
    {
      manner = in_turn[self->turn++ % G_N_ELEMENTS (in_turn)];
      manner.level = MIN (manner.level + level, LEVELS_MAX - 1);
      look (&reading, &manner);
    }
  return reading_end (&reading);
}

/* The same for a single picture. */
GPtrArray *
kouan_qr_read (const guint8 *gray, guint width, guint height, guint stride)
{
  g_autoptr (KouanQrReader) reader = kouan_qr_reader_new ();

  return kouan_qr_reader_read (reader, gray, width, height, stride);
}
