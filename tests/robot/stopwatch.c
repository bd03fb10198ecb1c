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
 * The first other pixel is the answer to the press. It is a new page as soon as the pixels that
 * changed outside the pressed widget lie in a rectangle of a fifth of the screen or more: the
 * heading is at the top of a page and what it asks below, while a press that only chooses changes
 * the choice, and at most the button that goes on. A page without a change of the picture is none.
 *
 * The copy of the screen is taken before the press, and each comparison costs a few milliseconds of
 * a processor, which the kiosk may have to wait for: what is measured is never too short. */

#define PAGE_SHARE 0.2
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

/* Where the screen is another than before the press.
 *
 * @outside: (out): the smallest rectangle about what changed outside the pressed widget
 *
 * Returns: whether any pixel is another */
static gboolean
compare (RobotStopwatch *self, AtspiRect *outside)
{
  int width = self->image->width, height = self->image->height;
  int left = width, right = -1, top = height, bottom = -1;
  gsize stride = (gsize)self->image->bytes_per_line;
  gboolean differs = FALSE;

  for (int y = 0; y < height; y++)
    {
      const guint32 *now = (const guint32 *)(gpointer)(self->image->data + (gsize)y * stride);
      const guint32 *then = (const guint32 *)(gpointer)(self->before + (gsize)y * stride);

      if (memcmp (now, then, stride) == 0)
        continue;
      differs = TRUE;
      for (int x = 0; x < width; x++)
        {
          if (now[x] == then[x] || is_inside (&self->box, x, y))
            continue;
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
    }
  *outside = (AtspiRect){ left, top, MAX (right - left + 1, 0), MAX (bottom - top + 1, 0) };
  return differs;
}

/* With the mutex held. */
static void
look (RobotStopwatch *self, gint64 time_us)
{
  AtspiRect outside;
  double share;

  grab (self);
  if (!compare (self, &outside))
    return;
  if (self->answer_us == 0)
    self->answer_us = time_us;
  share = (double)outside.width * outside.height / (self->image->width * self->image->height);
  if (share < PAGE_SHARE)
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
