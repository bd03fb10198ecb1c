/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-camera.h"
#include "app/devices/optical-reader.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/specimen.h"

#include <string.h>

/* A passport of Utopia is held in front of a camera that is not there. */

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

/* A permit to Hong Kong and Macao, and one of a resident there. */
#define EXIT_1 "CSC123456788<3504015<9002155<0"
#define RETURN_1 "CRH1234567830133504015F9002155"
#define RETURN_2 "123456789012345678BA1234563<44"
#define RETURN_3 "CHAN<<SIU<MING<<<<<<<<<<<<<<<<"

typedef struct
{
  char *folder;
  char *path;
  KouanCamera *camera;
  KouanOpticalReader *reader;
  GCancellable *cancellable;
  KouanReadStage stage;
  guint hints; /* bits of those that were given */

  gboolean ended;
  KouanDocumentReading *reading;
  GError *error;
} Fixture;

static void
on_hint (KouanOpticalReader *reader, GParamSpec *pspec G_GNUC_UNUSED, Fixture *fixture)
{
  fixture->hints |= 1u << kouan_optical_reader_get_hint (reader);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autofree char *source = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "page.png", NULL);
  source = g_strconcat ("file:", fixture->path, NULL);
  fixture->camera = kouan_camera_new_for_source (source, NULL);
  fixture->reader = kouan_optical_reader_new (fixture->camera, clock);
  fixture->cancellable = g_cancellable_new ();
  g_signal_connect (fixture->reader, "notify::hint", G_CALLBACK (on_hint), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->reading, kouan_document_reading_unref);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->cancellable);
  g_clear_object (&fixture->reader);
  g_clear_object (&fixture->camera);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

/* @brightness: of 255: how light the page is */
static void
show_passport (Fixture *fixture, guint brightness)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (KouanSpecimen) page
    = kouan_specimen_draw (rand, (const char *const[]){ LINE_1, LINE_2, NULL });

  for (gsize i = 0; i < (gsize)page->width * page->height; i++)
    page->pixels[i] = (guint8)(page->pixels[i] * brightness / 255);
  kouan_specimen_save (page, fixture->path);
}

static void
show_nothing (Fixture *fixture)
{
  KouanSpecimen table = { .width = 320, .height = 240, .pixels = g_malloc (320 * 240) };

  memset (table.pixels, 120, 320 * 240);
  kouan_specimen_save (&table, fixture->path);
  g_free (table.pixels);
}

static void
on_progress (KouanReadStage stage, double fraction, gpointer data)
{
  Fixture *fixture = data;

  g_assert_false (fixture->ended);
  g_assert_cmpfloat (fraction, <=, 1);
  fixture->stage = stage;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &fixture->error);
  fixture->ended = TRUE;
}

static void
start (Fixture *fixture)
{
  fixture->ended = FALSE;
  kouan_document_reader_read_async (KOUAN_DOCUMENT_READER (fixture->reader), NULL, on_progress,
                                    fixture, fixture->cancellable, on_read, fixture);
}

