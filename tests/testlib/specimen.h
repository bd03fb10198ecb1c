/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* Travel documents of Utopia, drawn here, and what cameras make of them. Gray, 0 is black. */
typedef struct
{
  guint width;
  guint height;
  guint8 *pixels; /* rows without padding */
  double zone[4]; /* left, top, right and bottom of the lines' characters; all 0: not known */
} KouanSpecimen;

typedef enum
{
  KOUAN_SPECIMEN_CLEAN,
  KOUAN_SPECIMEN_LEVEL,    /* within 5 degrees of it */
  KOUAN_SPECIMEN_ASKEW,    /* 8 to 20 degrees */
  KOUAN_SPECIMEN_SIDEWAYS, /* a quarter turn */
  KOUAN_SPECIMEN_UPSIDE_DOWN,
  KOUAN_SPECIMEN_PERSPECTIVE,
  KOUAN_SPECIMEN_BLUR,
  KOUAN_SPECIMEN_LOW_RESOLUTION,
  KOUAN_SPECIMEN_NOISE,
  KOUAN_SPECIMEN_PHOTOGRAPH, /* a little of everything */
  KOUAN_SPECIMEN_TINY,       /* five to seven pixels from character to character */
  KOUAN_SPECIMEN_COMPRESSED, /* JPEG as of old telephones, 0.6 megapixel */
  KOUAN_SPECIMEN_CUT_OUT,    /* the lines and nothing around them */
  KOUAN_SPECIMEN_FRAMED,     /* the lines on much empty paper */
  KOUAN_SPECIMEN_THIN,       /* print */
  KOUAN_SPECIMEN_BOLD,
  KOUAN_SPECIMEN_DARK,
  KOUAN_SPECIMEN_PALE,
  KOUAN_SPECIMEN_SHADOW,   /* with an edge, across the lines */
  KOUAN_SPECIMEN_SECURITY, /* heavy security print and a hologram under the lines */
  KOUAN_SPECIMEN_DESK,     /* an open book on a wooden table */
  KOUAN_SPECIMEN_BENT,
  KOUAN_SPECIMEN_MOVED,     /* while the picture was taken */
  KOUAN_SPECIMEN_STRETCHED, /* by who put the picture on a page */
  KOUAN_SPECIMEN_GLARE,
} KouanSpecimenSight;
#define KOUAN_SPECIMEN_N_SIGHTS 25

#define KOUAN_SPECIMEN_N_FORMATS 5 /* of KouanMrzFormat, from the first */

gboolean kouan_specimen_can_draw (void); /* the fonts are there */
GStrv kouan_specimen_zone (GRand *rand, KouanMrzFormat format);
KouanSpecimen *kouan_specimen_draw (GRand *rand, const char *const *lines);
KouanSpecimen *
kouan_specimen_draw_for (GRand *rand, const char *const *lines, KouanSpecimenSight sight);
void kouan_specimen_compress (KouanSpecimen *self, guint quality); /* as JPEG, and back */
KouanSpecimen *
kouan_specimen_see (const KouanSpecimen *self, GRand *rand, KouanSpecimenSight sight);
void kouan_specimen_save (const KouanSpecimen *self, const char *path); /* PNG */
void kouan_specimen_free (KouanSpecimen *self);
const char *kouan_specimen_sight_name (KouanSpecimenSight sight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSpecimen, kouan_specimen_free)

G_END_DECLS
