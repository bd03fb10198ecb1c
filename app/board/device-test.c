/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/device-test.h"

#include "app/clock/date.h"
#include "app/devices/frame-page.h"
#include "app/language/language.h"
#include "app/receipt/receipt.h"

/* One test a kind of device, each the thing that the device is for: a picture, a page, a chip, a
 * printed slip, an address, a sentence. Its answer is one of the CUSS words and a sentence; it also
 * goes into the station's list of troubles. Nothing that came is kept: what lay in the scanner or
 * on the reader is shown, and let go with the answer.
 *
 * A chip opens only to who knows its document's lines. Those of the hall's own test card stand in
 * kouan.conf; of any other the test sees no more than that it answers. */

#define PATIENCE_S 8 /* for what sends by itself */
#define TEST_CARD_LINES_MAX 3
#define CHIP_STAGES (KOUAN_READ_CHECKING + 1)

typedef struct
{
  KouanDeviceSet *set;
  const char *name;
  GObject *device; /* (nullable): whose signals are waited for */
  gulong handler;
  guint timeout;
  void (*stop) (gpointer device); /* where it does not answer in time */
  GCancellable *cancellable;      /* (nullable) */
  gulong cancel_handler;
  KouanDeviceTestProgress progress; /* (nullable) */
  gpointer progress_data;
} Waiting;

void
kouan_device_test_free (KouanDeviceTest *self)
{
  g_clear_pointer (&self->page, kouan_page_unref);
  g_free (self->facts);
  g_free (self);
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  if (waiting->device != NULL && waiting->handler != 0)
    g_signal_handler_disconnect (waiting->device, waiting->handler);
  g_clear_handle_id (&waiting->timeout, g_source_remove);
  if (waiting->cancel_handler != 0)
    g_signal_handler_disconnect (waiting->cancellable, waiting->cancel_handler);
  g_clear_object (&waiting->cancellable);
  g_clear_object (&waiting->device);
  g_object_unref (waiting->set);
  g_free (waiting);
}

static KouanDeviceTest *
test_new (KouanDeviceState state, const char *words)
{
  KouanDeviceTest *test = g_new0 (KouanDeviceTest, 1);

  test->state = state;
  test->words = words;
  return test;
}

static const char *
words_for (KouanDeviceState state)
{
  switch (state)
    {
    case KOUAN_DEVICE_NEEDS_PAPER:
      return _ ("Put paper in, then test again.");
    case KOUAN_DEVICE_JAMMED:
      return _ ("Open it and take the paper out, then test again.");
    case KOUAN_DEVICE_COVER_OPEN:
      return _ ("Close its cover, then test again.");
    case KOUAN_DEVICE_OFFLINE:
      return _ ("It does not answer. Look at its cable and its power.");
    case KOUAN_DEVICE_FAILED:
      return _ ("It answers and does not work. Call a technician, or disable it until then.");
    default:
      return _ ("It works.");
    }
}

/* Takes @test and @task. */
static void
end (GTask *task, KouanDeviceTest *test)
{
  Waiting *waiting = g_task_get_task_data (task);

  if (waiting->handler != 0)
    g_signal_handler_disconnect (waiting->device, waiting->handler);
  waiting->handler = 0;
  g_clear_handle_id (&waiting->timeout, g_source_remove);
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    kouan_device_set_note (waiting->set, waiting->name, test->state);
  g_task_return_pointer (task, test, (GDestroyNotify)kouan_device_test_free);
  g_object_unref (task);
}

static void
end_in_state (GTask *task, KouanDeviceState state)
{
  end (task, test_new (state, words_for (state)));
}

static void
on_picture (KouanCamera *camera, KouanFrame *frame, GTask *task)
{
  KouanDeviceTest *test = test_new (KOUAN_DEVICE_READY, _ ("This is what it sees."));

  test->page = kouan_page_new_for_frame (frame);
  test->facts = g_strdup_printf ("%u × %u", frame->width, frame->height);
  kouan_camera_stop (camera);
  end (task, test);
}

