/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/kiosk.h"

/* The visit and the devices in one hand, wired in main, read by screens. It decides nothing. */

struct _KouanKiosk
{
  GObject parent_instance;

  KouanSession *session;
  KouanIdle *idle;
  KouanPixels *pixels;
  char *codes_program;

  KouanCamera *camera;
  KouanOpticalReader *optical_reader; /* looks through the camera */
  KouanDocumentReader *chip_reader;
  KouanScanner *scanner;
  KouanStick *stick;
  KouanCamera *document_camera;
  KouanPhone *phone;
  KouanPrinter *printer;

  KouanStaffGate *gate; /* (nullable) */
  KouanDeviceSet *devices;
  char *sync_program;
};

G_DEFINE_FINAL_TYPE (KouanKiosk, kouan_kiosk, G_TYPE_OBJECT)

static void
kouan_kiosk_dispose (GObject *object)
{
  KouanKiosk *self = KOUAN_KIOSK (object);

  g_clear_object (&self->session);
  g_clear_object (&self->idle);
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->codes_program, g_free);
  g_clear_object (&self->camera);
  g_clear_object (&self->optical_reader);
  g_clear_object (&self->chip_reader);
  g_clear_object (&self->scanner);
  g_clear_object (&self->stick);
  g_clear_object (&self->document_camera);
  g_clear_object (&self->phone);
  g_clear_object (&self->printer);
  g_clear_object (&self->gate);
  g_clear_object (&self->devices);
  g_clear_pointer (&self->sync_program, g_free);
  G_OBJECT_CLASS (kouan_kiosk_parent_class)->dispose (object);
}

static void
kouan_kiosk_class_init (KouanKioskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_kiosk_dispose;
}

static void
kouan_kiosk_init (KouanKiosk *self G_GNUC_UNUSED)
{
}

/* @session: (nullable): for widgets that know no visit */
KouanKiosk *
kouan_kiosk_new (KouanSession *session, KouanIdle *idle, KouanPixels *pixels)
{
  KouanKiosk *self = g_object_new (KOUAN_TYPE_KIOSK, NULL);

  g_set_object (&self->session, session);
  g_set_object (&self->idle, idle);
  g_set_object (&self->pixels, pixels);
  return self;
}

void
kouan_kiosk_set_camera (KouanKiosk *self, KouanCamera *camera)
{
  g_set_object (&self->camera, camera);
}

/* @program: the whole path of kouan-codes */
void
kouan_kiosk_set_codes_program (KouanKiosk *self, const char *program)
{
  g_free (self->codes_program);
  self->codes_program = g_strdup (program);
}

void
kouan_kiosk_set_optical_reader (KouanKiosk *self, KouanOpticalReader *reader)
{
  g_set_object (&self->optical_reader, reader);
}

void
kouan_kiosk_set_chip_reader (KouanKiosk *self, KouanDocumentReader *reader)
{
  g_set_object (&self->chip_reader, reader);
}

void
kouan_kiosk_set_scanner (KouanKiosk *self, KouanScanner *scanner)
{
  g_set_object (&self->scanner, scanner);
}

void
kouan_kiosk_set_stick (KouanKiosk *self, KouanStick *stick)
{
  g_set_object (&self->stick, stick);
}

void
kouan_kiosk_set_document_camera (KouanKiosk *self, KouanCamera *camera)
{
  g_set_object (&self->document_camera, camera);
}

void
kouan_kiosk_set_phone (KouanKiosk *self, KouanPhone *phone)
{
  g_set_object (&self->phone, phone);
}

void
kouan_kiosk_set_printer (KouanKiosk *self, KouanPrinter *printer)
{
  g_set_object (&self->printer, printer);
}

void
kouan_kiosk_set_gate (KouanKiosk *self, KouanStaffGate *gate)
{
  g_set_object (&self->gate, gate);
}

/* The devices go to their own places too: a screen of a visit asks for the one that it needs. */
void
kouan_kiosk_set_devices (KouanKiosk *self, KouanDeviceSet *devices)
{
  g_set_object (&self->devices, devices);
  kouan_kiosk_set_camera (self, kouan_device_set_get_camera (devices));
  kouan_kiosk_set_chip_reader (self, kouan_device_set_get_chip_reader (devices));
  kouan_kiosk_set_scanner (self, kouan_device_set_get_scanner (devices));
  kouan_kiosk_set_stick (self, kouan_device_set_get_stick (devices));
  kouan_kiosk_set_document_camera (self, kouan_device_set_get_document_camera (devices));
  kouan_kiosk_set_phone (self, kouan_device_set_get_phone (devices));
  kouan_kiosk_set_printer (self, kouan_device_set_get_printer (devices));
}

/* @program: the whole path of kouan-sync */
void
kouan_kiosk_set_sync_program (KouanKiosk *self, const char *program)
{
  g_free (self->sync_program);
  self->sync_program = g_strdup (program);
}

/* Somebody has called, or was answered: the hub's page need not wait for the next run. A process of
 * its own does it; nothing depends on it. */
void
kouan_kiosk_tell_hub (KouanKiosk *self)
{
  KouanStation *station = kouan_session_get_station (self->session);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (self->sync_program == NULL || kouan_station_get_value (station, "hub", "url") == NULL)
    return;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, self->sync_program,
                              "--station", kouan_station_get_folder (station), "--tell", NULL);
  if (process == NULL)
    g_message ("The hub is not told: %s", error->message);
}

KouanStaffGate *
kouan_kiosk_get_gate (KouanKiosk *self)
{
  return self->gate;
}

KouanDeviceSet *
kouan_kiosk_get_devices (KouanKiosk *self)
{
  return self->devices;
}

const char *
kouan_kiosk_get_sync_program (KouanKiosk *self)
{
  return self->sync_program;
}

KouanSession *
kouan_kiosk_get_session (KouanKiosk *self)
{
  return self->session;
}

KouanIdle *
kouan_kiosk_get_idle (KouanKiosk *self)
{
  return self->idle;
}

KouanPixels *
kouan_kiosk_get_pixels (KouanKiosk *self)
{
  return self->pixels;
}

const char *
kouan_kiosk_get_codes_program (KouanKiosk *self)
{
  return self->codes_program;
}

/* Returns: (transfer none) (nullable), as do the next seven */
KouanCamera *
kouan_kiosk_get_camera (KouanKiosk *self)
{
  return self->camera;
}

KouanOpticalReader *
kouan_kiosk_get_optical_reader (KouanKiosk *self)
{
  return self->optical_reader;
}

KouanDocumentReader *
kouan_kiosk_get_chip_reader (KouanKiosk *self)
{
  return self->chip_reader;
}

KouanScanner *
kouan_kiosk_get_scanner (KouanKiosk *self)
{
  return self->scanner;
}

KouanStick *
kouan_kiosk_get_stick (KouanKiosk *self)
{
  return self->stick;
}

KouanCamera *
kouan_kiosk_get_document_camera (KouanKiosk *self)
{
  return self->document_camera;
}

KouanPhone *
kouan_kiosk_get_phone (KouanKiosk *self)
{
  return self->phone;
}

KouanPrinter *
kouan_kiosk_get_printer (KouanKiosk *self)
{
  return self->printer;
}
