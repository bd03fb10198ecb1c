/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/try-device.h"

#include "app/board/device-test.h"
#include "app/crypto/durable.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/documents/jpeg.h"
#include "app/staff/orders.h"

#include <glib-unix.h>
#include <signal.h>

#define JPEG_QUALITY 85

/* Returns: (transfer full) (nullable): NULL if a program that devices live in is missing, which has
 * been said. @db: (nullable): without it none is disabled */
KouanDeviceSet *
kouan_ctl_open_devices (KouanStation *station, KouanClock *clock, KouanDatabase *db)
{
  g_autoptr (KouanPixels) pixels = kouan_ctl_pixels_new ();
  g_autofree char *scan = kouan_ctl_find_scan ();
  g_autofree char *phone = kouan_ctl_find_phone ();
  g_autofree char *messages = kouan_ctl_find_messages ();
  g_autofree char *voice = kouan_ctl_find_voice ();
  const KouanDevicePrograms programs = { scan, phone, voice, messages };
  KouanDeviceSet *set;

  if (pixels == NULL || scan == NULL)
    return NULL;
  set = kouan_device_set_new (station, clock, pixels, &programs);
  kouan_device_set_open (set, db);
  return set;
}

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  KouanDeviceTest *test;
  GError *error;
  int percent; /* that was printed last */
} Waiting;

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  waiting->test = kouan_device_test_finish (KOUAN_DEVICE_SET (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
on_progress (double fraction, gpointer data)
{
  Waiting *waiting = data;
  int percent = (int)(fraction * 10) * 10;

  if (percent > waiting->percent)
    g_printerr ("kouanctl: %d %%\n", percent);
  waiting->percent = MAX (waiting->percent, percent);
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
write_picture (const KouanDeviceTest *test, const char *out, GError **error)
{
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (test->page, JPEG_QUALITY);

  return kouan_write_file_durably (out, g_bytes_get_data (jpeg->bytes, NULL),
                                   g_bytes_get_size (jpeg->bytes), 0600, error);
}

static KouanExit
print_test (const KouanDeviceTest *test, const char *device, const char *out)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  gboolean written = test->page != NULL && out != NULL;
  g_autoptr (GError) error = NULL;

  if (written && !write_picture (test, out, &error))
    return kouan_ctl_failed (error);
  kouan_ctl_add_text (line, "device", device);
  kouan_ctl_add_text (line, "state", kouan_device_state_to_string (test->state));
  kouan_ctl_add_text (line, "words", test->words);
  kouan_ctl_add_text (line, "facts", test->facts);
  if (test->page != NULL)
    {
      kouan_ctl_add_int (line, "width", test->page->width);
      kouan_ctl_add_int (line, "height", test->page->height);
    }
  if (written)
    kouan_ctl_add_text (line, "picture", out);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return test->state == KOUAN_DEVICE_READY ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/**
 * kouan_ctl_try_device:
 * @device: one of kouan_device_names()
 * @out: (nullable): a JPEG, if the device sends something to look at
 *
 * Prints how it ended, and on the way how far it is; an interrupt stops it.
 *
 * Returns: OK where the device is ready, NO where it is not
 */
KouanExit
kouan_ctl_try_device (KouanDeviceSet *set, const char *device, const char *out)
{
  Waiting waiting = { .loop = g_main_loop_new (NULL, FALSE), .cancellable = g_cancellable_new () };
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, waiting.cancellable);
  KouanExit exit;

  kouan_device_test_async (set, g_intern_string (device), on_progress, &waiting,
                           waiting.cancellable, on_tested, &waiting);
  if (waiting.test == NULL && waiting.error == NULL)
    g_main_loop_run (waiting.loop);
  g_source_remove (interrupt);
  g_main_loop_unref (waiting.loop);
  g_object_unref (waiting.cancellable);
  exit = waiting.test != NULL ? print_test (waiting.test, device, out)
                              : kouan_ctl_failed (waiting.error);
  g_clear_pointer (&waiting.test, kouan_device_test_free);
  g_clear_error (&waiting.error);
  return exit;
}

/* The same for a station's folder, also if it has been in no kiosk's hands yet. */
KouanExit
kouan_ctl_try (const char *folder, const char *device, const char *out)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (folder, &error);
  g_autoptr (KouanDeviceSet) set = NULL;

  if (station == NULL)
    return kouan_ctl_failed (error);
  if (!g_strv_contains (kouan_device_names (), device))
    return kouan_ctl_usage ("there is no device %s", device);
  set = kouan_ctl_open_devices (station, clock, NULL);
  return set != NULL ? kouan_ctl_try_device (set, device, out) : KOUAN_EXIT_UNAVAILABLE;
}
