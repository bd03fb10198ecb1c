/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/hostile/hostile.h"

G_BEGIN_DECLS

typedef struct
{
  const char *pixels;
  guint32 seed;
  guint32 from;
  guint32 count;
  guint parallel;
  gboolean light;   /* leave out what is heavy */
  gboolean lenient; /* with times */
} KouanHostileCampaign;

/* Returns: whether there was no finding */
gboolean kouan_hostile_campaign (const KouanHostileCampaign *plan);

G_END_DECLS
