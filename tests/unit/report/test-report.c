/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/report/report-private.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/ratings.h"
#include "tests/testlib/fixture.h"

#include <string.h>

#define DAY "2026-11-27"

typedef struct
{
  char *folder;
  KouanDatabase *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->db);
  kouan_test_folder_remove (fixture->folder);
}

static void
tally (Fixture *fixture,
       const char *day,
       const char *measure,
       gint64 service,
       const char *word,
       gint64 seconds,
       guint times)
{
  const KouanTally one = { day, measure, service, word, seconds };

  for (guint i = 0; i < times; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (kouan_tallies_add (fixture->db, &one, &error));
      g_assert_no_error (error);
    }
}

static KouanReport *
make (Fixture *fixture, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  KouanReport *report = kouan_report_make (fixture->db, from, to, &error);

  g_assert_no_error (error);
  return report;
}

static KouanReportRow *
row_of (KouanReport *report, const char *table, const char *id)
{
  KouanReportTable *found = kouan_report_find (report, table);

  g_assert_nonnull (found);
  for (guint i = 0; i < found->rows->len; i++)
    if (g_str_equal (((KouanReportRow *)found->rows->pdata[i])->id, id))
      return found->rows->pdata[i];
  return NULL;
}

static void
test_counts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) report = NULL;

  tally (fixture, "2026-11-25", KOUAN_TALLY_END, 3, "completed", 0, 50);
  tally (fixture, "2026-11-26", KOUAN_TALLY_END, 3, "completed", 0, 20);
  tally (fixture, DAY, KOUAN_TALLY_END, 3, "completed", 0, 30);
  tally (fixture, DAY, KOUAN_TALLY_END, 3, "parked", 0, 6);
  tally (fixture, DAY, KOUAN_TALLY_END, 5, "left", 0, 9);
  tally (fixture, DAY, KOUAN_TALLY_RESUMED, 3, "", 0, 5);
  tally (fixture, DAY, KOUAN_TALLY_PLACE, 3, "documents", 0, 6);
  tally (fixture, DAY, KOUAN_TALLY_PLACE, 5, "details", 0, 9);
  report = make (fixture, "2026-11-26", DAY);
  g_assert_cmpint (report->visits, ==, 60);
  g_assert_cmpint (row_of (report, "endings", "completed")->values[0], ==, 50);
  g_assert_cmpint (row_of (report, "endings", "completed")->values[1], ==, 77);
  g_assert_null (row_of (report, "endings", "timed-out"));
  g_assert_cmpint (row_of (report, "services", "3")->values[0], ==, 51);
  g_assert_cmpint (row_of (report, "services", "3")->values[1], ==, 98);
  g_assert_cmpint (row_of (report, "services", "5")->values[1], ==, 0);
  g_assert_cmpint (row_of (report, "places", "details")->values[1], ==, 60);
}

/* Durations come back out of their buckets near what went in. */
static void
test_quantiles (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) report = NULL;
  const gint64 *values;

  for (gint64 seconds = 1; seconds <= 100; seconds++)
    tally (fixture, DAY, KOUAN_TALLY_STEP, 3, "documents", seconds, 1);
  tally (fixture, DAY, KOUAN_TALLY_STEP, 3, "sign", 10000, 6);
  report = make (fixture, DAY, DAY);
  values = row_of (report, "steps", "documents")->values;
  g_assert_cmpint (values[0], ==, 100);
  g_assert_cmpint (values[1], >=, 48);
  g_assert_cmpint (values[1], <=, 52);
  g_assert_cmpint (values[2], >=, 88);
  g_assert_cmpint (values[2], <=, 92);
  g_assert_cmpint (row_of (report, "steps", "sign")->values[1], ==, 10000);
}

