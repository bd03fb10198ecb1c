/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/probe.h"

#include "app/chip/pcsc-transport.h"
#include "app/devices/camera.h"
#include "app/devices/printer.h"
#include "app/devices/scanner.h"
#include "app/devices/stick.h"
#include "app/language/language.h"

/* A device answers when it likes, by its property "state"; a camera by its first picture. Who does
 * not answer in time is offline. */

#define PATIENCE_MS 10000

static const char *const keys[]
  = { "camera", "document-camera", "scanner", "chip", "printer", "stick", NULL };

typedef struct
{
  char *key;
  GObject *device; /* (nullable) */
  KouanPixels *pixels;
  guint patience; /* source */
  gulong state_handler, picture_handler;
} Probe;

const char *const *
kouan_probe_keys (void)
{
  return keys;
}

static void
probe_free (gpointer data)
{
  Probe *self = data;

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->device != NULL && KOUAN_IS_CAMERA (self->device))
    kouan_camera_stop (KOUAN_CAMERA (self->device));
  g_clear_object (&self->device);
  g_clear_object (&self->pixels);
  g_free (self->key);
  g_free (self);
}

static KouanFinding *
finding_new (const Probe *self, KouanHealth health, const char *what, const char *remedy)
{
  KouanFinding *finding = g_new0 (KouanFinding, 1);

  finding->id = g_strconcat ("device:", self->key, NULL);
  finding->health = health;
  finding->what = what;
  finding->remedy = remedy;
  return finding;
}

static void
answer (GTask *task, KouanHealth health, const char *what, const char *remedy)
{
  Probe *self = g_task_get_task_data (task);

  if (self->state_handler > 0)
    g_signal_handler_disconnect (self->device, self->state_handler);
  if (self->picture_handler > 0)
    g_signal_handler_disconnect (self->device, self->picture_handler);
  self->state_handler = self->picture_handler = 0;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_task_return_pointer (task, finding_new (self, health, what, remedy),
                         (GDestroyNotify)kouan_finding_free);
  g_object_unref (task);
}

static void
answer_state (GTask *task, KouanDeviceState state)
{
  switch (state)
    {
    case KOUAN_DEVICE_OFF:
    case KOUAN_DEVICE_STARTING:
      break;
    case KOUAN_DEVICE_READY:
      answer (task, KOUAN_HEALTH_GOOD, N_ ("Ready."), NULL);
      break;
    case KOUAN_DEVICE_NEEDS_PAPER:
      answer (task, KOUAN_HEALTH_SOON, N_ ("It needs paper."), N_ ("Put paper in."));
      break;
    case KOUAN_DEVICE_JAMMED:
      answer (task, KOUAN_HEALTH_SOON, N_ ("Paper is stuck in it."), N_ ("Take the paper out."));
      break;
    case KOUAN_DEVICE_COVER_OPEN:
      answer (task, KOUAN_HEALTH_SOON, N_ ("Its cover is open."), N_ ("Close the cover."));
      break;
    case KOUAN_DEVICE_FAILED:
      answer (task, KOUAN_HEALTH_BAD, N_ ("It is there and does not work."),
              N_ ("Switch it off and on. If that does not help, have it repaired."));
      break;
    case KOUAN_DEVICE_OFFLINE:
    default:
      answer (task, KOUAN_HEALTH_BAD, N_ ("It does not answer."),
              N_ ("Look at its cable and its power, and at its line in kouan.conf."));
    }
}

static KouanDeviceState
state_of (GObject *device)
{
  if (KOUAN_IS_SCANNER (device))
    return kouan_scanner_get_state (KOUAN_SCANNER (device));
  if (KOUAN_IS_PRINTER (device))
    return kouan_printer_get_state (KOUAN_PRINTER (device));
  return kouan_camera_get_state (KOUAN_CAMERA (device));
}

/* A camera is ready when a picture came, not when it says so. */
static void
on_state_changed (GObject *device, GParamSpec *pspec G_GNUC_UNUSED, GTask *task)
{
  KouanDeviceState state = state_of (device);

  if (KOUAN_IS_CAMERA (device) && state == KOUAN_DEVICE_READY)
    return;
  answer_state (task, state);
}

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame G_GNUC_UNUSED, GTask *task)
{
  answer (task, KOUAN_HEALTH_GOOD, N_ ("It sends pictures."), NULL);
}

