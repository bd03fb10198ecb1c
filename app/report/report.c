/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-report"

#include "app/report/report.h"

#include "app/language/language.h"
#include "app/report/report-private.h"
#include "db/kiosk/ratings.h"

#include <string.h>

/* The counts of a kiosk as the figures that a hall is judged by: how long people wait and take, how
 * many come to an end, where the others stop, in which languages, and how they liked it. Each table
 * is of one measure, because the counts know no more. */

typedef struct
{
  GPtrArray *hours, *languages, *steps, *visits, *waits, *ends, *places, *resumed, *ratings;
} Counts;

/* clang-format off */
static const KouanReportColumn outcome_columns[] = {
  { "visits", N_ ("visits"), KOUAN_REPORT_COUNT },
  { "share", N_ ("share"), KOUAN_REPORT_PERCENT },
};
static const KouanReportColumn time_columns[] = {
  { "visits", N_ ("visits"), KOUAN_REPORT_COUNT },
  { "median", N_ ("half took at most"), KOUAN_REPORT_SECONDS },
  { "most", N_ ("nine of ten took at most"), KOUAN_REPORT_SECONDS },
};
static const KouanReportColumn service_columns[] = {
  { "visits", N_ ("visits"), KOUAN_REPORT_COUNT },
  { "completed", N_ ("handed in"), KOUAN_REPORT_PERCENT },
  { "median", N_ ("half took at most"), KOUAN_REPORT_SECONDS },
  { "most", N_ ("nine of ten took at most"), KOUAN_REPORT_SECONDS },
};
static const KouanReportColumn star_columns[] = {
  { "visits", N_ ("answers"), KOUAN_REPORT_COUNT },
  { "share", N_ ("share"), KOUAN_REPORT_PERCENT },
};

static const struct
{
  const char *id;
  const char *title;
} words[] = {
  { "completed", N_ ("handed in") },
  { "parked", N_ ("kept for later") },
  { "timed-out", N_ ("nobody there any more") },
  { "left", N_ ("deleted and left") },
  { "language", N_ ("Language") },
  { "consent", N_ ("Consent") },
  { "appointment", N_ ("Appointment") },
  { "service", N_ ("Choice of service") },
  { "walk-in", N_ ("Code of one's own") },
  { "identity", N_ ("Identity") },
  { "details", N_ ("Questions") },
  { "documents", N_ ("Documents") },
  { "review", N_ ("Check") },
  { "sign", N_ ("Signature") },
  { "submit", N_ ("Handing in") },
  { "receipt", N_ ("Receipt") },
  { "rating", N_ ("Rating") },
};
/* clang-format on */

static const char *const endings[] = { "completed", "parked", "timed-out", "left" };
static const char *const steps[]
  = { "language",  "consent", "appointment", "service", "walk-in", "identity", "details",
      "documents", "review",  "sign",        "submit",  "receipt", "rating" };

static const char *
title_of (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].id, id))
      return words[i].title;
  return NULL;
}

static void
row_free (gpointer data)
{
  KouanReportRow *row = data;

  g_free (row->id);
  g_free (row->values);
  g_free (row);
}

static void
table_free (gpointer data)
{
  KouanReportTable *table = data;

  g_ptr_array_unref (table->rows);
  g_free (table);
}

void
kouan_report_free (KouanReport *self)
{
  g_free (self->from_day);
  g_free (self->to_day);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

static KouanReportTable *
add_table (KouanReport *self,
           const char *id,
           const char *title,
           const KouanReportColumn *columns,
           guint column_count)
{
  KouanReportTable *table = g_new0 (KouanReportTable, 1);

  table->id = id;
  table->title = title;
  table->columns = columns;
  table->column_count = column_count;
  table->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (self->tables, table);
  return table;
}

/* Returns: its values, all none but the first */
static gint64 *
add_row (KouanReportTable *table, const char *id, gint64 visits)
{
  KouanReportRow *row = g_new0 (KouanReportRow, 1);

  row->id = g_strdup (id);
  row->title = title_of (id);
  row->visits = visits;
  row->values = g_new (gint64, table->column_count);
  for (guint i = 0; i < table->column_count; i++)
    row->values[i] = -1;
  row->values[0] = visits;
  g_ptr_array_add (table->rows, row);
  return row->values;
}

/* @service: -1 for all. @word: (nullable): NULL for all */
static gint64
count (GPtrArray *rows, gint64 service, const char *word)
{
  gint64 sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const KouanTallyRow *row = rows->pdata[i];

      if ((service < 0 || row->service == service)
          && (word == NULL || g_str_equal (row->word, word)))
        sum += row->count;
    }
  return sum;
}