/* Nothing of fewer than five, and nothing that would give it away. */
static void
test_small_is_withheld (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) one = NULL;
  g_autoptr (KouanReport) two = NULL;
  g_autofree char *csv = NULL;

  tally (fixture, DAY, KOUAN_TALLY_LANGUAGE, 0, "en", 0, 40);
  tally (fixture, DAY, KOUAN_TALLY_LANGUAGE, 0, "ru", 0, 9);
  tally (fixture, DAY, KOUAN_TALLY_LANGUAGE, 0, "ko", 0, 4);
  one = make (fixture, DAY, DAY);
  g_assert_true (row_of (one, "languages", "ko")->withheld);
  g_assert_true (row_of (one, "languages", "ru")->withheld);
  g_assert_false (row_of (one, "languages", "en")->withheld);
  csv = kouan_report_to_csv (one);
  g_assert_nonnull (strstr (csv, ",languages,ko,visits,visits,withheld\r\n"));
  g_assert_nonnull (strstr (csv, ",languages,en,visits,visits,40\r\n"));
  g_assert_null (strstr (csv, ",ko,visits,visits,4"));

  tally (fixture, DAY, KOUAN_TALLY_LANGUAGE, 0, "ja", 0, 1);
  two = make (fixture, DAY, DAY);
  g_assert_true (row_of (two, "languages", "ja")->withheld);
  g_assert_true (row_of (two, "languages", "ko")->withheld);
  g_assert_false (row_of (two, "languages", "ru")->withheld);
}

/* Whatever the counts: what is withheld cannot be had by subtracting what is shown. */
static void
test_nothing_gives_it_away (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  for (guint round = 0; round < 2000; round++)
    {
      KouanReportRow rows[4] = { 0 };
      KouanReportTable table = { .rows = g_ptr_array_new () };
      guint length = (guint)g_test_rand_int_range (1, 5);
      guint withheld = 0, small = 0;

      for (guint i = 0; i < length; i++)
        {
          rows[i].visits = g_test_rand_int_range (1, 12);
          small += rows[i].visits < KOUAN_REPORT_VISITS_MIN;
          g_ptr_array_add (table.rows, &rows[i]);
        }
      kouan_report_withhold (&table);
      for (guint i = 0; i < length; i++)
        {
          withheld += rows[i].withheld;
          g_assert_true (rows[i].withheld || rows[i].visits >= KOUAN_REPORT_VISITS_MIN);
        }
      g_assert_true (small == 0 ? withheld == 0 : withheld >= MIN (2, length));
      g_ptr_array_unref (table.rows);
    }
}

static void
test_satisfaction (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) report = NULL;

  for (guint i = 0; i < 30; i++)
    g_assert_true (kouan_ratings_add (fixture->db, DAY, 3, "en", i < 24 ? 5 : 2, NULL));
  report = make (fixture, DAY, DAY);
  g_assert_cmpint (row_of (report, "satisfaction", "5")->values[1], ==, 80);
  g_assert_cmpint (row_of (report, "satisfaction", "2")->values[0], ==, 6);
}

static void
test_csv (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) report = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  tally (fixture, DAY, KOUAN_TALLY_HOUR, 0, "09", 0, 6);
  tally (fixture, DAY, KOUAN_TALLY_LANGUAGE, 0, "=1+1,\"x\"", 0, 6);
  report = make (fixture, DAY, DAY);
  csv = kouan_report_to_csv (report);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "from,to,table,row,figure,unit,value");
  g_assert_nonnull (strstr (csv, DAY "," DAY ",hours,09,visits,visits,6\r\n"));
  g_assert_nonnull (strstr (csv, ",languages,\"'=1+1,\"\"x\"\"\",visits,"));
}

static void
test_empty (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanReport) report = make (fixture, DAY, DAY);

  g_assert_cmpint (report->visits, ==, 0);
  for (guint i = 0; i < report->tables->len; i++)
    g_assert_cmpuint (((KouanReportTable *)report->tables->pdata[i])->rows->len, ==, 0);
  g_assert_true (kouan_report_is_day ("2026-02-28"));
  g_assert_false (kouan_report_is_day ("2026-02-30"));
  g_assert_false (kouan_report_is_day ("yesterday"));
  g_assert_false (kouan_report_is_day ("2026-W09-1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/report/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("counts", test_counts);
  ADD ("quantiles", test_quantiles);
  ADD ("small-is-withheld", test_small_is_withheld);
  ADD ("nothing-gives-it-away", test_nothing_gives_it_away);
  ADD ("satisfaction", test_satisfaction);
  ADD ("csv", test_csv);
  ADD ("empty", test_empty);
  return g_test_run ();
}