static gboolean
on_out_of_patience (gpointer data)
{
  GTask *task = data;

  ((Probe *)g_task_get_task_data (task))->patience = 0;
  answer_state (task, KOUAN_DEVICE_OFFLINE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_stick_asked (gpointer data)
{
  GTask *task = data;
  Probe *self = g_task_get_task_data (task);

  self->patience = 0;
  if (kouan_stick_is_present (KOUAN_STICK (self->device)))
    answer (task, KOUAN_HEALTH_GOOD, N_ ("A stick is in."), NULL);
  else
    answer (task, KOUAN_HEALTH_GOOD, N_ ("No stick is in."), NULL);
  return G_SOURCE_REMOVE;
}

static void
watch (GTask *task)
{
  Probe *self = g_task_get_task_data (task);

  if (KOUAN_IS_STICK (self->device))
    {
      self->patience = g_idle_add (on_stick_asked, task);
      return;
    }
  self->patience = g_timeout_add (PATIENCE_MS, on_out_of_patience, task);
  self->state_handler
    = g_signal_connect (self->device, "notify::state", G_CALLBACK (on_state_changed), task);
  if (KOUAN_IS_CAMERA (self->device))
    {
      self->picture_handler
        = g_signal_connect (self->device, "picture", G_CALLBACK (on_picture), task);
      kouan_camera_start (KOUAN_CAMERA (self->device));
    }
  else if (KOUAN_IS_SCANNER (self->device))
    kouan_scanner_refresh (KOUAN_SCANNER (self->device));
  else
    kouan_printer_refresh (KOUAN_PRINTER (self->device));
}

static void
probe_chip (GTask *task, const char *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = NULL;

  if (g_str_has_prefix (source, "file:"))
    {
      if (g_file_test (source + strlen ("file:"), G_FILE_TEST_IS_DIR))
        answer (task, KOUAN_HEALTH_GOOD, N_ ("Ready."), NULL);
      else
        answer_state (task, KOUAN_DEVICE_OFFLINE);
      return;
    }
  readers = kouan_pcsc_list_readers (&error);
  if (readers != NULL && readers->len > 0)
    answer (task, KOUAN_HEALTH_GOOD, N_ ("Ready."), NULL);
  else
    answer_state (task, KOUAN_DEVICE_OFFLINE);
}

static GObject *
open_device (Probe *self, const char *source, const KouanDoctorPrograms *programs, GError **error)
{
  if (g_str_has_suffix (self->key, "camera"))
    return (GObject *)kouan_camera_new_for_source (source, error);
  if (g_str_equal (self->key, "printer"))
    return (GObject *)kouan_printer_new_for_source (source, error);
  if (g_str_equal (self->key, "stick"))
    return (GObject *)kouan_stick_new_for_source (source, error);
  self->pixels = kouan_pixels_new (programs->pixels != NULL ? programs->pixels : "");
  return (GObject *)kouan_scanner_new_for_source (
    source, programs->scan != NULL ? programs->scan : "", self->pixels, error);
}

/**
 * kouan_probe_async:
 * @key: one of kouan_probe_keys()
 */
void
kouan_probe_async (KouanStation *station,
                   const char *key,
                   const KouanDoctorPrograms *programs,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  const char *source = kouan_station_get_value (station, "devices", key);
  Probe *self = g_new0 (Probe, 1);
  g_autoptr (GError) error = NULL;

  self->key = g_strdup (key);
  g_task_set_task_data (task, self, probe_free);
  if (source == NULL)
    {
      answer (task, KOUAN_HEALTH_ABSENT, N_ ("There is none. Visitors have the other ways."), NULL);
      return;
    }
  if (g_str_equal (key, "chip"))
    {
      probe_chip (task, source);
      return;
    }
  self->device = open_device (self, source, programs, &error);
  if (self->device != NULL)
    watch (task);
  else
    answer (task, KOUAN_HEALTH_BAD, N_ ("Its line in kouan.conf names no device that there is."),
            N_ ("Correct it: kouanctl config set --station DIR devices.KEY=…"));
}

/* Returns: (transfer full) */
KouanFinding *
kouan_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
