/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/device-set.h"

#include "app/chip/chip-reader.h"
#include "app/language/language.h"
#include "app/staff/orders.h"
#include "app/station/troubles.h"

#include <string.h>

/* From the lines of [devices] to devices. One that cannot be opened, or that staff have disabled,
 * is not there, and every page shows its other ways. What a device says of itself later is written
 * into the station's list of troubles, which the hub's fleet page shows. */

struct _KouanDeviceSet
{
  GObject parent_instance;

  KouanStation *station;
  KouanClock *clock;
  KouanPixels *pixels;
  char *scan;
  char *phone_program;
  char *voice_program;
  char *messages;

  KouanCamera *camera;
  KouanCamera *document_camera;
  KouanScanner *scanner;
  KouanDocumentReader *chip_reader;
  KouanPrinter *printer;
  KouanStick *stick;
  KouanPhone *phone;
  KouanSpeech *speech;

  gboolean disabled[KOUAN_N_DEVICES];      /* by staff */
  KouanDeviceState noted[KOUAN_N_DEVICES]; /* by a test, or because it could not be opened */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanDeviceSet, kouan_device_set, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  const char *label;
  const char *without;
} descriptions[KOUAN_N_DEVICES] = {
  { "camera", N_ ("Camera for codes and passports"),
    N_ ("Visitors start without a code and type the lines of their passport.") },
  { "document-camera", N_ ("Camera above the tray"),
    N_ ("Papers come from the scanner, a stick or a phone.") },
  { "scanner", N_ ("Scanner"), N_ ("Papers come from the camera, a stick or a phone.") },
  { "chip", N_ ("Chip reader"), N_ ("Passports are read by their lines; no chip is checked.") },
  { "printer", N_ ("Printer"), N_ ("The receipt is a code on the screen.") },
  { "stick", N_ ("USB stick"), N_ ("Papers come from the scanner, the camera or a phone.") },
  { "phone", N_ ("Visitors' phones"), N_ ("Papers come from the scanner, the camera or a stick.") },
  { "voice", N_ ("Voice"), N_ ("Who cannot see the screen needs somebody's help.") },
};

static guint
index_of (const char *name)
{
  for (guint i = 0; i < KOUAN_N_DEVICES; i++)
    if (g_str_equal (descriptions[i].name, name))
      return i;
  g_assert_not_reached ();
}

const char *
kouan_device_label (const char *name)
{
  return _ (descriptions[index_of (name)].label);
}

const char *
kouan_device_without (const char *name)
{
  return _ (descriptions[index_of (name)].without);
}

static gboolean
is_trouble (KouanDeviceState state)
{
  return state == KOUAN_DEVICE_NEEDS_PAPER || state == KOUAN_DEVICE_JAMMED
         || state == KOUAN_DEVICE_COVER_OPEN || state == KOUAN_DEVICE_OFFLINE
         || state == KOUAN_DEVICE_FAILED;
}

