/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/backoff.h"

#define FIRST_S 60
#define LONGEST_S (6 * 60 * 60)
#define DOUBLINGS_MAX 10

/**
 * kouan_backoff_s:
 * @attempts: that have failed, from 1
 * @chance: 0 to 1, so that what failed together does not come back together
 *
 * Returns: how long to wait, in seconds: a minute, doubled each time up to six hours, and of that
 * between a half and all
 */
gint64
kouan_backoff_s (gint64 attempts, double chance)
{
  gint64 doublings = CLAMP (attempts - 1, 0, DOUBLINGS_MAX);
  gint64 longest = MIN ((gint64)FIRST_S << doublings, LONGEST_S);

  g_return_val_if_fail (chance >= 0 && chance <= 1, longest);

  return longest / 2 + (gint64)((double)(longest - longest / 2) * chance);
}
