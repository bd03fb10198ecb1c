/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* One touch at the end of a visit: counted by day, service and language, tied to nobody. @stars: 1
 * to 5 */
gboolean kouan_ratings_add (KouanDatabase *db,
                            const char *day,
                            gint64 service,
                            const char *language,
                            int stars,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 kouan_ratings_count (KouanDatabase *db, int stars, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  gint64 service;
  char *language;
  int stars;
  gint64 touches;
} KouanRatingRow;

void kouan_rating_row_free (KouanRatingRow *self);
GPtrArray *kouan_ratings_list (KouanDatabase *db,
                               const char *from_day,
                               const char *to_day,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT; /* all days together */

G_END_DECLS