static void
wait_for_end (Fixture *fixture)
{
  while (!fixture->ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_hint (Fixture *fixture, KouanOpticalHint hint)
{
  while (kouan_optical_reader_get_hint (fixture->reader) != hint)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_reads (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanMrzReading *shown;

  show_passport (fixture, 255);
  start (fixture);
  wait_for_end (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (kouan_document_reading_get_source (fixture->reading), ==, KOUAN_SOURCE_OPTICAL);
  g_assert_cmpstr (kouan_document_reading_get_mrz (fixture->reading)->lines[1], ==, LINE_2);
  g_assert_cmpint (kouan_checks_get (kouan_document_reading_get_checks (fixture->reading),
                                     KOUAN_CHECK_MRZ_BIRTH, KOUAN_SOURCE_OPTICAL)
                     ->result,
                   ==, KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (fixture->stage, ==, KOUAN_READ_CHECKING);
  g_assert_true (fixture->hints & 1u << KOUAN_OPTICAL_HINT_DONE);
  g_assert_cmpint (kouan_camera_get_state (fixture->camera), ==, KOUAN_DEVICE_OFF);
  shown = kouan_optical_reader_get_reading (fixture->reader);
  g_assert_cmpuint (shown->n_frames, >=, 2);
  g_assert_cmpstr (shown->raw[0], ==, LINE_1);
  /* The zone is in the lower quarter of the page, as wide as it. */
  g_assert_cmpfloat ((double)shown->corners[0][0], <, 0.1);
  g_assert_cmpfloat ((double)shown->corners[2][0], >, 0.9);
  g_assert_cmpfloat ((double)shown->corners[0][1], >, 0.7);
  g_assert_cmpfloat ((double)shown->corners[2][1], <, 1);
}

/* Nothing to be seen, then too dark, then a passport. */
static void
test_hints (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_nothing (fixture);
  start (fixture);
  g_assert_cmpint (kouan_optical_reader_get_hint (fixture->reader), ==, KOUAN_OPTICAL_HINT_SHOW);
  show_passport (fixture, 25);
  wait_for_hint (fixture, KOUAN_OPTICAL_HINT_LIGHT);
  show_passport (fixture, 255);
  wait_for_end (fixture);
  g_assert_no_error (fixture->error);
  for (guint hint = KOUAN_OPTICAL_HINT_SHOW; hint <= KOUAN_OPTICAL_HINT_DONE; hint++)
    g_assert_cmpuint (strlen (kouan_optical_hint_text (hint)), >, 10);
}

/* Either permit is named, and a passport after it is read. */
static void
test_permits (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const permits[][4]
    = { { EXIT_1, NULL }, { RETURN_1, RETURN_2, RETURN_3, NULL } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  show_nothing (fixture);
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (permits); i++)
    {
      g_autoptr (KouanSpecimen) card = kouan_specimen_draw (rand, permits[i]);

      wait_for_hint (fixture, KOUAN_OPTICAL_HINT_SHOW);
      kouan_specimen_save (card, fixture->path);
      wait_for_hint (fixture, KOUAN_OPTICAL_HINT_PERMIT);
      g_assert_false (fixture->ended);
      show_nothing (fixture);
    }
  show_passport (fixture, 255);
  wait_for_end (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (kouan_document_reading_get_mrz (fixture->reading)->lines[1], ==, LINE_2);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_nothing (fixture);
  start (fixture);
  g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (fixture->cancellable);
  wait_for_end (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture->reading);
  g_assert_cmpint (kouan_camera_get_state (fixture->camera), ==, KOUAN_DEVICE_OFF);

  /* The next person begins with nothing. */
  g_clear_error (&fixture->error);
  g_cancellable_reset (fixture->cancellable);
  show_passport (fixture, 255);
  start (fixture);
  g_assert_null (kouan_optical_reader_get_reading (fixture->reader));
  wait_for_end (fixture);
  g_assert_no_error (fixture->error);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_cancellable_cancel (fixture->cancellable);
  start (fixture);
  wait_for_end (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kouan_camera_get_state (fixture->camera), ==, KOUAN_DEVICE_OFF);
}

static void
test_no_camera (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (fixture->camera), KOUAN_FILE_CAMERA_MISSING);
  start (fixture);
  wait_for_end (fixture);
  g_assert_error (fixture->error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_DEVICE);
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
  ADD ("/optical-reader/reads", test_reads);
  ADD ("/optical-reader/hints", test_hints);
  ADD ("/optical-reader/permits", test_permits);
  ADD ("/optical-reader/cancelled", test_cancelled);
  ADD ("/optical-reader/cancelled-before", test_cancelled_before);
  ADD ("/optical-reader/no-camera", test_no_camera);
  return g_test_run ();
}
