/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/session/cross-check.h"
#include "app/session/paper-text.h"
#include "tests/testlib/papers.h"
#include "tests/unit/catalogue/sample.h"

#include "app/documents/fingerprint.h"

typedef struct
{
  KouanService *service;
  KouanContext context;
  KouanAnswers *answers;
  KouanVisit *visit;
  KouanMrz *mrz;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "L898902C36UTO7408122F2804159ZE184226B<<<<<14", NULL };

  fixture->service = sample_service ();
  sample_context (&fixture->context);
  fixture->answers = kouan_answers_new ();
  fixture->visit = kouan_visit_new ();
  fixture->mrz = kouan_mrz_parse (lines, &fixture->context.today, NULL);
  g_assert_nonnull (fixture->mrz);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_mrz_unref (fixture->mrz);
  kouan_visit_free (fixture->visit);
  kouan_answers_unref (fixture->answers);
  kouan_service_unref (fixture->service);
}

/* A page of @kind with @text and @zone on it; @seed: (0: nothing to compare): how its print lies */
static void
hand_in_copy (Fixture *fixture, const char *kind, const char *text, const char *zone, guint seed)
{
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_new (100, 100, 100, NULL);
  g_autoptr (KouanPage) letter = seed > 0 ? kouan_test_letter (seed, 60) : NULL;
  g_autoptr (GBytes) fingerprint = seed > 0 ? kouan_fingerprint_new (letter) : NULL;

  g_ptr_array_add (kouan_visit_ensure_document (fixture->visit, kind)->sheets,
                   kouan_sheet_new (jpeg, KOUAN_FINDING_NONE, fingerprint, text, zone));
}

static void
hand_in (Fixture *fixture, const char *kind, const char *text, guint seed)
{
  hand_in_copy (fixture, kind, text, NULL, seed);
}

/* "other-passport:always too-old:spare", in order */
static char *
crosses_of (Fixture *fixture)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (fixture->service, fixture->answers, &fixture->context);
  g_autoptr (GArray) crosses
    = kouan_cross_check (fixture->visit, fixture->mrz, checklist, &fixture->context.today);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < crosses->len; i++)
    {
      const KouanCross *cross = &g_array_index (crosses, KouanCross, i);
      g_autofree char *title = kouan_cross_title (cross, "en");
      g_autofree char *remedy = kouan_cross_remedy (cross, "en");

      g_assert_null (strstr (title, "%s"));
      g_assert_null (strstr (remedy, "%s"));
      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", kouan_cross_id (cross->kind),
                              cross->document != NULL ? kouan_document_item_get_id (cross->document)
                                                      : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define ASSERT_CROSSES(fixture, wanted)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *crosses = crosses_of (fixture);                                               \
                                                                                                   \
    g_assert_cmpstr (crosses, ==, wanted);                                                         \
  }                                                                                                \
  G_STMT_END

#define PROSE "This is to certify that the person below works for us as an engineer of optics. "

static void
test_person (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  hand_in (fixture, "always", PROSE "Anna Maria Eriksson", 0);
  hand_in (fixture, "hearsay", PROSE "Passport No. L898902C3", 0);
  hand_in (fixture, "stale", "a few words", 0); /* too few to expect a name */
  hand_in (fixture, "hearsay", NULL, 0);        /* a scan says nothing */
  ASSERT_CROSSES (fixture, "");
  hand_in (fixture, "one", PROSE "护照号码 Passport number: X1234567", 0);
  hand_in (fixture, "other", PROSE "John Miller", 0);
  ASSERT_CROSSES (fixture, "other-passport:one no-name:other");
  hand_in (fixture, "other", "Eriksson, Anna Maria", 0); /* on its second page */
  ASSERT_CROSSES (fixture, "other-passport:one");
}

#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F2804159ZE184226B<<<<<14"
#define FORMER_ZONE                                                                                \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nX1234567<7UTO7408122F2804159ZE184226B<<<<<11"

/* "dark" is a copy of the passport: one of its pages has to show the zone. */
static void
test_copy (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  hand_in_copy (fixture, "dark", NULL, NULL, 0);
  ASSERT_CROSSES (fixture, "no-zone:dark");
  hand_in_copy (fixture, "dark", NULL, FORMER_ZONE, 0);
  ASSERT_CROSSES (fixture, "other-passport:dark");
  hand_in_copy (fixture, "dark", NULL, ZONE, 0);
  ASSERT_CROSSES (fixture, "");
  hand_in_copy (fixture, "always", NULL, FORMER_ZONE, 0); /* of anybody: not said to be a copy */
  ASSERT_CROSSES (fixture, "");
}

/* Today is 3 May 2026; "spare" may be six months old. */
static void
test_age (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  hand_in (fixture, "spare", "Eriksson Anna Maria, born 12 August 1974, examined 2025-11-03", 0);
  ASSERT_CROSSES (fixture, "");
  kouan_visit_free (fixture->visit);
  fixture->visit = kouan_visit_new ();
  hand_in (fixture, "spare", "签发日期 2025年11月2日, valid until 2027-01-01", 0);
  ASSERT_CROSSES (fixture, "too-old:spare");
  hand_in (fixture, "always", "issued on May 1, 2010", 0); /* may be of any age */
  ASSERT_CROSSES (fixture, "too-old:spare");
}

static void
test_same_paper (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  hand_in (fixture, "always", NULL, 1);
  hand_in (fixture, "stale", NULL, 2);
  ASSERT_CROSSES (fixture, "");
  hand_in (fixture, "spare", NULL, 1);
  ASSERT_CROSSES (fixture, "same-paper:spare");
}

static void
test_passport_ends (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_date_set_dmy (&fixture->context.today, 15, 10, 2027);
  ASSERT_CROSSES (fixture, "");
  g_date_set_dmy (&fixture->context.today, 16, 10, 2027);
  ASSERT_CROSSES (fixture, "passport-ends:");
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    guint count;
  } cases[] = { { "2026-05-03", 1 },           { "2026年5月3日", 1 }, { "2026. 5. 3", 1 },
                { "3 May 2026", 1 },           { "May 3rd", 0 },      { "September 30, 2026", 1 },
                { "03/05/2026", 0 },           { "2026-13-01", 0 },   { "2026-02-30", 0 },
                { "12026-05-031", 0 },         { "1900-01-01", 0 },   { "31 Feb 2026", 0 },
                { "2026-05-03 1 Jan 2027", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) dates = kouan_text_dates (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (dates->len, ==, cases[i].count);
    }
}

static void
test_names (void)
{
  g_autofree char *plain = kouan_text_plain ("Herr José Núñez-Ortega, Ingenieur");

  g_assert_true (kouan_text_has_name (plain, "NUNEZ ORTEGA JOSE"));
  g_assert_false (kouan_text_has_name (plain, "NUNEZ ORTEGA JOSEF"));
  g_assert_false (kouan_text_has_name (plain, "ORTE"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/session/cross-check/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("person", test_person);
  ADD ("copy", test_copy);
  ADD ("age", test_age);
  ADD ("same-paper", test_same_paper);
  ADD ("passport-ends", test_passport_ends);
  g_test_add_func ("/session/paper-text/dates", test_dates);
  g_test_add_func ("/session/paper-text/names", test_names);
  return g_test_run ();
}