static gboolean
on_camera_silent (gpointer data)
{
  GTask *task = data;
  Waiting *waiting = g_task_get_task_data (task);
  KouanDeviceState state = kouan_camera_get_state (KOUAN_CAMERA (waiting->device));

  waiting->timeout = 0;
  kouan_camera_stop (KOUAN_CAMERA (waiting->device));
  end_in_state (task, state == KOUAN_DEVICE_FAILED ? state : KOUAN_DEVICE_OFFLINE);
  return G_SOURCE_REMOVE;
}

static void
test_camera (GTask *task, KouanCamera *camera)
{
  Waiting *waiting = g_task_get_task_data (task);

  waiting->device = g_object_ref (G_OBJECT (camera));
  waiting->handler = g_signal_connect (camera, "picture", G_CALLBACK (on_picture), task);
  waiting->timeout = g_timeout_add_seconds (PATIENCE_S, on_camera_silent, task);
  kouan_camera_start (camera);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;
  KouanPage *page = kouan_scanner_scan_finish (KOUAN_SCANNER (source), result, &error);
  KouanDeviceTest *test;

  if (page == NULL)
    {
      end_in_state (task, kouan_scanner_state_of_error (error));
      return;
    }
  test = test_new (KOUAN_DEVICE_READY, _ ("This is the page that lay in it."));
  test->facts = g_strdup_printf ("%u × %u · %u dpi", page->width, page->height, page->dpi);
  test->page = page;
  end (task, test);
}

/* Returns: (transfer full) (nullable): the lines of the test card, as kouan.conf has them */
static KouanMrz *
read_test_card (KouanDeviceSet *set)
{
  const char *text
    = kouan_station_get_value (kouan_device_set_get_station (set), "devices", "test-card");
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, " ", TEST_CARD_LINES_MAX) : NULL;
  GDate today;

  if (lines == NULL)
    return NULL;
  kouan_date_today (kouan_device_set_get_clock (set), &today);
  return kouan_mrz_parse ((const char *const *)lines, &today, NULL);
}

/* Returns: (transfer full): which files of the chip were read; never what is in them */
static char *
list_files (KouanDocumentReading *reading)
{
  static const char *const names[]
    = { "EF.COM", "EF.SOD", "EF.DG1", "EF.DG2", "EF.DG11", "EF.DG12", "EF.DG14", "EF.DG15" };
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (kouan_document_reading_get_file (reading, names[i]) != NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " · " : "", names[i]);
  return g_string_free (list, FALSE);
}

static void
on_chip_progress (KouanReadStage stage, double fraction, gpointer data)
{
  Waiting *waiting = g_task_get_task_data (data);

  if (waiting->progress != NULL)
    waiting->progress ((stage + CLAMP (fraction, 0, 1)) / CHIP_STAGES, waiting->progress_data);
}

/* A chip that does not open without its document's lines is a chip that was found. */
static void
on_chip_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDocumentReading) reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &error);
  KouanDeviceTest *test;

  if (reading != NULL)
    {
      test = test_new (KOUAN_DEVICE_READY, _ ("The card's chip was read. Nothing of it is kept."));
      test->facts = list_files (reading);
      end (task, test);
    }
  else if (g_error_matches (error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_LOCKED))
    end (task, test_new (KOUAN_DEVICE_READY, _ ("There is a chip, and it answers.")));
  else if (g_error_matches (error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_DEVICE)
           || error->domain != KOUAN_DOCUMENT_READER_ERROR)
    end_in_state (task, KOUAN_DEVICE_OFFLINE);
  else
    end (task, test_new (KOUAN_DEVICE_READY,
                         _ ("The reader answers. Lay the test card on it to try its chip.")));
}

