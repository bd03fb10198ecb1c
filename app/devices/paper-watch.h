/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/frame.h"

G_BEGIN_DECLS

/* What the camera above the tray sees of a paper, so that a page can say it. */
typedef enum
{
  KOUAN_PAPER_NONE,
  KOUAN_PAPER_DARK,
  KOUAN_PAPER_GLARE,
  KOUAN_PAPER_FAR, /* there, and much smaller than the frame to aim at */
  KOUAN_PAPER_CUT, /* it reaches out of the picture */
  KOUAN_PAPER_MOVING,
  KOUAN_PAPER_READY,
} KouanPaperSight;

typedef struct _KouanPaperWatch KouanPaperWatch;

KouanPaperWatch *kouan_paper_watch_new (void);
void kouan_paper_watch_free (KouanPaperWatch *self);
KouanPaperSight kouan_paper_watch_look (KouanPaperWatch *self, const KouanFrame *gray);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPaperWatch, kouan_paper_watch_free)

G_END_DECLS
