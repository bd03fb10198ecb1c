/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/stopwatch.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

/* A thread with a connection of its own to the X server is told of every rectangle that is painted,
 * and writes down when. From the start of the watch on it also looks: it keeps a copy of the screen
 * as it was before the press, and compares it with the screen after each painting, so that what
 * counts is pixels that are others, not that somebody painted.
 *
 * The first other pixel is the answer to the press. It is a new page as soon as an eighth of the
 * screen's squares outside the pressed widget have changed: a new page changes its heading and what
 * it asks, which in this kiosk is a fifth of the squares or more, while a press that only chooses
 * changes the choice and the button that goes on, which is a twentieth. A page without a change of
 * the picture is none.
 *
 * The copy of the screen is taken before the press, and each comparison costs a few milliseconds of
 * a processor, which the kiosk may have to wait for: what is measured is never too short. */

#define SQUARE 32 /* px, to a side */
#define PAGE_SHARE 0.125
#define WATCH_US (2 * G_USEC_PER_SEC) /* what has not come by then is no answer to this press */

typedef struct
{
  gint64 time_us;
  AtspiRect box;
} Paint;

typedef struct
{
  guint64 ran_ns;
  guint64 queued_ns;
} Processor;

struct _RobotStopwatch
{
  /* the thread's */
  Display *display;
  Window root;
  int damage_event;
  XShmSegmentInfo segment;
  XImage *image;
  char *before; /* the screen's pixels before the press */
  gsize size;
  int wake[2];
  GThread *thread;

  GMutex mutex;
  GCond taken;
  GArray *paints; /* of Paint */
  gboolean stop;
  gboolean start;
  gboolean watching;
  AtspiRect box;
  int pid;
  gint64 start_us;
  gint64 answer_us;
  gint64 page_us;
  Processor at_start;
  Processor at_page;
};

/* Of the main thread of a process. */
static Processor
read_processor (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", pid);
  g_autofree char *text = NULL;
  Processor used = { 0 };

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &used.ran_ns, &used.queued_ns);
  return used;
}

static void
grab (RobotStopwatch *self)
{
  XShmGetImage (self->display, self->root, self->image, 0, 0, AllPlanes);
}

static gboolean
is_inside (const AtspiRect *box, int x, int y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

static const guint32 *
row_of (RobotStopwatch *self, const char *pixels, int y)
{
  return (const guint32 *)(gconstpointer)(pixels + (gsize)y * (gsize)self->image->bytes_per_line);
}

/* Whether a pixel of a row, from @x on, is another than before the press, outside the pressed
 * widget. */
static gboolean
row_changed (RobotStopwatch *self, int x, int y)
{
  const guint32 *now = row_of (self, self->image->data, y);
  const guint32 *then = row_of (self, self->before, y);

  if (memcmp (now + x, then + x, SQUARE * sizeof *now) == 0)
    return FALSE;
  for (int i = x; i < x + SQUARE; i++)
    if (now[i] != then[i] && !is_inside (&self->box, i, y))
      return TRUE;
  return FALSE;
}

static gboolean
square_changed (RobotStopwatch *self, int x, int y)
{
  for (int row = y; row < y + SQUARE; row++)
    if (row_changed (self, x, row))
      return TRUE;
  return FALSE;
}

/* How much of the screen is another than before the press, outside the pressed widget: 0 to 1. What
 * is left over at the edges of the screen is not looked at. */
static double
changed_share (RobotStopwatch *self)
{
  int columns = self->image->width / SQUARE, rows = self->image->height / SQUARE;
  int changed = 0;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      changed += square_changed (self, column * SQUARE, row * SQUARE);
  return (double)changed / (columns * rows);
}

/* With the mutex held. */
static void
look (RobotStopwatch *self, gint64 time_us)
{
  grab (self);
  if (memcmp (self->image->data, self->before, self->size) == 0)
    return;
  if (self->answer_us == 0)
    self->answer_us = time_us;
  if (changed_share (self) < PAGE_SHARE)
    return;
  self->page_us = time_us;
  self->at_page = read_processor (self->pid);
  self->watching = FALSE;
}

/* With the mutex held. Takes the news of what was painted off the connection. */
static void
take_paints (RobotStopwatch *self)
{
  gint64 time_us = g_get_monotonic_time ();
  gboolean painted = FALSE;

  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == self->damage_event + XDamageNotify)
        {
          XRectangle area = ((XDamageNotifyEvent *)&event)->area;
          Paint paint = { time_us, { area.x, area.y, area.width, area.height } };

          g_array_append_val (self->paints, paint);
          painted = TRUE;
        }
    }
  if (self->watching && time_us > self->start_us + WATCH_US)
    self->watching = FALSE;
  if (painted && self->watching)
    look (self, time_us);
}

/* With the mutex held. */
static void
begin_watch (RobotStopwatch *self)
{
  grab (self);
  memcpy (self->before, self->image->data, self->size);
  self->answer_us = 0;
  self->page_us = 0;
  self->at_start = read_processor (self->pid);
  self->start_us = g_get_monotonic_time ();
  self->watching = TRUE;
  self->start = FALSE;
  g_cond_signal (&self->taken);
}