static void
test_chip (GTask *task, KouanDocumentReader *reader)
{
  Waiting *waiting = g_task_get_task_data (task);
  g_autoptr (KouanMrz) known = read_test_card (waiting->set);

  kouan_document_reader_read_async (reader, known, on_chip_progress, task,
                                    g_task_get_cancellable (task), on_chip_read, task);
}

static void
test_scanner (GTask *task, KouanScanner *scanner)
{
  Waiting *waiting = g_task_get_task_data (task);

  kouan_scanner_scan_async (scanner, waiting->progress, waiting->progress_data,
                            g_task_get_cancellable (task), on_scanned, task);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;

  if (kouan_printer_print_finish (KOUAN_PRINTER (source), result, &error))
    end (task, test_new (KOUAN_DEVICE_READY, _ ("A test slip came out of it.")));
  else
    end_in_state (task, kouan_printer_state_of_error (error));
}

static void
test_printer (GTask *task, KouanPrinter *printer)
{
  Waiting *waiting = g_task_get_task_data (task);
  KouanStation *station = kouan_device_set_get_station (waiting->set);
  const KouanLanguage *language = kouan_language_current ();
  const char *hall = kouan_station_get_hall_name (station, language->code);
  gint64 now_s = kouan_clock_wall_s (kouan_device_set_get_clock (waiting->set));
  g_autofree char *time = kouan_language_date_time (language, now_s);
  KouanReceiptContent content = { .visitor_language = language,
                                  .hall_language = language,
                                  .hall_name = { hall, hall },
                                  .service = { _ ("Test slip"), _ ("Test slip") },
                                  .handed_in = { time, time },
                                  .number = "TEST",
                                  .code = "TEST",
                                  .created = "1970-01-01T00:00:00Z",
                                  .is_copy = TRUE };
  double height_mm;
  g_autoptr (GBytes) pdf = kouan_receipt_render_pdf (&content, &height_mm);

  kouan_printer_print_async (printer, pdf, height_mm, "TEST", g_task_get_cancellable (task),
                             on_printed, task);
}

static void
on_address (KouanPhone *phone, GParamSpec *pspec G_GNUC_UNUSED, GTask *task)
{
  if (kouan_phone_get_address (phone) == NULL)
    return;
  kouan_phone_stop (phone);
  end (task, test_new (KOUAN_DEVICE_READY, _ ("Phones are served.")));
}

static gboolean
on_silent (gpointer data)
{
  GTask *task = data;
  Waiting *waiting = g_task_get_task_data (task);

  waiting->timeout = 0;
  waiting->stop (waiting->device);
  end_in_state (task, KOUAN_DEVICE_OFFLINE);
  return G_SOURCE_REMOVE;
}

/* @answer: of @device, which is about to be started; @stop: ends it where none comes in time */
static void
wait_for (
  GTask *task, gpointer device, const char *signal, GCallback answer, void (*stop) (gpointer))
{
  Waiting *waiting = g_task_get_task_data (task);

  waiting->device = g_object_ref (device);
  waiting->handler = g_signal_connect (device, signal, answer, task);
  waiting->stop = stop;
  waiting->timeout = g_timeout_add_seconds (PATIENCE_S, on_silent, task);
}

static void
stop_phone (gpointer phone)
{
  kouan_phone_stop (phone);
}

static void
test_phone (GTask *task, KouanPhone *phone)
{
  wait_for (task, phone, "notify::address", G_CALLBACK (on_address), stop_phone);
  kouan_phone_start (phone, kouan_language_current ()->code);
}

static void
test_stick (GTask *task, KouanStick *stick)
{
  if (kouan_stick_is_present (stick))
    end (task, test_new (KOUAN_DEVICE_READY, _ ("A stick is in.")));
  else
    end (task, test_new (KOUAN_DEVICE_OFF, _ ("No stick is in. Put one in, then test again.")));
}

