/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "app/documents/pdf.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *good;
  char *bad;
} Fixture;

static char *
save (Fixture *fixture, const char *name, GBytes *bytes)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  return path;
}

static KouanJpeg *good, *bad; /* drawn once */

static void
draw (void)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 150);
  g_autoptr (KouanPage) blurred = kouan_test_blurred (letter, 3);

  good = kouan_jpeg_encode (letter, 90);
  bad = kouan_jpeg_encode (blurred, 90);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->good = save (fixture, "letter.jpg", good->bytes);
  fixture->bad = save (fixture, "blurred.jpg", bad->bytes);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->good);
  g_free (fixture->bad);
  kouan_test_folder_remove (fixture->folder);
}

static JsonObject *
nth_page (JsonObject *answer, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (answer, "pages"), index);
}

static const char *
only_finding (JsonObject *object)
{
  JsonArray *findings = json_object_get_array_member (object, "findings");

  return json_array_get_length (findings) == 1 ? json_array_get_string_element (findings, 0) : NULL;
}

static void
test_import (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *pdf = g_build_filename (fixture->folder, "letter.pdf", NULL);
  g_autofree char *contents = NULL;
  JsonObject *written;
  gsize size;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "document", "import", fixture->good, "--out",
                                   fixture->folder, NULL),
                   ==, KOUAN_EXIT_OK);
  written = json_object_get_object_member (answer, "pdf");
  g_assert_cmpstr (json_object_get_string_member (written, "file"), ==, pdf);
  g_assert_cmpint (json_object_get_int_member (written, "dpi"), ==, 150);
  g_assert_cmpint (json_object_get_int_member (nth_page (answer, 0), "width"), ==, 1241);
  g_assert_null (only_finding (nth_page (answer, 0)));
  g_assert_true (g_file_get_contents (pdf, &contents, &size, NULL));
  g_assert_cmpint (json_object_get_int_member (written, "bytes"), ==, (gint64)size);
  g_assert_cmpuint (size, <=, KOUAN_PDF_SIZE_MAX);
  g_assert_true (g_str_has_prefix (contents, "%PDF-1.4"));
}

/* What is there is never written over. */
static void
test_import_twice (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "import", fixture->good, "--out",
                                   fixture->folder, NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "import", fixture->good, "--out",
                                   fixture->folder, NULL),
                   ==, KOUAN_EXIT_FAILED);
}

static void
test_import_findings (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "document", "import", fixture->bad, NULL), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpstr (only_finding (nth_page (answer, 0)), ==, "blurred");
  g_assert_true (
    json_object_get_null_member (json_object_get_object_member (answer, "pdf"), "file"));
}

static void
test_import_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) office = g_bytes_new_static ("PK\3\4 [Content_Types].xml", 24);
  g_autofree char *path = save (fixture, "contract.pdf", office);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "document", "import", path, NULL), ==,
                   KOUAN_EXIT_NO);
  g_assert_cmpstr (json_object_get_string_member (answer, "error"), ==, "not-supported");
  g_assert_cmpstr (json_object_get_string_member (answer, "kind"), ==, "office");
  g_assert_cmpstr (json_object_get_string_member (answer, "title"), ==,
                   "This is an Office document");
  g_assert_nonnull (strstr (json_object_get_string_member (answer, "remedy"), "PDF"));
}

static void
test_import_missing (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "document", "import", "/nonexistent", NULL), ==,
                   KOUAN_EXIT_FAILED);
  g_assert_cmpstr (json_object_get_string_member (answer, "error"), ==, "unreadable");
}

static void
test_import_without_pixels (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "import", fixture->good, "--pixels",
                                   "/nonexistent", NULL),
                   ==, KOUAN_EXIT_FAILED);
}

static void
test_check (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) of_good = NULL;
  g_autoptr (JsonObject) of_bad = NULL;

  g_assert_cmpint (kouan_test_ctl (&of_good, NULL, "document", "check", fixture->good, NULL), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (&of_bad, NULL, "document", "check", fixture->bad, NULL), ==,
                   KOUAN_EXIT_NO);
  g_assert_null (only_finding (of_good));
  g_assert_cmpstr (only_finding (of_bad), ==, "blurred");
  g_assert_cmpfloat (json_object_get_double_member (of_good, "sharpness"), >,
                     json_object_get_double_member (of_bad, "sharpness"));
}

static void
test_usage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "import", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "check", "--no", fixture->good, NULL),
                   ==, KOUAN_EXIT_USAGE);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/ctl/document/" path, Fixture, NULL, set_up, function, tear_down)

/* From a device of the kiosk, as the screen takes it. */
static void
test_take (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const devices[] = { "--scanner", "--camera" };
  g_autofree char *source = g_strconcat ("file:", fixture->good, NULL);
  g_autofree char *out = g_build_filename (fixture->folder, "taken.jpg", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpint (
        kouan_test_ctl (&answer, NULL, "document", "take", devices[i], source, "--out", out, NULL),
        ==, KOUAN_EXIT_OK);
      g_assert_cmpstr (json_object_get_string_member (answer, "file"), ==, source);
      g_assert_cmpstr (json_object_get_string_member (answer, "written"), ==, out);
      g_assert_true (g_file_test (out, G_FILE_TEST_IS_REGULAR));
      g_assert_cmpint (g_remove (out), ==, 0);
    }
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "document", "take", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "document", "take", "--scanner", "file:/nonexistent", NULL), ==,
    KOUAN_EXIT_FAILED);
}

static void
test_list (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *only = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree char *path = g_build_filename (only, "letter.jpg", NULL);
  g_autofree char *source = g_strconcat ("file:", only, NULL);
  g_autoptr (JsonObject) answer = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (good->bytes, &size);

  g_assert_cmpint (g_mkdir (only, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "document", "list", "--stick", source, NULL), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpstr (json_object_get_string_member (answer, "path"), ==, "letter.jpg");
  g_assert_cmpint (json_object_get_int_member (answer, "bytes"), ==, (gint64)size);
  g_assert_true (json_object_get_boolean_member (answer, "taken"));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("import", test_import);
  ADD ("import-twice", test_import_twice);
  ADD ("import-findings", test_import_findings);
  ADD ("import-refused", test_import_refused);
  ADD ("import-missing", test_import_missing);
  ADD ("import-without-pixels", test_import_without_pixels);
  ADD ("check", test_check);
  ADD ("take", test_take);
  ADD ("list", test_list);
  ADD ("usage", test_usage);
  draw ();
  result = g_test_run ();
  kouan_jpeg_unref (good);
  kouan_jpeg_unref (bad);
  return result;
}
