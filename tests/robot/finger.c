/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/finger.h"

#include <X11/extensions/XI2.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

/* The protocol of the driver, version 1.1, as far as a finger needs it: the client says its version
 * first, the server answers; each event is followed by a request to say when it has been taken.
 * Every message begins with its own length. Places are in parts of 65535. */

#define VERSION_MAJOR 1
#define VERSION_MINOR 1
#define VALUATORS 64
#define RANGE 65535.0
#define TOUCH_ID 1

enum
{
  EVENT_CLIENT_VERSION = 0,
  EVENT_WAIT_FOR_SYNC = 1,
  EVENT_TOUCH = 6,
};

typedef struct
{
  guint32 length; /* bytes, of the whole message */
  guint32 type;
} Header;

typedef struct
{
  Header header;
  guint16 major;
  guint16 minor;
} Version;

typedef struct
{
  Header header;
  guint32 id;
  guint32 type;
  guint32 has_unaccelerated;
  guint8 mask[VALUATORS / 8]; /* which of the values are there */
  double values[VALUATORS];
  double unaccelerated[VALUATORS];
} Touch;

struct _RobotFinger
{
  GSocketConnection *connection;
  int width;
  int height;
};

static void
put (RobotFinger *self, gpointer event, gsize size)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autoptr (GError) error = NULL;

  ((Header *)event)->length = (guint32)size;
  if (!g_output_stream_write_all (out, event, size, NULL, NULL, &error))
    g_error ("The touch panel takes nothing: %s", error->message);
}

static void
take (RobotFinger *self, gpointer answer, gsize size)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  g_autoptr (GError) error = NULL;
  gsize taken;

  if (!g_input_stream_read_all (in, answer, size, &taken, NULL, &error) || taken != size)
    g_error ("The touch panel does not answer");
}

static void
touch (RobotFinger *self, guint type, RobotPoint point)
{
  Touch event = { .header.type = EVENT_TOUCH, .id = TOUCH_ID, .type = type, .mask = { 0x03 } };
  Header wait = { .type = EVENT_WAIT_FOR_SYNC };
  Header taken;

  event.values[0] = point.x * RANGE / self->width;
  event.values[1] = point.y * RANGE / self->height;
  put (self, &event, sizeof event);
  put (self, &wait, sizeof wait);
  take (self, &taken, sizeof taken);
}

/* @width, @height: of the screen under the panel */
RobotFinger *
robot_finger_new (const char *socket_path, int width, int height, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket_path);
  g_autoptr (GSocketConnection) connection
    = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  Version version
    = { .header.type = EVENT_CLIENT_VERSION, .major = VERSION_MAJOR, .minor = VERSION_MINOR };
  Version answer;
  RobotFinger *self;

  if (connection == NULL)
    return NULL;
  self = g_new0 (RobotFinger, 1);
  self->connection = g_steal_pointer (&connection);
  self->width = width;
  self->height = height;
  put (self, &version, sizeof version);
  take (self, &answer, sizeof answer);
  return self;
}

void
robot_finger_free (RobotFinger *self)
{
  g_object_unref (self->connection);
  g_free (self);
}

void
robot_finger_down (RobotFinger *self, RobotPoint point)
{
  touch (self, XI_TouchBegin, point);
}

void
robot_finger_move (RobotFinger *self, RobotPoint point)
{
  touch (self, XI_TouchUpdate, point);
}

void
robot_finger_up (RobotFinger *self, RobotPoint point)
{
  touch (self, XI_TouchEnd, point);
}
