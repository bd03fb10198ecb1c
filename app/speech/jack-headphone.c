/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/jack-headphone.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The switch SW_HEADPHONE_INSERT of an input device: asked once, then followed. See the kernel's
 * Documentation/input/event-codes.rst. A device that goes away takes its headphone with it. */

#define BITS (8 * sizeof (unsigned long))

struct _KouanJackHeadphone
{
  GObject parent_instance;

  int fd; /* -1: there is none */
  guint source;
  gboolean plugged;
};

enum
{
  PROP_0,
  PROP_PLUGGED,
};

static gboolean
jack_headphone_is_plugged (KouanHeadphone *headphone)
{
  return KOUAN_JACK_HEADPHONE (headphone)->plugged;
}

static void
headphone_iface_init (KouanHeadphoneInterface *iface)
{
  iface->is_plugged = jack_headphone_is_plugged;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanJackHeadphone,
                               kouan_jack_headphone,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_HEADPHONE, headphone_iface_init))

static void
set_plugged (KouanJackHeadphone *self, gboolean plugged)
{
  if (self->plugged == plugged)
    return;
  self->plugged = plugged;
  g_object_notify (G_OBJECT (self), "plugged");
}

static void
let_go (KouanJackHeadphone *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static gboolean
on_readable (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
  KouanJackHeadphone *self = KOUAN_JACK_HEADPHONE (data);
  struct input_event event;
  ssize_t size = read (fd, &event, sizeof event);

  if (size == (ssize_t)sizeof event)
    {
      if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT)
        set_plugged (self, event.value != 0);
      return G_SOURCE_CONTINUE;
    }
  if (size < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_message ("The headphone jack does not answer any more");
  self->source = 0;
  let_go (self);
  set_plugged (self, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
ask (int fd)
{
  unsigned long switches[SW_CNT / BITS + 1] = { 0 };

  if (ioctl (fd, EVIOCGSW (sizeof switches), switches) < 0)
    return FALSE;
  return (switches[SW_HEADPHONE_INSERT / BITS] >> (SW_HEADPHONE_INSERT % BITS) & 1) != 0;
}

static void
kouan_jack_headphone_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PLUGGED)
    g_value_set_boolean (value, KOUAN_JACK_HEADPHONE (object)->plugged);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_jack_headphone_finalize (GObject *object)
{
  KouanJackHeadphone *self = KOUAN_JACK_HEADPHONE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  let_go (self);
  G_OBJECT_CLASS (kouan_jack_headphone_parent_class)->finalize (object);
}

static void
kouan_jack_headphone_class_init (KouanJackHeadphoneClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kouan_jack_headphone_get_property;
  G_OBJECT_CLASS (klass)->finalize = kouan_jack_headphone_finalize;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_PLUGGED, "plugged");
}

static void
kouan_jack_headphone_init (KouanJackHeadphone *self)
{
  self->fd = -1;
}

/* @path: an input device of the kernel, such as /dev/input/event3 */
KouanHeadphone *
kouan_jack_headphone_new (const char *path)
{
  KouanJackHeadphone *self = g_object_new (KOUAN_TYPE_JACK_HEADPHONE, NULL);

  self->fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0)
    {
      g_message ("No headphone jack at %s", path);
      return KOUAN_HEADPHONE (self);
    }
  self->plugged = ask (self->fd);
  self->source = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self);
  return KOUAN_HEADPHONE (self);
}
