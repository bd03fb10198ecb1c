/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/memory/habit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The first time that a step is taken, the widget is looked for in the accessibility tree, which
 * costs some hundred messages to the kiosk. Its place and its pixels are kept. From then on the
 * step is taken as soon as the screen shows those pixels at that place, as a hand does that knows
 * its way about. Two pages that follow each other have the same button at the same place, so that
 * the steps between have to name something of the page that the other does not have: its heading.
 *
 * Where the pixels do not come in time, the tree is asked again, and what it says is kept. */

#define DEADLINE_MS 60000
#define PATIENCE_MS 4000 /* for the pixels, before the tree is asked */
#define STILL_MS 80
#define STILL_LIMIT_MS 1500
#define LOOK_AGAIN_MS 40
#define STROKE_POINTS 12

typedef struct
{
  AtspiRect box;
  GBytes *pixels;
} Known;

struct _Habit
{
  RobotScreen *screen;
  char *application;
  RobotHand hand;
  GHashTable *known;   /* "what was seen last, what is wanted" → Known */
  const char *heading; /* (nullable): what was seen last; of a table of steps */
  guint looks;
};

static void
known_free (gpointer data)
{
  Known *known = data;

  g_clear_pointer (&known->pixels, g_bytes_unref);
  g_free (known);
}

/* @application: the program's name on the accessibility bus. @hand: its strings stay the caller's
 */
Habit *
habit_new (const char *application, RobotHand hand, GError **error)
{
  g_autoptr (RobotScreen) screen = robot_screen_open (error);
  Habit *self;

  if (screen == NULL)
    return NULL;
  atspi_init ();
  self = g_new0 (Habit, 1);
  self->screen = g_steal_pointer (&screen);
  self->application = g_strdup (application);
  self->hand = hand;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  return self;
}

void
habit_free (Habit *self)
{
  robot_screen_close (self->screen);
  g_hash_table_unref (self->known);
  g_free (self->application);
  g_free (self);
  atspi_exit ();
}

/* How often the tree was asked. */
guint
habit_get_looks (const Habit *self)
{
  return self->looks;
}

static GBytes *
read_box (Habit *self, AtspiRect box)
{
  return robot_screen_read (self->screen, box.x, box.y, box.width, box.height);
}

static gboolean
shows (Habit *self, const Known *known)
{
  g_autoptr (GBytes) now = read_box (self, known->box);

  return now != NULL && g_bytes_equal (now, known->pixels);
}

static gboolean
wait_known (Habit *self, const Known *known)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!shows (self, known))
    {
      if (g_get_monotonic_time () > end_us)
        return FALSE;
      robot_screen_wait_change (self->screen, LOOK_AGAIN_MS);
    }
  return TRUE;
}

static G_NORETURN void
give_up (Habit *self, const char *name)
{
  g_autoptr (GPtrArray) list = robot_tree_list (self->application);

  g_printerr ("\"%s\" did not come up after \"%s\". What is there:\n", name,
              self->heading != NULL ? self->heading : "");
  for (guint i = 0; i < list->len; i++)
    g_printerr ("  \"%s\"\n", ((const RobotWidget *)list->pdata[i])->name);
  robot_screen_save (self->screen, "failed.png", NULL);
  exit (3);
}

static void
scroll_down (Habit *self)
{
  RobotWanted wanted = { ATSPI_ROLE_PUSH_BUTTON, "Show what is below" };
  g_autoptr (RobotWidget) button = robot_tree_find (self->application, &wanted, NULL);

  if (button != NULL && button->sensitive)
    robot_screen_press (self->screen, robot_widget_centre (button));
}

static RobotWidget *
look_up (Habit *self, const RobotStep *step)
{
  RobotWanted wanted = { step->role, step->text };
  gint64 end_us = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  self->looks++;
  while (TRUE)
    {
      RobotPoint place = { NAN, NAN };
      g_autoptr (RobotWidget) widget = robot_tree_find (self->application, &wanted, &place);

      if (widget != NULL && (step->verb != ROBOT_PRESS || widget->sensitive))
        return g_steal_pointer (&widget);
      if (g_get_monotonic_time () > end_us)
        give_up (self, step->text);
      if (widget == NULL && !isnan (place.y))
        scroll_down (self);
      robot_screen_wait_change (self->screen, LOOK_AGAIN_MS);
    }
}

/* Where the page moved while it was looked up, it is looked up again. @key: (transfer full) */
static Known *
learn (Habit *self, const RobotStep *step, char *key)
{
  g_autoptr (RobotWidget) widget = look_up (self, step);
  g_autoptr (GBytes) moving = read_box (self, widget->box);
  Known *known = g_new0 (Known, 1);

  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
  known->box = widget->box;
  known->pixels = read_box (self, known->box);
  if (moving == NULL || known->pixels == NULL || !g_bytes_equal (moving, known->pixels))
    {
      g_autoptr (RobotWidget) still = look_up (self, step);

      g_clear_pointer (&known->pixels, g_bytes_unref);
      known->box = still->box;
      known->pixels = read_box (self, known->box);
    }
  if (known->pixels == NULL)
    give_up (self, step->text);
  g_hash_table_insert (self->known, key, known);
  return known;
}

/* The same button is at the same place of the same page, whoever comes to it and from where. */
static AtspiRect
find (Habit *self, const RobotStep *step)
{
  char *key = g_strdup_printf ("%s\n%s", self->heading != NULL ? self->heading : "", step->text);
  const Known *known = g_hash_table_lookup (self->known, key);

  if (known == NULL || !wait_known (self, known))
    known = learn (self, step, key);
  else
    g_free (key);
  if (step->verb == ROBOT_SEE)
    self->heading = step->text;
  return known->box;
}

static RobotPoint
centre_of (AtspiRect box)
{
  return (RobotPoint){ box.x + box.width / 2.0, box.y + box.height / 2.0 };
}

static void
sign (Habit *self, AtspiRect box)
{
  RobotPoint points[STROKE_POINTS];

  for (int i = 0; i < STROKE_POINTS; i++)
    points[i] = (RobotPoint){ box.x + box.width * (0.2 + 0.05 * i),
                              box.y + box.height * (i % 2 == 0 ? 0.3 : 0.7) };
  robot_screen_drag (self->screen, points, STROKE_POINTS);
}

void
habit_take (Habit *self, const RobotStep *steps, gsize count)
{
  for (const RobotStep *step = steps; step < steps + count; step++)
    {
      AtspiRect box = { 0 };

      if (step->verb == ROBOT_HOLD)
        {
          robot_hold_up (&self->hand, step->text);
          continue;
        }
      box = find (self, step);
      if (step->verb == ROBOT_PRESS)
        robot_screen_press (self->screen, centre_of (box));
      else if (step->verb == ROBOT_SIGN)
        sign (self, box);
    }
}
