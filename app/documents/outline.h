/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
} KouanPoint;

/* Where a page lies in a picture. */
typedef struct
{
  KouanPoint corners[4]; /* pixels of the picture, clockwise from the top left one */
  double certainty;      /* 0 to 1: how much of its sides can be seen */
  guint sides_cut;       /* of the four, how many lie at the border of the picture */
} KouanOutline;

gboolean kouan_outline_find (KouanPage *page, KouanOutline *outline);

G_END_DECLS
