/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/sight.h"

/**
 * kouan_bring_into_sight:
 * @start: of what has to be seen, in what @adjustment scrolls
 * @end: of it; where not all of it has room, @start wins
 *
 * Scrolls no further than it must, and at once. A viewport scrolls to whatever gets the focus by an
 * animation, and gtk_adjustment_clamp_page() leaves one that is under way to go on to its own end;
 * setting the value ends it.
 */
void
kouan_bring_into_sight (GtkAdjustment *adjustment, double start, double end)
{
  double value;

  g_return_if_fail (GTK_IS_ADJUSTMENT (adjustment));

  value
    = MAX (gtk_adjustment_get_value (adjustment), end - gtk_adjustment_get_page_size (adjustment));
  gtk_adjustment_set_value (adjustment, MIN (value, start));
}