static gint64
percent (gint64 part, gint64 whole)
{
  return whole > 0 ? (part * 100 + whole / 2) / whole : -1;
}

static void
add_shares (KouanReportTable *table)
{
  gint64 whole = 0;

  for (guint i = 0; i < table->rows->len; i++)
    whole += ((KouanReportRow *)table->rows->pdata[i])->visits;
  for (guint i = 0; i < table->rows->len; i++)
    {
      KouanReportRow *row = table->rows->pdata[i];

      row->values[1] = percent (row->visits, whole);
    }
}

/* A row for each of @ids that there is something of. */
static void
add_counted (KouanReport *self,
             const char *id,
             const char *title,
             GPtrArray *rows,
             const char *const *ids,
             guint id_count)
{
  KouanReportTable *table
    = add_table (self, id, title, outcome_columns, G_N_ELEMENTS (outcome_columns));

  for (guint i = 0; i < id_count; i++)
    if (count (rows, -1, ids[i]) > 0)
      add_row (table, ids[i], count (rows, -1, ids[i]));
  add_shares (table);
}

/* A row for each word that occurs, in their own order. */
static void
add_words (KouanReport *self, const char *id, const char *title, GPtrArray *rows)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const char *word = ((KouanTallyRow *)rows->pdata[i])->word;

      if (*word != '\0' && !g_ptr_array_find_with_equal_func (ids, word, g_str_equal, NULL))
        g_ptr_array_add (ids, (gpointer)word);
    }
  add_counted (self, id, title, rows, (const char *const *)ids->pdata, ids->len);
}

static void
set_times (gint64 *values, GPtrArray *rows, gint64 service, const char *word)
{
  values[0] = kouan_report_quantile (rows, service, word, 50);
  values[1] = kouan_report_quantile (rows, service, word, 90);
}

static void
add_steps (KouanReport *self, const Counts *counts)
{
  KouanReportTable *table = add_table (self, "steps", N_ ("How long each step takes"), time_columns,
                                       G_N_ELEMENTS (time_columns));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (count (counts->steps, -1, steps[i]) > 0)
      set_times (add_row (table, steps[i], count (counts->steps, -1, steps[i])) + 1, counts->steps,
                 -1, steps[i]);
}

static void
add_waiting (KouanReport *self, const Counts *counts)
{
  KouanReportTable *table
    = add_table (self, "waiting", N_ ("Waiting, from the time of the appointment"), time_columns,
                 G_N_ELEMENTS (time_columns));

  if (count (counts->waits, -1, NULL) > 0)
    set_times (add_row (table, "appointments", count (counts->waits, -1, NULL)) + 1, counts->waits,
               -1, NULL);
}

static void
add_durations (KouanReport *self, const Counts *counts)
{
  KouanReportTable *table
    = add_table (self, "duration", N_ ("How long a visit takes that is handed in at once"),
                 time_columns, G_N_ELEMENTS (time_columns));

  if (count (counts->visits, -1, NULL) > 0)
    set_times (add_row (table, "all", count (counts->visits, -1, NULL)) + 1, counts->visits, -1,
               NULL);
}

static gint
by_number (gconstpointer a, gconstpointer b)
{
  return (*(const gint64 *)a > *(const gint64 *)b) - (*(const gint64 *)a < *(const gint64 *)b);
}

static void
add_services (KouanReport *self, const Counts *counts)
{
  KouanReportTable *table = add_table (self, "services", N_ ("Services"), service_columns,
                                       G_N_ELEMENTS (service_columns));
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < counts->ends->len; i++)
    g_array_append_val (numbers, ((KouanTallyRow *)counts->ends->pdata[i])->service);
  g_array_sort (numbers, by_number);
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 service = g_array_index (numbers, gint64, i);
      gint64 all = count (counts->ends, service, NULL) - count (counts->resumed, service, NULL);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, service);
      gint64 *values;

      if (service == 0 || all <= 0 || (i > 0 && g_array_index (numbers, gint64, i - 1) == service))
        continue;
      values = add_row (table, id, all);
      values[1] = MIN (percent (count (counts->ends, service, "completed"), all), 100);
      set_times (values + 2, counts->visits, service, NULL);
    }
}