static gpointer
watch (gpointer data)
{
  RobotStopwatch *self = data;
  GPollFD fds[]
    = { { ConnectionNumber (self->display), G_IO_IN, 0 }, { self->wake[0], G_IO_IN, 0 } };

  while (TRUE)
    {
      char byte;

      g_poll (fds, G_N_ELEMENTS (fds), -1);
      g_mutex_lock (&self->mutex);
      if ((fds[1].revents & G_IO_IN) != 0 && read (self->wake[0], &byte, 1) != 1)
        self->stop = TRUE;
      take_paints (self);
      if (self->start)
        begin_watch (self);
      while (XEventsQueued (self->display, QueuedAlready) > 0) /* read while it looked */
        take_paints (self);
      if (self->stop)
        break;
      g_mutex_unlock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
wake (RobotStopwatch *self)
{
  if (write (self->wake[1], "", 1) != 1)
    g_error ("the stopwatch is gone");
}

static gboolean
share_image (RobotStopwatch *self)
{
  int screen = DefaultScreen (self->display);

  self->image = XShmCreateImage (self->display, DefaultVisual (self->display, screen),
                                 (unsigned)DefaultDepth (self->display, screen), ZPixmap, NULL,
                                 &self->segment, (unsigned)DisplayWidth (self->display, screen),
                                 (unsigned)DisplayHeight (self->display, screen));
  if (self->image == NULL || self->image->bits_per_pixel != 32)
    return FALSE;
  self->size = (gsize)self->image->bytes_per_line * (gsize)self->image->height;
  self->segment.shmid = shmget (IPC_PRIVATE, self->size, IPC_CREAT | 0600);
  if (self->segment.shmid < 0)
    return FALSE;
  self->segment.shmaddr = self->image->data = shmat (self->segment.shmid, NULL, 0);
  XShmAttach (self->display, &self->segment);
  XSync (self->display, False);
  shmctl (self->segment.shmid, IPC_RMID, NULL); /* it goes with the last who has it */
  self->before = g_malloc (self->size);
  return TRUE;
}

/**
 * robot_stopwatch_new:
 *
 * Returns: (transfer full) (nullable): eyes on the screen that $DISPLAY names
 */
RobotStopwatch *
robot_stopwatch_new (GError **error)
{
  RobotStopwatch *self = g_new0 (RobotStopwatch, 1);
  int damage_error;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL
      || !XDamageQueryExtension (self->display, &self->damage_event, &damage_error)
      || !XShmQueryExtension (self->display) || !share_image (self))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "no X screen with DAMAGE and MIT-SHM answers");
      return NULL;
    }
  self->root = DefaultRootWindow (self->display);
  XDamageCreate (self->display, self->root, XDamageReportRawRectangles);
  XFlush (self->display);
  self->paints = g_array_new (FALSE, FALSE, sizeof (Paint));
  if (!g_unix_open_pipe (self->wake, FD_CLOEXEC, error))
    return NULL;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->taken);
  self->thread = g_thread_new ("stopwatch", watch, self);
  return self;
}

void
robot_stopwatch_free (RobotStopwatch *self)
{
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_mutex_unlock (&self->mutex);
  wake (self);
  g_thread_join (self->thread);
  XShmDetach (self->display, &self->segment);
  XDestroyImage (self->image);
  XCloseDisplay (self->display);
  close (self->wake[0]);
  close (self->wake[1]);
  g_array_unref (self->paints);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->taken);
  g_free (self->before);
  g_free (self);
}

/**
 * robot_stopwatch_start:
 * @box: of the widget that is pressed next
 * @pid: of the program that is to answer
 *
 * Returns when the screen was looked at: the press comes right after.
 */
void
robot_stopwatch_start (RobotStopwatch *self, const AtspiRect *box, int pid)
{
  g_mutex_lock (&self->mutex);
  self->box = *box;
  self->pid = pid;
  self->start = TRUE;
  wake (self);
  while (self->start)
    g_cond_wait (&self->taken, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static double
between_ms (gint64 from_us, gint64 to_us)
{
  return to_us == 0 ? -1 : (double)(to_us - from_us) / 1000;
}

/* What has come of the last start until now. */
RobotReading
robot_stopwatch_read (RobotStopwatch *self)
{
  RobotReading reading;

  g_mutex_lock (&self->mutex);
  reading.answer_ms = between_ms (self->start_us, self->answer_us);
  reading.page_ms = between_ms (self->start_us, self->page_us);
  reading.processor_ms = -1;
  reading.queued_ms = -1;
  if (self->page_us != 0)
    {
      reading.processor_ms = (double)(self->at_page.ran_ns - self->at_start.ran_ns) / 1e6;
      reading.queued_ms = (double)(self->at_page.queued_ns - self->at_start.queued_ns) / 1e6;
    }
  self->watching = FALSE;
  g_mutex_unlock (&self->mutex);
  return reading;
}

static gboolean
touches (const AtspiRect *a, const AtspiRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/**
 * robot_stopwatch_last_paint_us:
 *
 * Returns: when any part of @box was painted last, until now, as g_get_monotonic_time(); 0: never
 */
gint64
robot_stopwatch_last_paint_us (RobotStopwatch *self, const AtspiRect *box)
{
  gint64 last_us = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = self->paints->len; i > 0 && last_us == 0; i--)
    {
      const Paint *paint = &g_array_index (self->paints, Paint, i - 1);

      if (touches (&paint->box, box))
        last_us = paint->time_us;
    }
  g_mutex_unlock (&self->mutex);
  return last_us;
}
