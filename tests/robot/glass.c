/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/glass.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <poll.h>
#include <unistd.h>

/* Between two visits the kiosk is another program, with another window. The picture that a person
 * sees can become a black one at no other moment than when a window comes or goes, and the server
 * says when that is: so nothing has to be sampled. A thread with a connection of its own looks at
 * the whole screen then. One colour all over is no page. */

struct _RobotGlass
{
  Display *display; /* the thread's */
  Window root;
  unsigned width, height;
  int wake[2];
  GThread *thread;

  GMutex lock; /* guards what follows */
  GCond changed;
  guint gone;
  guint blank;
};

static gboolean
is_blank (RobotGlass *self)
{
  XImage *image
    = XGetImage (self->display, self->root, 0, 0, self->width, self->height, AllPlanes, ZPixmap);
  const guint32 *pixels;
  gsize count, same = 1;

  if (image == NULL)
    return FALSE;
  g_assert (image->bits_per_pixel == 32 && image->bytes_per_line == image->width * 4);
  pixels = (const guint32 *)(const void *)image->data;
  count = (gsize)image->width * (gsize)image->height;
  while (same < count && pixels[same] == pixels[0])
    same++;
  XDestroyImage (image);
  return same == count;
}

static void
take_event (RobotGlass *self, const XEvent *event)
{
  gboolean blank;

  if (event->type != DestroyNotify && event->type != UnmapNotify && event->type != MapNotify)
    return;
  blank = is_blank (self);
  g_mutex_lock (&self->lock);
  self->gone += event->type == DestroyNotify;
  self->blank += blank;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
watch (gpointer data)
{
  RobotGlass *self = data;
  struct pollfd lines[]
    = { { ConnectionNumber (self->display), POLLIN, 0 }, { self->wake[0], POLLIN, 0 } };

  while (lines[1].revents == 0)
    {
      while (XPending (self->display) > 0)
        {
          XEvent event;

          XNextEvent (self->display, &event);
          take_event (self, &event);
        }
      if (poll (lines, G_N_ELEMENTS (lines), -1) < 0)
        break;
    }
  return NULL;
}

/* Returns: (transfer full): watches from now on */
RobotGlass *
robot_glass_new (GError **error)
{
  RobotGlass *self = g_new0 (RobotGlass, 1);
  int screen;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL || !g_unix_open_pipe (self->wake, FD_CLOEXEC, error))
    {
      if (self->display == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no X server answers");
      else
        XCloseDisplay (self->display);
      g_free (self);
      return NULL;
    }
  screen = DefaultScreen (self->display);
  self->root = RootWindow (self->display, screen);
  self->width = (unsigned)DisplayWidth (self->display, screen);
  self->height = (unsigned)DisplayHeight (self->display, screen);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  XSelectInput (self->display, self->root, SubstructureNotifyMask);
  XSync (self->display, False);
  self->thread = g_thread_new ("robot-glass", watch, self);
  return self;
}

void
robot_glass_free (RobotGlass *self)
{
  close (self->wake[1]);
  g_thread_join (self->thread);
  close (self->wake[0]);
  XCloseDisplay (self->display);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Returns: whether @gone windows have been closed, or are within @timeout_ms */
gboolean
robot_glass_wait (RobotGlass *self, guint gone, int timeout_ms)
{
  gint64 end_us = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  while (self->gone < gone)
    if (!g_cond_wait_until (&self->changed, &self->lock, end_us))
      return self->gone >= gone;
  return TRUE;
}

/* Returns: how often the screen showed nothing when a window had come or gone */
guint
robot_glass_count_blank (RobotGlass *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->blank;
}
