/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/screen.h"
#include "tests/robot/finger.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <cairo.h>
#include <gio/gio.h>

/* Presses go through XTest, so that they arrive as a mouse's would: hit-tested, delivered, and seen
 * by whatever lies on top. Damage tells when something was painted, so nothing here waits for a
 * length of time that somebody guessed. */

#define DRAG_POINTS 24
#define DRAG_REST_POINTS 12
#define DRAG_X 44 /* pixels */

struct _RobotScreen
{
  Display *display;
  Window root;
  Damage damage;
  int damage_event;
  int width;
  int height;
  RobotFinger *finger; /* (nullable): a mouse presses in its place */
};

/**
 * robot_screen_open:
 *
 * Returns: (transfer full) (nullable): the screen that $DISPLAY names
 */
RobotScreen *
robot_screen_open (GError **error)
{
  g_autofree RobotScreen *self = g_new0 (RobotScreen, 1);
  int damage_error, test_event, test_error, major, minor;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no X screen answers");
      return NULL;
    }
  if (!XDamageQueryExtension (self->display, &self->damage_event, &damage_error)
      || !XTestQueryExtension (self->display, &test_event, &test_error, &major, &minor))
    {
      XCloseDisplay (self->display);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "the X screen lacks DAMAGE or XTEST");
      return NULL;
    }
  self->root = DefaultRootWindow (self->display);
  self->width = DisplayWidth (self->display, DefaultScreen (self->display));
  self->height = DisplayHeight (self->display, DefaultScreen (self->display));
  self->damage = XDamageCreate (self->display, self->root, XDamageReportNonEmpty);
  return g_steal_pointer (&self);
}

/* A compositor that runs in a window of this server has a window of its own choice of size; it
 * becomes the screen. */
static void
fill_with_compositor (RobotScreen *self)
{
  Window window = None;

  XSelectInput (self->display, self->root, SubstructureNotifyMask);
  while (window == None)
    {
      Window root, parent, *windows;
      unsigned int count;
      XEvent event;

      if (XQueryTree (self->display, self->root, &root, &parent, &windows, &count) && count > 0)
        {
          XWindowAttributes attributes;

          for (unsigned int i = 0; i < count; i++)
            if (XGetWindowAttributes (self->display, windows[i], &attributes)
                && attributes.map_state == IsViewable && attributes.width > 1)
              window = windows[i];
          XFree (windows);
        }
      if (window == None)
        XNextEvent (self->display, &event);
    }
  XSelectInput (self->display, self->root, NoEventMask);
  XMoveResizeWindow (self->display, window, 0, 0, (unsigned)self->width, (unsigned)self->height);
  XSetInputFocus (self->display, window, RevertToParent, CurrentTime);
  XSync (self->display, False);
}

/**
 * robot_screen_touch:
 * @socket_path: of the server's touch panel
 *
 * From now on presses are those of a finger, and the window of the compositor that shows the kiosk
 * is the screen.
 */
gboolean
robot_screen_touch (RobotScreen *self, const char *socket_path, GError **error)
{
  self->finger = robot_finger_new (socket_path, self->width, self->height, error);
  if (self->finger == NULL)
    return FALSE;
  fill_with_compositor (self);
  return TRUE;
}

void
robot_screen_close (RobotScreen *self)
{
  g_clear_pointer (&self->finger, robot_finger_free);
  XCloseDisplay (self->display);
  g_free (self);
}

gboolean
robot_screen_is_lower_half (RobotScreen *self, RobotPoint point)
{
  return point.y > self->height / 2.0;
}

static void
move_to (RobotScreen *self, RobotPoint point)
{
  XTestFakeMotionEvent (self->display, -1, (int)point.x, (int)point.y, CurrentTime);
}

/**
 * robot_screen_press:
 *
 * One short press of the first button. The finger is lifted off the glass afterwards: the pointer
 * goes to the corner, so that no widget stays lit by it.
 */
void
robot_screen_press (RobotScreen *self, RobotPoint point)
{
  if (self->finger != NULL)
    {
      robot_finger_down (self->finger, point);
      robot_finger_up (self->finger, point);
      return;
    }
  move_to (self, point);
  XTestFakeButtonEvent (self->display, 1, True, CurrentTime);
  XTestFakeButtonEvent (self->display, 1, False, CurrentTime);
  move_to (self, (RobotPoint){ self->width - 1, self->height - 1 });
  XFlush (self->display);
}

/* @keysym: of X11/keysym.h; one short press, on whatever keyboard the kiosk has */
void
robot_screen_key (RobotScreen *self, unsigned long keysym)
{
  KeyCode code = XKeysymToKeycode (self->display, keysym);

  g_return_if_fail (code != 0);
  XTestFakeKeyEvent (self->display, code, True, CurrentTime);
  XTestFakeKeyEvent (self->display, code, False, CurrentTime);
  XFlush (self->display);
}

static void
stroke (RobotScreen *self, const RobotPoint *points, gsize n_points, unsigned long pace_ms)
{
  robot_finger_down (self->finger, points[0]);
  for (gsize i = 1; i < n_points; i++)
    {
      g_usleep (pace_ms * 1000);
      robot_finger_move (self->finger, points[i]);
    }
  robot_finger_up (self->finger, points[n_points - 1]);
}