/* OFF and STARTING say nothing about whether something is wrong: what was known stays known. */
void
kouan_device_set_note (KouanDeviceSet *self, const char *name, KouanDeviceState state)
{
  g_return_if_fail (KOUAN_IS_DEVICE_SET (self));

  if ((state != KOUAN_DEVICE_READY && !is_trouble (state)) || self->disabled[index_of (name)])
    return;
  self->noted[index_of (name)] = state;
  kouan_troubles_set (self->station, name,
                      is_trouble (state) ? kouan_device_state_to_string (state) : NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_state (GObject *device, GParamSpec *pspec G_GNUC_UNUSED, KouanDeviceSet *self)
{
  KouanDeviceState state;

  g_object_get (device, "state", &state, NULL);
  kouan_device_set_note (self, g_object_get_data (device, "kouan-device"), state);
}

static void
watch (KouanDeviceSet *self, const char *name, gpointer device)
{
  g_object_set_data (G_OBJECT (device), "kouan-device", (gpointer)name);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (on_state), self, 0);
}

/* @device: (nullable): NULL with @error: why not */
static void
settle (KouanDeviceSet *self, const char *name, gpointer device, GError *error)
{
  if (device == NULL)
    {
      g_message ("No %s: %s", name, error->message);
      kouan_device_set_note (self, name, KOUAN_DEVICE_FAILED);
    }
  else if (g_object_class_find_property (G_OBJECT_GET_CLASS (device), "state") != NULL)
    watch (self, name, device);
}

static void
open_phone (KouanDeviceSet *self, const char *source, GError **error)
{
  self->phone = kouan_phone_new_for_source (source, self->phone_program, self->messages, error);
  if (self->phone != NULL)
    kouan_phone_set_wifi (
      self->phone, kouan_station_get_value (self->station, "devices", "phone-wifi"),
      kouan_station_get_value (self->station, "devices", "phone-wifi-password"));
}

static gpointer
open_one (KouanDeviceSet *self, const char *name, const char *source, GError **error)
{
  if (g_str_equal (name, "camera"))
    return self->camera = kouan_camera_new_for_source (source, error);
  if (g_str_equal (name, "document-camera"))
    return self->document_camera = kouan_camera_new_for_source (source, error);
  if (g_str_equal (name, "scanner"))
    return self->scanner = kouan_scanner_new_for_source (source, self->scan, self->pixels, error);
  if (g_str_equal (name, "printer"))
    return self->printer = kouan_printer_new_for_source (source, error);
  if (g_str_equal (name, "stick"))
    return self->stick = kouan_stick_new_for_source (source, error);
  if (g_str_equal (name, "phone"))
    {
      open_phone (self, source, error);
      return self->phone;
    }
  if (g_str_equal (name, "voice"))
    return self->speech = kouan_speech_new_for_source (source, self->voice_program, error);
  return self->chip_reader
         = (gpointer)kouan_chip_reader_new_for_source (source, self->clock, error);
}

static gboolean
is_open (KouanDeviceSet *self, const char *name)
{
  gpointer const devices[KOUAN_N_DEVICES]
    = { self->camera,  self->document_camera, self->scanner, self->chip_reader,
        self->printer, self->stick,           self->phone,   self->speech };

  return devices[index_of (name)] != NULL;
}

/* At once: whoever asks for it from now on finds that it is not there, or that it is again. */
void
kouan_device_set_set_disabled (KouanDeviceSet *self, const char *name, gboolean disabled)
{
  const char *source;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_DEVICE_SET (self));

  source = kouan_station_get_value (self->station, "devices", name);
  self->disabled[index_of (name)] = disabled;
  kouan_troubles_set (self->station, name, disabled ? "disabled" : NULL);
  if (source != NULL && !disabled && !is_open (self, name))
    {
      gpointer device = open_one (self, name, source, &error);

      settle (self, name, device, error);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * kouan_device_set_open:
 * @db: (nullable): without it none is disabled
 */
void
kouan_device_set_open (KouanDeviceSet *self, KouanDatabase *db)
{
  const char *const *names = kouan_device_names ();

  g_return_if_fail (KOUAN_IS_DEVICE_SET (self));

  for (guint i = 0; names[i] != NULL; i++)
    kouan_device_set_set_disabled (self, names[i],
                                   db != NULL && kouan_staff_is_disabled (db, names[i]));
}

/* Asks those that answer without moving anything how they are. */
void
kouan_device_set_refresh (KouanDeviceSet *self)
{
  g_return_if_fail (KOUAN_IS_DEVICE_SET (self));

  if (kouan_device_set_get_scanner (self) != NULL)
    kouan_scanner_refresh (self->scanner);
  if (kouan_device_set_get_printer (self) != NULL)
    kouan_printer_refresh (self->printer);
}

KouanCamera *
kouan_device_set_get_camera (KouanDeviceSet *self)
{
  return self->disabled[index_of ("camera")] ? NULL : self->camera;
}

KouanCamera *
kouan_device_set_get_document_camera (KouanDeviceSet *self)
{
  return self->disabled[index_of ("document-camera")] ? NULL : self->document_camera;
}

KouanScanner *
kouan_device_set_get_scanner (KouanDeviceSet *self)
{
  return self->disabled[index_of ("scanner")] ? NULL : self->scanner;
}

KouanDocumentReader *
kouan_device_set_get_chip_reader (KouanDeviceSet *self)
{
  return self->disabled[index_of ("chip")] ? NULL : self->chip_reader;
}

KouanPrinter *
kouan_device_set_get_printer (KouanDeviceSet *self)
{
  return self->disabled[index_of ("printer")] ? NULL : self->printer;
}

KouanStick *
kouan_device_set_get_stick (KouanDeviceSet *self)
{
  return self->disabled[index_of ("stick")] ? NULL : self->stick;
}

KouanPhone *
kouan_device_set_get_phone (KouanDeviceSet *self)
{
  return self->disabled[index_of ("phone")] ? NULL : self->phone;
}

KouanSpeech *
kouan_device_set_get_speech (KouanDeviceSet *self)
{
  return self->disabled[index_of ("voice")] ? NULL : self->speech;
}

gboolean
kouan_device_set_is_configured (KouanDeviceSet *self, const char *name)
{
  g_return_val_if_fail (KOUAN_IS_DEVICE_SET (self), FALSE);

  return kouan_station_get_value (self->station, "devices", name) != NULL;
}

/* Returns: what is known of it; OFF where nobody has asked it yet */
KouanDeviceState
kouan_device_set_get_state (KouanDeviceSet *self, const char *name)
{
  g_return_val_if_fail (KOUAN_IS_DEVICE_SET (self), KOUAN_DEVICE_FAILED);

  return self->noted[index_of (name)];
}

KouanStation *
kouan_device_set_get_station (KouanDeviceSet *self)
{
  return self->station;
}

KouanClock *
kouan_device_set_get_clock (KouanDeviceSet *self)
{
  return self->clock;
}

static void
kouan_device_set_dispose (GObject *object)
{
  KouanDeviceSet *self = KOUAN_DEVICE_SET (object);

  g_clear_object (&self->camera);
  g_clear_object (&self->document_camera);
  g_clear_object (&self->scanner);
  g_clear_object (&self->chip_reader);
  g_clear_object (&self->printer);
  g_clear_object (&self->stick);
  g_clear_object (&self->phone);
  g_clear_object (&self->speech);
  g_clear_object (&self->pixels);
  g_clear_object (&self->station);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (kouan_device_set_parent_class)->dispose (object);
}

static void
kouan_device_set_finalize (GObject *object)
{
  KouanDeviceSet *self = KOUAN_DEVICE_SET (object);

  g_free (self->scan);
  g_free (self->phone_program);
  g_free (self->voice_program);
  g_free (self->messages);
  G_OBJECT_CLASS (kouan_device_set_parent_class)->finalize (object);
}

static void
kouan_device_set_class_init (KouanDeviceSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kouan_device_set_dispose;
  object_class->finalize = kouan_device_set_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_device_set_init (KouanDeviceSet *self G_GNUC_UNUSED)
{
}

KouanDeviceSet *
kouan_device_set_new (KouanStation *station,
                      KouanClock *clock,
                      KouanPixels *pixels,
                      const KouanDevicePrograms *programs)
{
  KouanDeviceSet *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station) && KOUAN_IS_CLOCK (clock), NULL);

  self = g_object_new (KOUAN_TYPE_DEVICE_SET, NULL);
  self->station = g_object_ref (station);
  self->clock = g_object_ref (clock);
  self->pixels = g_object_ref (pixels);
  self->scan = g_strdup (programs->scan);
  self->phone_program = g_strdup (programs->phone);
  self->voice_program = g_strdup (programs->voice);
  self->messages = g_strdup (programs->messages);
  return self;
}
