/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "tests/testlib/specimen.h"

#include <string.h>

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

typedef struct
{
  char *folder;
  char *passport;
  char *letter;
} Fixture;

static void
draw_passport (const char *path)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (KouanSpecimen) page
    = kouan_specimen_draw (rand, (const char *const[]){ LINE_1, LINE_2, NULL });

  kouan_specimen_save (page, path);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 100);
  g_autoptr (GBytes) png = kouan_test_png (letter);
  gsize size;
  const char *bytes = g_bytes_get_data (png, &size);

  fixture->folder = kouan_test_folder_new ();
  fixture->passport = g_build_filename (fixture->folder, "passport.png", NULL);
  fixture->letter = g_build_filename (fixture->folder, "letter.png", NULL);
  draw_passport (fixture->passport);
  g_assert_true (g_file_set_contents (fixture->letter, bytes, (gssize)size, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->passport);
  g_free (fixture->letter);
  kouan_test_folder_remove (fixture->folder);
}

static const char *
nth_text (JsonObject *object, const char *name, guint index)
{
  return json_array_get_string_element (json_object_get_array_member (object, name), index);
}

static void
test_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *birth;

  g_assert_cmpint (
    kouan_test_ctl (&answer, NULL, "mrz", "read", "--today", "2026-11-23", fixture->passport, NULL),
    ==, KOUAN_EXIT_OK);
  g_assert_true (json_object_get_boolean_member (answer, "accepted"));
  g_assert_cmpint (json_object_get_int_member (answer, "corrections"), ==, 0);
  g_assert_cmpstr (nth_text (answer, "raw", 0), ==, LINE_1);
  g_assert_cmpstr (nth_text (answer, "corrected", 1), ==, LINE_2);
  g_assert_cmpstr (json_object_get_string_member (answer, "document_number"), ==, "L898902C3");
  birth = json_object_get_object_member (json_object_get_object_member (answer, "read"), "birth");
  g_assert_true (json_object_get_boolean_member (birth, "raw_fits"));
  g_assert_cmpfloat (json_object_get_double_member (birth, "margin"), >, 3);
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (answer, "checks"), "mrz.birth"),
    ==, "successful");
}

static void
test_no_zone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "mrz", "read", fixture->letter, NULL), ==,
                   KOUAN_EXIT_NO);
  g_assert_false (json_object_get_boolean_member (answer, "found"));
  g_assert_false (json_object_get_boolean_member (answer, "accepted"));
  g_assert_false (json_object_has_member (answer, "corrected"));
}

static void
test_cannot_be_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) missing = NULL;
  g_autoptr (JsonObject) damaged = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "damaged.png", NULL);

  g_assert_cmpint (kouan_test_ctl (&missing, NULL, "mrz", "read", "/nonexistent", NULL), ==,
                   KOUAN_EXIT_FAILED);
  g_assert_true (json_object_has_member (missing, "error"));
  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n no more", -1, NULL));
  g_assert_cmpint (kouan_test_ctl (&damaged, NULL, "mrz", "read", path, NULL), ==,
                   KOUAN_EXIT_FAILED);
  g_assert_true (json_object_has_member (damaged, "error"));
}

static void
test_wrong_calls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "mrz", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "mrz", "look", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "mrz", "read", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "mrz", "read", "--today", "soon", fixture->passport, NULL), ==,
    KOUAN_EXIT_USAGE);
}

static void
test_parse (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) good = NULL;
  g_autoptr (JsonObject) bad = NULL;

  g_assert_cmpint (kouan_test_ctl (&good, NULL, "mrz", "parse", LINE_1 "|" LINE_2, NULL), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpstr (json_object_get_string_member (good, "birth"), ==, "1974-08-12");
  g_assert_cmpint (kouan_test_ctl (&bad, LINE_1 "\nL898902C37UTO7408122F1204159ZE184226B<<<<<10\n",
                                   "mrz", "parse", "-", NULL),
                   ==, KOUAN_EXIT_NO);
  g_assert_false (json_object_get_boolean_member (bad, "fits"));
}

/* A permit of China's is not a zone, is told as what it is, and as unproven. */
static void
test_permit (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  JsonObject *answer = NULL;
  JsonObject *permit;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "mrz", "parse", "--today", "2026-11-27",
                                   "CSC123456788<3504015<9002155<0", NULL),
                   ==, KOUAN_EXIT_OK);
  permit = json_object_get_object_member (answer, "permit");
  g_assert_cmpstr (json_object_get_string_member (permit, "kind"), ==, "exit-hong-kong-macao");
  g_assert_cmpstr (json_object_get_string_member (permit, "number"), ==, "C12345678");
  g_assert_true (json_object_get_boolean_member (permit, "unproven"));
  json_object_unref (answer);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!kouan_specimen_can_draw ())
    {
      g_print ("1..0 # SKIP fonts-ocr-b is not installed\n");
      return 0;
    }
  ADD ("/ctl/mrz/read", test_read);
  ADD ("/ctl/mrz/no-zone", test_no_zone);
  ADD ("/ctl/mrz/cannot-be-read", test_cannot_be_read);
  ADD ("/ctl/mrz/wrong-calls", test_wrong_calls);
  ADD ("/ctl/mrz/parse", test_parse);
  ADD ("/ctl/mrz/permit", test_permit);
  return g_test_run ();
}
