/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/gray.h"

G_BEGIN_DECLS

/* One letter, or one piece of it: dots that hang together and are darker than the paper. */
typedef struct
{
  guint16 left;
  guint16 top;
  guint16 right; /* the last dot that belongs to it */
  guint16 bottom;
} KouanLetter;

GArray *kouan_print_letters (const KouanGray *gray) G_GNUC_WARN_UNUSED_RESULT;

/* How the print of a page lies. */
typedef struct
{
  guint letters;
  guint quarter_turns; /* clockwise, to make it upright; 0 or 2 only as far as it is certain */
  double skew_degrees; /* clockwise, of the lines, once it is turned */
  double upright;      /* above 0: its letters stand on their feet; below: on their heads */
} KouanDirection;

void
kouan_print_direction (const GArray *letters, guint width, guint height, KouanDirection *direction);

gboolean kouan_print_runs_out (const GArray *letters, guint width, guint height);

G_END_DECLS
