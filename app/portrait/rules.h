/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/jpeg.h"
#include "app/portrait/landmarks.h"

G_BEGIN_DECLS

/* What one receiver of portraits takes. Its source stands beside it in rules.c. */
typedef struct
{
  const char *id;  /* "exit-entry" */
  guint width_min; /* pixels */
  guint width_max;
  guint width_ratio; /* width to height */
  guint height_ratio;
  gsize bytes_min; /* of the JPEG file */
  gsize bytes_max;
  double head_height; /* that a head is given, share of the height */
  double head_top;    /* room above it */
} KouanPictureRule;

const KouanPictureRule *kouan_picture_rules (guint *count);
const KouanPictureRule *kouan_picture_rule_find (const char *id); /* (nullable) */

gboolean kouan_picture_rule_takes (const KouanPictureRule *rule, const KouanJpeg *picture);
char **kouan_picture_rules_fitting (const KouanJpeg *picture) G_GNUC_WARN_UNUSED_RESULT;

KouanPage *kouan_portrait_cut (KouanPage *page,
                               const KouanLandmarks *landmarks,
                               const KouanPictureRule *rule,
                               KouanLandmarks *moved);
KouanJpeg *kouan_portrait_encode (KouanPage *part, const KouanPictureRule *rule);

typedef enum
{
  KOUAN_CROP_FITS,
  KOUAN_CROP_TOO_SMALL, /* the original has too few pixels around the face */
  KOUAN_CROP_BYTES,     /* no quality gives a file of the size that is asked for */
} KouanCrop;

KouanCrop kouan_portrait_crop (KouanPage *page,
                               const KouanLandmarks *landmarks,
                               const KouanPictureRule *rule,
                               KouanJpeg **picture);

G_END_DECLS