/**
 * robot_screen_drag:
 *
 * One stroke through the points, 8 ms from one to the next, as a hand would bring them: faster ones
 * would be merged into one movement by the toolkit.
 */
void
robot_screen_drag (RobotScreen *self, const RobotPoint *points, gsize n_points)
{
  const unsigned long pace_ms = 8;

  g_return_if_fail (n_points > 0);
  if (self->finger != NULL)
    {
      stroke (self, points, n_points, pace_ms);
      return;
    }
  move_to (self, points[0]);
  XTestFakeButtonEvent (self->display, 1, True, CurrentTime);
  for (gsize i = 1; i < n_points; i++)
    XTestFakeMotionEvent (self->display, -1, (int)points[i].x, (int)points[i].y, pace_ms);
  XTestFakeButtonEvent (self->display, 1, False, pace_ms);
  XSync (self->display, False);
}

gboolean
robot_screen_is_touched (RobotScreen *self)
{
  return self->finger != NULL;
}

/**
 * robot_screen_drag_page:
 * @below: whether what is below is wanted, and the finger goes up
 *
 * At the edge of the page, where nothing else takes a drag. The finger rests before it leaves the
 * glass, so that the page does not go on by itself.
 */
void
robot_screen_drag_page (RobotScreen *self, gboolean below)
{
  RobotPoint points[DRAG_POINTS + DRAG_REST_POINTS];
  double from = self->height * (below ? 0.62 : 0.32), to = self->height * (below ? 0.32 : 0.62);

  for (int i = 0; i < DRAG_POINTS + DRAG_REST_POINTS; i++)
    {
      double part = MIN (1, i / (DRAG_POINTS - 1.0));

      points[i] = (RobotPoint){ DRAG_X, from + part * (to - from) };
    }
  robot_screen_drag (self, points, G_N_ELEMENTS (points));
}

/* Takes the news of what was painted off the connection. Answers whether there was any. */
static gboolean
take_damage (RobotScreen *self)
{
  gboolean damaged = FALSE;

  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      damaged = damaged || event.type == self->damage_event + XDamageNotify;
    }
  if (damaged)
    XDamageSubtract (self->display, self->damage, None, None);
  XFlush (self->display);
  return damaged;
}

/**
 * robot_screen_wait_change:
 *
 * Returns as soon as anything was painted, and after @timeout_ms at the latest.
 */
void
robot_screen_wait_change (RobotScreen *self, int timeout_ms)
{
  GPollFD connection = { ConnectionNumber (self->display), G_IO_IN, 0 };

  if (!take_damage (self))
    g_poll (&connection, 1, timeout_ms);
}

/**
 * robot_screen_wait_still:
 * @quiet_ms: nothing painted for so long counts as still
 * @limit_ms: a live camera picture never comes to rest
 *
 * Returns: FALSE if the screen still moved at the limit
 */
gboolean
robot_screen_wait_still (RobotScreen *self, int quiet_ms, int limit_ms)
{
  gint64 end_us = g_get_monotonic_time () + limit_ms * G_TIME_SPAN_MILLISECOND;
  GPollFD connection = { ConnectionNumber (self->display), G_IO_IN, 0 };

  while (g_get_monotonic_time () < end_us)
    {
      gboolean damaged = take_damage (self);

      if (g_poll (&connection, 1, quiet_ms) == 0 && !damaged && !take_damage (self))
        return TRUE;
    }
  return FALSE;
}

/**
 * robot_screen_read:
 *
 * Returns: (transfer full) (nullable): the pixels of a part of the screen, to be compared with
 * others of the same part; NULL where it is not all on the screen
 */
GBytes *
robot_screen_read (RobotScreen *self, int x, int y, int width, int height)
{
  XImage *image;
  GBytes *pixels;

  if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > self->width
      || y + height > self->height)
    return NULL;
  image = XGetImage (self->display, self->root, x, y, (unsigned)width, (unsigned)height, AllPlanes,
                     ZPixmap);
  if (image == NULL)
    return NULL;
  pixels = g_bytes_new (image->data, (gsize)image->bytes_per_line * (gsize)image->height);
  XDestroyImage (image);
  return pixels;
}

static cairo_status_t
write_image (XImage *image, const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    (guchar *)image->data, CAIRO_FORMAT_RGB24, image->width, image->height, image->bytes_per_line);
  cairo_status_t status = cairo_surface_write_to_png (surface, path);

  cairo_surface_destroy (surface);
  return status;
}

/**
 * robot_screen_save:
 *
 * Writes what is on the screen now as a PNG file.
 */
gboolean
robot_screen_save (RobotScreen *self, const char *path, GError **error)
{
  XImage *image
    = XGetImage (self->display, self->root, 0, 0, self->width, self->height, AllPlanes, ZPixmap);
  cairo_status_t status = CAIRO_STATUS_INVALID_FORMAT;

  if (image != NULL && image->bits_per_pixel == 32)
    status = write_image (image, path);
  if (image != NULL)
    XDestroyImage (image);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
                   cairo_status_to_string (status));
      return FALSE;
    }
  return TRUE;
}
