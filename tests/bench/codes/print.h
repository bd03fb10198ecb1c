/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/matrix.h"

G_BEGIN_DECLS

#define KOUAN_PRINT_CODES_MAX 64
#define KOUAN_PRINT_MARKS_MAX 48

/* How a code is drawn where somebody found squares too plain. */
typedef enum
{
  KOUAN_PRINT_SQUARES,
  KOUAN_PRINT_DOTS,       /* round data modules */
  KOUAN_PRINT_GAPS,       /* light lines between modules */
  KOUAN_PRINT_ROUND_EYES, /* finders of circles, and dots */
} KouanPrintStyle;

/* What is printed around the codes. */
typedef enum
{
  KOUAN_PRINT_NOTHING,
  KOUAN_PRINT_LINES,   /* of text */
  KOUAN_PRINT_CHECKS,  /* a chess board of modules */
  KOUAN_PRINT_FINDERS, /* squares in squares, in the proportions of finders */
  KOUAN_PRINT_MODULES, /* by chance, as if of a code */
  KOUAN_PRINT_STRIPES,
} KouanPrintAround;

/* What happened to the sheet: a stroke of a pen, a stain, a scratch. */
typedef struct
{
  double ax, ay, bx, by, width; /* from a to b, in modules */
  double keep, add;             /* what is there times @keep, plus @add */
} KouanPrintMark;

/* A sheet with codes. Its plane is in modules of the codes, (0, 0) in its middle. */
typedef struct
{
  KouanQrMatrix *codes[KOUAN_PRINT_CODES_MAX];
  double turns[KOUAN_PRINT_CODES_MAX]; /* of each code in its cell, radians */
  guint n_codes;
  guint columns, rows;
  double cell;    /* modules from one code to the next */
  double quiet;   /* light modules around a code */
  double margin;  /* from the cells to the edge of the sheet */
  double stretch; /* width of a module by its height */
  double logo;    /* side of a picture in the middle by the side of the code */
  double ink, paper;
  gboolean light_on_dark;
  gboolean mirrored;
  KouanPrintStyle style;
  KouanPrintAround around;
  KouanPrintMark marks[KOUAN_PRINT_MARKS_MAX];
  guint n_marks;
  double pixel; /* side of a screen's pixel in modules, 0 for paper */
  double line;  /* modules from one line of text to the next */
  guint32 seed;
} KouanPrint;

void kouan_print_add_codes (KouanPrint *self,
                            GRand *random,
                            guint count,
                            guint version_from,
                            guint version_to,
                            KouanQrLevel level,
                            GPtrArray *texts);
void kouan_print_clear (KouanPrint *self);
double kouan_print_side (const KouanPrint *self);
double kouan_print_at (const KouanPrint *self, double x, double y);
double kouan_print_noise (guint32 seed, double x, double y);

G_END_DECLS
