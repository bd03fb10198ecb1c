/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-report"

#include "app/report/report-private.h"

/* A duration that so many of a hundred visits did not exceed, out of counts by bucket: within the
 * bucket that it falls in, visits are taken to be spread evenly. The last bucket has no end, so
 * that its mean stands for it. */

static gboolean
matches (const KouanTallyRow *row, gint64 service, const char *word)
{
  return (service < 0 || row->service == service)
         && (word == NULL || g_str_equal (row->word, word));
}

static gint
by_bucket (gconstpointer a, gconstpointer b)
{
  const KouanTallyRow *first = *(const KouanTallyRow *const *)a;
  const KouanTallyRow *second = *(const KouanTallyRow *const *)b;

  return (first->up_to_s > second->up_to_s) - (first->up_to_s < second->up_to_s);
}

/* The buckets of kouan_tallies_add() have no gaps: one begins where the one before it ends. */
static gint64
bucket_begin (gint64 up_to_s)
{
  static const gint64 ends_s[] = { 0,   5,   10,  15,  20,  30,   45,   60,   90,   120, 180,
                                   240, 300, 420, 600, 900, 1200, 1800, 2700, 3600, 7200 };
  gint64 begin_s = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ends_s) && ends_s[i] < up_to_s; i++)
    begin_s = ends_s[i];
  return begin_s;
}

static gint64
within (const KouanTallyRow *row, double part)
{
  gint64 begin_s = bucket_begin (row->up_to_s);

  if (row->up_to_s == G_MAXINT32)
    return row->seconds / row->count;
  return begin_s + (gint64)((double)(row->up_to_s - begin_s) * part + 0.5);
}

/**
 * kouan_report_quantile:
 * @rows: (element-type KouanTallyRow): of one measure
 * @service: -1 for all
 * @word: (nullable): NULL for all
 * @percent: 50 is the median
 *
 * Returns: seconds; -1 if there is nothing to tell
 */
gint64
kouan_report_quantile (GPtrArray *rows, gint64 service, const char *word, guint percent)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  double wanted, passed = 0;
  gint64 total = 0;

  for (guint i = 0; i < rows->len; i++)
    if (matches (rows->pdata[i], service, word))
      {
        g_ptr_array_add (own, rows->pdata[i]);
        total += ((KouanTallyRow *)rows->pdata[i])->count;
      }
  if (total == 0)
    return -1;
  g_ptr_array_sort (own, by_bucket);
  wanted = (double)total * percent / 100;
  for (guint i = 0; i < own->len; i++)
    {
      const KouanTallyRow *row = own->pdata[i];

      if (passed + (double)row->count >= wanted)
        return within (row, (wanted - passed) / (double)row->count);
      passed += (double)row->count;
    }
  return within (own->pdata[own->len - 1], 1);
}
