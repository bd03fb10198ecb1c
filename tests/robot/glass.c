/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/glass.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <poll.h>
#include <unistd.h>

/* Between two visits the kiosk is another program, with another window. What a person sees can
 * become a black screen then when a window comes or goes, and the server says when that is. A
 * thread with a connection of its own looks at the whole screen at once. One colour all over is no
 * page. What is over before it looks is not seen. */

struct _RobotGlass
{
  Display *display; /* the thread's */
  Window root;
  unsigned width, height;
  GHashTable *pages; /* windows as large as the screen */
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
note_size (RobotGlass *self, Window window, int width, int height)
{
  if (width >= (int)self->width && height >= (int)self->height)
    g_hash_table_add (self->pages, GSIZE_TO_POINTER (window));
}

/* Those that are there already. */
static void
note_windows (RobotGlass *self)
{
  Window root, parent, *windows = NULL;
  unsigned count = 0;

  if (!XQueryTree (self->display, self->root, &root, &parent, &windows, &count))
    return;
  for (unsigned i = 0; i < count; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (self->display, windows[i], &attributes))
        note_size (self, windows[i], attributes.width, attributes.height);
    }
  XFree (windows);
}

static void
take_event (RobotGlass *self, const XEvent *event)
{
  gboolean blank;

  if (event->type == CreateNotify)
    note_size (self, event->xcreatewindow.window, event->xcreatewindow.width,
               event->xcreatewindow.height);
  else if (event->type == ConfigureNotify)
    note_size (self, event->xconfigure.window, event->xconfigure.width, event->xconfigure.height);
  if (event->type != DestroyNotify && event->type != UnmapNotify && event->type != MapNotify)
    return;
  blank = is_blank (self);
  g_mutex_lock (&self->lock);
  self->gone
    += event->type == DestroyNotify
       && g_hash_table_remove (self->pages, GSIZE_TO_POINTER (event->xdestroywindow.window));
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
      (void)poll (lines, G_N_ELEMENTS (lines), -1);
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
  self->pages = g_hash_table_new (NULL, NULL);
  note_windows (self);
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
  g_hash_table_unref (self->pages);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Returns: whether @gone windows as large as the screen have been closed, or are within
 * @timeout_ms */
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