static void
add_satisfaction (KouanReport *self, const Counts *counts)
{
  KouanReportTable *table = add_table (self, "satisfaction", N_ ("How it was to apply here"),
                                       star_columns, G_N_ELEMENTS (star_columns));

  for (int stars = 5; stars >= 1; stars--)
    {
      g_autofree char *id = g_strdup_printf ("%d", stars);
      gint64 touches = 0;

      for (guint i = 0; i < counts->ratings->len; i++)
        {
          const KouanRatingRow *row = counts->ratings->pdata[i];

          touches += row->stars == stars ? row->touches : 0;
        }
      if (touches > 0)
        add_row (table, id, touches);
    }
  add_shares (table);
}

static gboolean
read_counts (
  Counts *counts, KouanDatabase *db, const char *from_day, const char *to_day, GError **error)
{
  const struct
  {
    GPtrArray **rows;
    const char *measure;
  } measures[]
    = { { &counts->hours, KOUAN_TALLY_HOUR },   { &counts->languages, KOUAN_TALLY_LANGUAGE },
        { &counts->steps, KOUAN_TALLY_STEP },   { &counts->visits, KOUAN_TALLY_VISIT },
        { &counts->waits, KOUAN_TALLY_WAIT },   { &counts->ends, KOUAN_TALLY_END },
        { &counts->places, KOUAN_TALLY_PLACE }, { &counts->resumed, KOUAN_TALLY_RESUMED } };
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      *measures[i].rows = kouan_tallies_list (db, measures[i].measure, from_day, to_day, error);
      if (*measures[i].rows == NULL)
        return FALSE;
    }
  counts->ratings = kouan_ratings_list (db, from_day, to_day, error);
  return counts->ratings != NULL;
}

static void
counts_clear (Counts *counts)
{
  GPtrArray **const all[]
    = { &counts->hours, &counts->languages, &counts->steps,   &counts->visits, &counts->waits,
        &counts->ends,  &counts->places,    &counts->resumed, &counts->ratings };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counts, counts_clear)

/* "2026-11-27", and there is such a day */
gboolean
kouan_report_is_day (const char *text)
{
  g_autofree char *full = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time
    = strlen (text) == strlen ("2026-11-27") ? g_date_time_new_from_iso8601 (full, NULL) : NULL;

  return time != NULL && text[4] == '-' && g_ascii_isdigit (text[5]) && text[7] == '-';
}

/**
 * kouan_report_make:
 * @from_day: "2026-11-01"
 * @to_day: the last day that counts
 *
 * Returns: (transfer full): every table, also those that have no rows; small figures are withheld
 */
KouanReport *
kouan_report_make (KouanDatabase *db, const char *from_day, const char *to_day, GError **error)
{
  g_autoptr (KouanReport) self = g_new0 (KouanReport, 1);
  g_auto (Counts) counts = { 0 };

  self->from_day = g_strdup (from_day);
  self->to_day = g_strdup (to_day);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  if (!read_counts (&counts, db, from_day, to_day, error))
    return NULL;
  self->visits = count (counts.ends, -1, NULL) - count (counts.resumed, -1, NULL);
  add_counted (self, "endings", N_ ("How visits end"), counts.ends, endings,
               G_N_ELEMENTS (endings));
  add_waiting (self, &counts);
  add_durations (self, &counts);
  add_steps (self, &counts);
  add_services (self, &counts);
  add_counted (self, "places", N_ ("Where visits stop that are not handed in"), counts.places,
               steps, G_N_ELEMENTS (steps));
  add_words (self, "languages", N_ ("Languages"), counts.languages);
  add_words (self, "hours", N_ ("When visits begin"), counts.hours);
  add_satisfaction (self, &counts);
  for (guint i = 0; i < self->tables->len; i++)
    kouan_report_withhold (self->tables->pdata[i]);
  if (self->visits > 0 && self->visits < KOUAN_REPORT_VISITS_MIN)
    self->visits = -1;
  return g_steal_pointer (&self);
}

/* Returns: (nullable) */
KouanReportTable *
kouan_report_find (KouanReport *self, const char *id)
{
  for (guint i = 0; i < self->tables->len; i++)
    if (g_str_equal (((KouanReportTable *)self->tables->pdata[i])->id, id))
      return self->tables->pdata[i];
  return NULL;
}
