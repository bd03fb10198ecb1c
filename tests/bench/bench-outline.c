/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <stdlib.h>

#include "app/documents/outline.h"
#include "tests/testlib/desk.h"
#include "tests/testlib/forms.h"

/* How many of a generated set of photographed pages are found: each corner within 2 % of the
 * page's diagonal, which is 7 mm on A4. */

#define NEAR 0.02

int
main (int argc, char **argv)
{
  guint count = argc > 1 ? atoi (argv[1]) : 200, found = 0, missed = 0;
  gint64 spent_us = 0;

  for (guint seed = 0; seed < count; seed++)
    {
      g_autoptr (KouanPage) paper = kouan_test_paper_any (seed, 150);
      KouanTestDesk desk;
      KouanPoint truth[4];
      KouanOutline outline = { 0 };
      g_autoptr (KouanPage) photo = NULL;
      gint64 before_us;
      gboolean any;
      double away;

      kouan_test_desk_any (seed, &desk);
      photo = kouan_test_photograph (paper, &desk, truth);
      before_us = g_get_monotonic_time ();
      any = kouan_outline_find (photo, &outline);
      spent_us += g_get_monotonic_time () - before_us;
      away = any ? kouan_test_corners_off (truth, outline.corners) : 10;
      if (away <= NEAR)
        found++;
      else if (!any)
        missed++;
      if (away > NEAR)
        g_print ("seed %u, desk %u: %s, corner off by %.1f %%, certainty %.2f\n", seed, desk.desk,
                 any ? "wrong" : "not found", away * 100, outline.certainty);
    }
  g_print ("page found on %.1f %% of %u photographs (not found on %u), %.1f ms each\n",
           100.0 * found / count, count, missed, (double)spent_us / 1000 / count);
  return found * 100 >= count * 95 ? 0 : 1;
}
