/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-picture.h"
#include "app/identity/mrz.h"
#include "app/qr/draw.h"
#include "app/qr/reader.h"
#include "tests/testlib/fixture.h"

#define CODE                                                                                       \
  "KA1:6BFOXN%TS3DHC8OWQ0C1TTFN-VBU3GN8LJQS54DPS3WZE:FVLK6GA7F0%5/L:TB*0NCFOXN%TS3DHC8OWQ"

static const char *program;

typedef struct
{
  char *folder;
} Fixture;

static int
run (const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status;
  va_list more;

  g_ptr_array_add (arguments, (gpointer)program);
  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (arguments, (gpointer)word);
  va_end (more);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **)arguments->pdata, NULL,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL) ? 0 : WEXITSTATUS (status);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_folder_remove (fixture->folder);
}

static char *
sum_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 200);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

static void
test_the_same_each_time (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const names[]
    = { "passport.png",           "photo.jpg",       "work-permit-notice.pdf",
        "employer-consent.jpg",   "lease.pdf",       "accommodation-registration.png",
        "health-certificate.pdf", "bad-blurred.jpg", "bad-blank.jpg",
        "applicant.ini" };
  g_autofree char *first = g_build_filename (fixture->folder, "1", NULL);
  g_autofree char *second = g_build_filename (fixture->folder, "2", NULL);

  g_assert_cmpint (run (first, NULL), ==, 0);
  g_assert_cmpint (run (second, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *once = sum_of (first, names[i]);
      g_autofree char *again = sum_of (second, names[i]);

      g_assert_cmpstr (once, ==, again);
    }
}

/* What is printed at the bottom of the passport says what the facts beside it say. */
static void
test_facts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "applicant.ini", NULL);
  g_autoptr (GKeyFile) facts = g_key_file_new ();
  g_auto (GStrv) lines = g_new0 (char *, 3);
  g_autofree char *number = NULL;
  g_autofree char *expiry = NULL;
  GArray *problems = NULL;
  KouanMrz *mrz;
  GDate today;

  g_date_set_dmy (&today, 24, G_DATE_NOVEMBER, 2026);
  g_assert_cmpint (run ("--date", "2026-11-24", fixture->folder, NULL), ==, 0);
  g_assert_true (g_key_file_load_from_file (facts, path, G_KEY_FILE_NONE, NULL));
  lines[0] = g_key_file_get_string (facts, "applicant", "mrz-1", NULL);
  lines[1] = g_key_file_get_string (facts, "applicant", "mrz-2", NULL);
  number = g_key_file_get_string (facts, "applicant", "document-number", NULL);
  expiry = g_key_file_get_string (facts, "applicant", "expiry", NULL);
  mrz = kouan_mrz_parse ((const char *const *)lines, &today, &problems);
  g_assert_nonnull (mrz);
  g_assert_true (kouan_mrz_checks_fit (mrz));
  g_assert_cmpstr (mrz->document_number, ==, number);
  g_assert_cmpstr (mrz->primary, ==, "MARLOWE");
  g_assert_cmpstr (expiry, ==, "2034-11-23");
  kouan_mrz_unref (mrz);
  g_clear_pointer (&problems, g_array_unref);
}

/* An exit-entry office takes photos of 40 to 80 KB and 354 × 472 to 480 × 640 pixels. */
static void
test_photo_keeps_the_rules (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "photo.jpg", NULL);
  g_autoptr (KouanFilePicture) picture = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (run (fixture->folder, NULL), ==, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >=, 40 * 1000);
  g_assert_cmpuint (length, <=, 80 * 1000);
  picture = kouan_file_picture_load (path, 4000, NULL);
  g_assert_cmpuint (picture->gray->width, >=, 354);
  g_assert_cmpuint (picture->gray->width, <=, 480);
  g_assert_cmpuint (picture->gray->height * 3, ==, picture->gray->width * 4);
}

static void
test_code_in_hand_is_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code_path = g_build_filename (fixture->folder, "code.png", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "code-in-hand.png", NULL);
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (CODE, KOUAN_QR_LEVEL_M, NULL);
  g_autoptr (GBytes) png = kouan_qr_draw_png (matrix, 8);
  g_autoptr (KouanFilePicture) picture = NULL;
  g_autoptr (GPtrArray) codes = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (png, &length);

  g_assert_true (g_file_set_contents (code_path, bytes, (gssize)length, NULL));
  g_assert_cmpint (run ("--code", code_path, fixture->folder, NULL), ==, 0);
  picture = kouan_file_picture_load (path, 4000, NULL);
  g_assert_cmpuint (picture->gray->width, ==, 1280);
  g_assert_cmpuint (picture->gray->height, ==, 720);
  codes = kouan_qr_read (kouan_frame_get_pixels (picture->gray), 1280, 720, picture->gray->stride);
  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_cmpstr (((KouanQrCode *)codes->pdata[0])->text, ==, CODE);
}

static void
test_wrong_calls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (run (NULL, NULL), ==, 2);
  g_assert_cmpint (run ("--date", "2026-02-30", fixture->folder, NULL), ==, 2);
  g_assert_cmpint (run ("--date", "yesterday", fixture->folder, NULL), ==, 2);
  g_assert_cmpint (run ("--code", "no-such-file.png", fixture->folder, NULL), ==, 3);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  ADD ("/specimens/same", test_the_same_each_time);
  ADD ("/specimens/facts", test_facts);
  ADD ("/specimens/photo", test_photo_keeps_the_rules);
  ADD ("/specimens/code-in-hand", test_code_in_hand_is_read);
  ADD ("/specimens/wrong-calls", test_wrong_calls);
  return g_test_run ();
}
