/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/quality.h"

G_BEGIN_DECLS

/* What a person asks for where the kiosk got it wrong, and what it did. */
typedef struct
{
  gboolean whole;      /* the picture is the page: nothing is cut off */
  gboolean by_hand;    /* turned by the person: not turned by its print as well */
  guint quarter_turns; /* clockwise */
  double skew_degrees; /* that the lines were off */
  gboolean found;      /* the page lay in a larger picture and was cut out */
  gboolean light_evened;
} KouanReadable;

KouanPage *kouan_page_readable (KouanPage *page,
                                KouanReadable *how,
                                KouanMeasures *measures) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
