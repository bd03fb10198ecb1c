/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/press/presser.h"

#include "tests/ui/testkit/picture.h"
#include "ui/widgets/canvas.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

#define WAIT_MS 1000 /* a press without an answer by then has none */
#define ASIDE_X 8    /* each press a little aside of the one before: glass has ink where it was */
#define ASIDE_Y -5
#define PLACES 5
#define EDGE 12 /* what belongs to a widget and is painted around it, such as the focus */

struct _KouanPresser
{
  GtkWindow *window;
  Display *x;
  Window root;
  gint64 painted; /* frames of the window */
  gulong handler;
  GdkFrameClock *clock;
  guint presses;
};

static void
on_after_paint (GdkFrameClock *clock G_GNUC_UNUSED, KouanPresser *self)
{
  self->painted++;
}

/* @window: is shown; stays the caller's */
KouanPresser *
kouan_presser_new (GtkWindow *window)
{
  KouanPresser *self = g_new0 (KouanPresser, 1);

  self->window = window;
  self->x = gdk_x11_display_get_xdisplay (gtk_widget_get_display (GTK_WIDGET (window)));
  self->root = DefaultRootWindow (self->x);
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  self->handler = g_signal_connect (self->clock, "after-paint", G_CALLBACK (on_after_paint), self);
  return self;
}

void
kouan_presser_free (KouanPresser *self)
{
  g_signal_handler_disconnect (self->clock, self->handler);
  g_free (self);
}

/* A scrolled page takes the press only to see whether it becomes a movement, and so does a picture
 * that can be moved about. What is behind a panel is no widget to a person: pressing there is a
 * change of the page. */
static gboolean
takes_presses (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint count = g_list_model_get_n_items (controllers);

  if (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_WINDOW (widget) || GTK_IS_TEXT (widget)
      || GTK_IS_LABEL (widget) || KOUAN_IS_CANVAS (widget)
      || gtk_widget_has_css_class (widget, "shade"))
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller) || GTK_IS_GESTURE_DRAG (controller))
        return TRUE;
    }
  return FALSE;
}

/* @place: (out): its middle, on the screen */
static gboolean
find_middle (KouanPresser *self, GtkWidget *target, graphene_point_t *place)
{
  graphene_rect_t bounds;
  int x, y;
  Window child;

  if (!gtk_widget_compute_bounds (target, GTK_WIDGET (self->window), &bounds)
      || bounds.size.width < 1 || bounds.size.height < 1)
    return FALSE;
  graphene_rect_get_center (&bounds, place);
  XTranslateCoordinates (
    self->x, gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (self->window))),
    self->root, 0, 0, &x, &y, &child);
  place->x += (float)x;
  place->y += (float)y;
  return TRUE;
}

/* Whether a press on the middle of it would reach it. */
static gboolean
is_on_top (KouanPresser *self, GtkWidget *target)
{
  graphene_rect_t bounds;
  graphene_point_t middle;
  GtkWidget *hit;

  if (!gtk_widget_compute_bounds (target, GTK_WIDGET (self->window), &bounds))
    return FALSE;
  graphene_rect_get_center (&bounds, &middle);
  hit = gtk_widget_pick (GTK_WIDGET (self->window), (double)middle.x, (double)middle.y,
                         GTK_PICK_DEFAULT);
  return hit != NULL && (hit == target || gtk_widget_is_ancestor (hit, target));
}

static void
collect (KouanPresser *self, GtkWidget *widget, GPtrArray *targets)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_target (widget))
    return;
  if (takes_presses (widget) && gtk_widget_is_sensitive (widget) && is_on_top (self, widget))
    g_ptr_array_add (targets, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (self, child, targets);
}

/* Returns: (transfer full) (element-type GtkWidget): all that a finger can reach now */
GPtrArray *
kouan_presser_targets (KouanPresser *self)
{
  GPtrArray *targets = g_ptr_array_new ();

  collect (self, GTK_WIDGET (self->window), targets);
  return targets;
}

/* (transfer full): the screen about @target */
static XImage *
look (KouanPresser *self, GtkWidget *target, graphene_point_t middle)
{
  int width = DisplayWidth (self->x, DefaultScreen (self->x));
  int height = DisplayHeight (self->x, DefaultScreen (self->x));
  int half_width = gtk_widget_get_width (target) / 2 + EDGE;
  int half_height = gtk_widget_get_height (target) / 2 + EDGE;
  int left = MAX ((int)middle.x - half_width, 0), top = MAX ((int)middle.y - half_height, 0);
  int right = MIN ((int)middle.x + half_width, width);
  int bottom = MIN ((int)middle.y + half_height, height);

  return XGetImage (self->x, self->root, left, top, (unsigned)(right - left),
                    (unsigned)(bottom - top), AllPlanes, ZPixmap);
}

static gboolean
differ (XImage *a, XImage *b)
{
  gsize size = (gsize)a->bytes_per_line * (gsize)a->height;

  return memcmp (a->data, b->data, size) != 0;
}

static void
iterate (gint64 end_us)
{
  while (!g_main_context_iteration (NULL, FALSE) && g_get_monotonic_time () < end_us)
    g_usleep (200);
}

/* Milliseconds until @target looks another way than in @before. */
static double
wait_answer (KouanPresser *self, GtkWidget *target, graphene_point_t middle, XImage *before)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 end_us = start_us + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gint64 seen = self->painted;
  gboolean answered = FALSE;
  gint64 now_us = start_us;

  while (!answered && now_us < end_us)
    {
      XImage *now;

      iterate (end_us);
      now_us = g_get_monotonic_time ();
      if (self->painted == seen)
        continue;
      seen = self->painted;
      XSync (self->x, False);
      now_us = g_get_monotonic_time ();
      now = look (self, target, middle);
      answered = differ (before, now);
      XDestroyImage (now);
    }
  return answered ? (double)(now_us - start_us) / 1000 : WAIT_MS;
}

static void
settle (KouanPresser *self)
{
  XSync (self->x, False);
  kouan_test_wait_for_frame (self->window);
}

/**
 * kouan_presser_press:
 *
 * Puts the pointer on @target, presses and, when it was answered or could have been, goes away from
 * it and lets go.
 *
 * Returns: milliseconds from the press to the first frame in which it looks another way; %WAIT_MS
 * where none came
 */
double
kouan_presser_press (KouanPresser *self, GtkWidget *target)
{
  graphene_point_t middle;
  XImage *before;
  double took_ms;
  int aside;

  gtk_window_set_focus (self->window, NULL);
  if (!find_middle (self, target, &middle))
    return WAIT_MS;
  aside = (int)(self->presses++ % PLACES);
  XTestFakeMotionEvent (self->x, -1, (int)middle.x + aside * ASIDE_X,
                        (int)middle.y + aside * ASIDE_Y, CurrentTime);
  settle (self);
  before = look (self, target, middle);
  XTestFakeButtonEvent (self->x, 1, True, CurrentTime);
  XFlush (self->x);
  took_ms = wait_answer (self, target, middle, before);
  XTestFakeMotionEvent (self->x, -1, DisplayWidth (self->x, DefaultScreen (self->x)) - 1,
                        DisplayHeight (self->x, DefaultScreen (self->x)) - 1, CurrentTime);
  XTestFakeButtonEvent (self->x, 1, False, CurrentTime);
  settle (self);
  XDestroyImage (before);
  return took_ms;
}
