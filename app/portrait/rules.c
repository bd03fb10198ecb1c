/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-portrait"

#include "app/portrait/rules.h"

#include <string.h>

/* One portrait for several receivers: each gets its own cut of the same original.
 *
 * work-permit: the foreigners' work permit portal takes at least 354 × 472 pixels and more than
 * 40 KB (nwu.edu.cn's copy of the portal's guide). It names no upper bound; that of exit-entry is
 * kept, so that one file serves both.
 *
 * exit-entry: the exit-entry administration's guide for pictures (出入境证件相片照相指引): 354 to
 * 480 × 472 to 640 pixels, 3:4, 20 to 80 KB, the head 28 to 33 of 48 mm.
 *
 * visa: the consular rule has 33 × 48 mm; pixels and bytes are not given, and are the others'. */

#define KB 1000
#define QUALITY_MAX 96
#define QUALITY_MIN 40
#define QUALITY_STEP 4
#define DPI 300

static const KouanPictureRule rules[] = {
  { "work-permit", 354, 480, 3, 4, 40 * KB, 80 * KB, 0.635, 0.08 },
  { "exit-entry", 354, 480, 3, 4, 20 * KB, 80 * KB, 0.635, 0.08 },
  { "visa", 354, 480, 33, 48, 20 * KB, 80 * KB, 0.635, 0.08 },
};

typedef struct
{
  guint left;
  guint top;
  guint width;
  guint height;
} Frame;

const KouanPictureRule *
kouan_picture_rules (guint *count)
{
  *count = G_N_ELEMENTS (rules);
  return rules;
}

const KouanPictureRule *
kouan_picture_rule_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].id, id))
      return &rules[i];
  return NULL;
}

/* Whether the file can be handed to this receiver as it is. */
gboolean
kouan_picture_rule_takes (const KouanPictureRule *rule, const KouanJpeg *picture)
{
  guint width = picture->width, height = picture->height;
  gsize size = g_bytes_get_size (picture->bytes);
  /* A pixel more or less is what rounding does. */
  gint64 off = (gint64)width * rule->height_ratio - (gint64)height * rule->width_ratio;

  return width >= rule->width_min && width <= rule->width_max && size >= rule->bytes_min
         && size <= rule->bytes_max && ABS (off) <= MAX (rule->width_ratio, rule->height_ratio);
}

/* Returns: (transfer full) (array zero-terminated=1): the receivers that take the file as it is */
char **
kouan_picture_rules_fitting (const KouanJpeg *picture)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (kouan_picture_rule_takes (&rules[i], picture))
      g_strv_builder_add (builder, rules[i].id);
  return g_strv_builder_end (builder);
}

/* The largest frame of the rule's shape, around the middle. */
static Frame
middle_frame (KouanPage *page, const KouanPictureRule *rule)
{
  Frame frame = { 0, 0, page->width, page->height };

  if ((guint64)page->width * rule->height_ratio > (guint64)page->height * rule->width_ratio)
    frame.width = page->height * rule->width_ratio / rule->height_ratio;
  else
    frame.height = page->width * rule->height_ratio / rule->width_ratio;
  frame.left = (page->width - frame.width) / 2;
  frame.top = (page->height - frame.height) / 2;
  return frame;
}

/* The frame in which the head is as large as the rule wants it and where it wants it. It may have
 * to be smaller or moved where the original ends. The head is measured as in measure.c: as far
 * above the eyes as the chin is below them. */