static void
on_spoken (KouanSpeech *speech G_GNUC_UNUSED, GTask *task)
{
  end (task, test_new (KOUAN_DEVICE_READY, _ ("It has said a sentence. Did you hear it?")));
}

static void
stop_speech (gpointer speech)
{
  kouan_speech_stop (speech);
}

static void
test_voice (GTask *task, KouanSpeech *speech)
{
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();

  wait_for (task, speech, "finished", G_CALLBACK (on_spoken), stop_speech);
  kouan_utterance_add (utterance, kouan_language_current ()->code,
                       _ ("This is the voice of this kiosk."));
  kouan_speech_say (speech, utterance, KOUAN_PACE_NORMAL);
}

/* Returns: FALSE if there is no such device, or it is disabled */
static gboolean
begin (GTask *task, KouanDeviceSet *set, const char *name)
{
  KouanCamera *camera = g_str_equal (name, "camera") ? kouan_device_set_get_camera (set)
                        : g_str_equal (name, "document-camera")
                          ? kouan_device_set_get_document_camera (set)
                          : NULL;

  if (camera != NULL)
    test_camera (task, camera);
  else if (g_str_equal (name, "scanner") && kouan_device_set_get_scanner (set) != NULL)
    test_scanner (task, kouan_device_set_get_scanner (set));
  else if (g_str_equal (name, "chip") && kouan_device_set_get_chip_reader (set) != NULL)
    test_chip (task, kouan_device_set_get_chip_reader (set));
  else if (g_str_equal (name, "printer") && kouan_device_set_get_printer (set) != NULL)
    test_printer (task, kouan_device_set_get_printer (set));
  else if (g_str_equal (name, "phone") && kouan_device_set_get_phone (set) != NULL)
    test_phone (task, kouan_device_set_get_phone (set));
  else if (g_str_equal (name, "voice") && kouan_device_set_get_speech (set) != NULL)
    test_voice (task, kouan_device_set_get_speech (set));
  else if (g_str_equal (name, "stick") && kouan_device_set_get_stick (set) != NULL)
    test_stick (task, kouan_device_set_get_stick (set));
  else
    return FALSE;
  return TRUE;
}

/* The page is left: what sends by itself is put down at once, so that the next page can have it. */
static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, GTask *task)
{
  Waiting *waiting = g_task_get_task_data (task);

  if (waiting->device == NULL || waiting->timeout == 0)
    return;
  if (KOUAN_IS_CAMERA (waiting->device))
    kouan_camera_stop (KOUAN_CAMERA (waiting->device));
  else if (KOUAN_IS_PHONE (waiting->device))
    kouan_phone_stop (KOUAN_PHONE (waiting->device));
  else if (KOUAN_IS_SPEECH (waiting->device))
    kouan_speech_stop (KOUAN_SPEECH (waiting->device));
  end_in_state (task, KOUAN_DEVICE_OFF);
}

/**
 * kouan_device_test_async:
 * @name: one of kouan_device_names()
 *
 * A device that is not there, or that is disabled, is answered with OFF; a test that is cancelled
 * ends with G_IO_ERROR_CANCELLED and says nothing about the device.
 */
void
kouan_device_test_async (KouanDeviceSet *set,
                         const char *name,
                         KouanDeviceTestProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (set, cancellable, callback, user_data);
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->set = g_object_ref (set);
  waiting->name = name;
  waiting->progress = progress;
  waiting->progress_data = progress_data;
  g_task_set_task_data (task, waiting, waiting_free);
  if (cancellable != NULL)
    {
      waiting->cancellable = g_object_ref (cancellable);
      waiting->cancel_handler
        = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
    }
  if (!begin (task, set, name))
    end (task, test_new (KOUAN_DEVICE_OFF, _ ("It is disabled, or this kiosk does not have it.")));
}

KouanDeviceTest *
kouan_device_test_finish (KouanDeviceSet *set, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, set), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