static Frame
head_frame (KouanPage *page, const KouanLandmarks *landmarks, const KouanPictureRule *rule)
{
  Frame frame = middle_frame (page, rule);
  double eyes_x = (landmarks->points[36].x + landmarks->points[45].x) / 2;
  double eyes_y = (landmarks->points[36].y + landmarks->points[45].y) / 2;
  double to_chin = MAX (1.0, landmarks->points[8].y - eyes_y);
  double height = MIN (2 * to_chin / rule->head_height, frame.height);
  double width = height * rule->width_ratio / rule->height_ratio;

  frame.height = (guint)CLAMP (height, 1, page->height);
  frame.width = (guint)CLAMP (width, 1, page->width);
  frame.left = (guint)CLAMP (eyes_x - width / 2, 0, page->width - (double)frame.width);
  frame.top = (guint)CLAMP (eyes_y - to_chin - rule->head_top * height, 0,
                            page->height - (double)frame.height);
  return frame;
}

static KouanPage *
cut (KouanPage *page, const Frame *frame)
{
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);
  gsize row = (gsize)frame->width * 3;
  guint8 *pixels = g_malloc (row * frame->height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, row * frame->height);

  for (guint y = 0; y < frame->height; y++)
    memcpy (pixels + y * row, rgb + (((gsize)frame->top + y) * page->width + frame->left) * 3, row);
  return kouan_page_new (frame->width, frame->height, DPI, bytes);
}

/* As many pixels as the rule allows and the original has. */
static KouanPage *
fit (KouanPage *page, const KouanPictureRule *rule)
{
  guint width = MIN (page->width, rule->width_max);
  guint height = width * rule->height_ratio / rule->width_ratio;

  return kouan_page_scaled (page, width, CLAMP (height, 1, page->height));
}

/**
 * kouan_portrait_cut:
 * @landmarks: (nullable): of the face; without them the middle of the picture is taken
 * @moved: (out): the landmarks in what is cut out; untouched without any
 *
 * Returns: (transfer full): as much as @rule wants to see, in the pixels of @page
 */
KouanPage *
kouan_portrait_cut (KouanPage *page,
                    const KouanLandmarks *landmarks,
                    const KouanPictureRule *rule,
                    KouanLandmarks *moved)
{
  Frame frame = landmarks != NULL ? head_frame (page, landmarks, rule) : middle_frame (page, rule);

  for (guint i = 0; landmarks != NULL && i < KOUAN_LANDMARKS; i++)
    {
      moved->points[i].x = landmarks->points[i].x - frame.left;
      moved->points[i].y = landmarks->points[i].y - frame.top;
    }
  return cut (page, &frame);
}

/* The best quality whose file is no larger than the rule lets it be; the poorest where none is.
 *
 * @part: of the rule's shape
 *
 * Returns: (transfer full) */
KouanJpeg *
kouan_portrait_encode (KouanPage *part, const KouanPictureRule *rule)
{
  g_autoptr (KouanPage) fitted = fit (part, rule);

  for (guint quality = QUALITY_MAX;; quality -= QUALITY_STEP)
    {
      g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (fitted, quality);

      if (g_bytes_get_size (jpeg->bytes) <= rule->bytes_max || quality <= QUALITY_MIN)
        return g_steal_pointer (&jpeg);
    }
}

/**
 * kouan_portrait_crop:
 * @landmarks: (nullable): of the face; without them the middle of the picture is taken
 * @picture: (out) (nullable) (transfer full): where it fits
 */
KouanCrop
kouan_portrait_crop (KouanPage *page,
                     const KouanLandmarks *landmarks,
                     const KouanPictureRule *rule,
                     KouanJpeg **picture)
{
  KouanLandmarks unused;
  g_autoptr (KouanPage) part = kouan_portrait_cut (page, landmarks, rule, &unused);
  g_autoptr (KouanJpeg) jpeg = NULL;
  gsize size;

  *picture = NULL;
  if (part->width < rule->width_min)
    return KOUAN_CROP_TOO_SMALL;
  jpeg = kouan_portrait_encode (part, rule);
  size = g_bytes_get_size (jpeg->bytes);
  if (size < rule->bytes_min || size > rule->bytes_max)
    return KOUAN_CROP_BYTES;
  *picture = g_steal_pointer (&jpeg);
  return KOUAN_CROP_FITS;
}
