/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/robot.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEADLINE_MS 15000
#define DEADLINE_TOUCH_MS 60000
#define LOOK_AGAIN_MS 40 /* the tree may follow the paint by a moment */
#define STILL_MS 80
#define STILL_LIMIT_MS 1500 /* longer than any motion of a page; a camera's picture never stops */
#define WORK_LIMIT_MS 1000
#define STROKE_POINTS 60

struct _Robot
{
  RobotScreen *screen;
  char *application;
  char *pictures;
  guint n_pictures;
  int deadline_ms;
  double waited_s;
  RobotButtons buttons;
  RobotFigures *figures; /* (nullable): the caller's */
};

/**
 * robot_new:
 * @application: the program's name on the accessibility bus
 * @pictures: a folder that is there
 *
 * Returns: (transfer full) (nullable): an applicant in front of the screen that $DISPLAY names
 */
Robot *
robot_new (const char *application, const char *pictures, GError **error)
{
  g_autoptr (RobotScreen) screen = robot_screen_open (error);
  Robot *self;

  if (screen == NULL)
    return NULL;
  atspi_init ();
  self = g_new0 (Robot, 1);
  self->screen = g_steal_pointer (&screen);
  self->application = g_strdup (application);
  self->pictures = g_strdup (pictures);
  self->deadline_ms = DEADLINE_MS;
  self->buttons = (RobotButtons){
    "Space",         "Capital letters",    "Digits and signs",   "Letters",
    "Latin letters", "Show what is above", "Show what is below",
  };
  return self;
}

/* From now on with a finger instead of a mouse; see robot_screen_touch(). A compositor that paints
 * without a graphics card takes its time over a camera's picture. */
gboolean
robot_touch (Robot *self, const char *socket_path, GError **error)
{
  self->deadline_ms = DEADLINE_TOUCH_MS;
  return robot_screen_touch (self->screen, socket_path, error);
}

void
robot_free (Robot *self)
{
  robot_screen_close (self->screen);
  g_free (self->application);
  g_free (self->pictures);
  g_free (self);
  atspi_exit ();
}

void
robot_set_deadline (Robot *self, int deadline_ms)
{
  self->deadline_ms = deadline_ms;
}

/* @buttons: its strings stay the caller's, and stay */
void
robot_set_buttons (Robot *self, const RobotButtons *buttons)
{
  self->buttons = *buttons;
}

void
robot_set_figures (Robot *self, RobotFigures *figures)
{
  self->figures = figures;
}

double
robot_get_waited_s (Robot *self)
{
  return self->waited_s;
}

/* A page that has just begun to make something shows it in a moment; one that goes on for longer is
 * a page of its own. */
static void
wait_for_work (Robot *self)
{
  gint64 end_us = g_get_monotonic_time () + WORK_LIMIT_MS * G_TIME_SPAN_MILLISECOND;

  while (robot_sees (self, ATSPI_ROLE_PROGRESS_BAR, "*") && g_get_monotonic_time () < end_us)
    robot_screen_wait_change (self->screen, LOOK_AGAIN_MS);
}

/**
 * robot_picture:
 * @page: what the file is named after, behind its number
 *
 * Lets the screen come to rest and saves it.
 */
void
robot_picture (Robot *self, const char *page)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%02u-%s.png", ++self->n_pictures, page);
  g_autofree char *path = g_build_filename (self->pictures, name, NULL);

  wait_for_work (self);
  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
  if (!robot_screen_save (self->screen, path, &error))
    {
      g_printerr ("robot: %s\n", error->message);
      exit (EXIT_FAILURE);
    }
}

void
robot_print_tree (Robot *self)
{
  g_autoptr (GPtrArray) list = robot_tree_list (self->application);

  for (guint i = 0; i < list->len; i++)
    {
      const RobotWidget *widget = list->pdata[i];
      g_autofree char *role = atspi_role_get_name (widget->role);

      g_print ("    %s \"%s\"%s%s at %d,%d %dx%d%s%s\n", role, widget->name,
               widget->id != NULL && *widget->id != '\0' ? " #" : "",
               widget->id != NULL ? widget->id : "", widget->box.x, widget->box.y,
               widget->box.width, widget->box.height, widget->sensitive ? "" : " (insensitive)",
               widget->chosen ? " (chosen)" : "");
    }
}

static G_NORETURN void
give_up (Robot *self, const char *role, const char *name, const char *why)
{
  g_print ("  FAILED after %.1f s: %s \"%s\" %s. What is there:\n", self->deadline_ms / 1000.0,
           role, name, why);
  robot_print_tree (self);
  robot_picture (self, "failed");
  exit (EXIT_FAILURE);
}

/* What a screen reader would find on this page: a name and a role for everything that it stops at.
 */
void
robot_check (Robot *self, const char *page)
{
  g_autoptr (GPtrArray) faults = robot_tree_check (self->application);

  for (guint i = 0; i < faults->len; i++)
    g_print ("  FAILED on the page \"%s\": %s\n", page, (const char *)faults->pdata[i]);
  if (faults->len > 0)
    exit (EXIT_FAILURE);
}

static void
press_widget (Robot *self, const RobotWidget *widget)
{
  robot_screen_press (self->screen, robot_widget_centre (widget));
}

static void
act (Robot *self, const char *what)
{
  if (self->figures != NULL)
    robot_figures_act (self->figures, what);
}

static void
press_scroll_button (Robot *self, gboolean below)
{
  RobotWanted wanted
    = { ATSPI_ROLE_PUSH_BUTTON, below ? self->buttons.below : self->buttons.above };
  g_autoptr (RobotWidget) button = robot_tree_find (self->application, &wanted, NULL);

  if (button == NULL || !button->sensitive)
    return;
  press_widget (self, button);
  act (self, "scrolls");
  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
}

/* Nothing on this machine needs a swipe: a page that is longer than the screen has two buttons. But
 * a finger may drag it, and does. */
static void
scroll_towards (Robot *self, RobotPoint place)
{
  gboolean below = robot_screen_is_lower_half (self->screen, place);

  if (robot_screen_is_touched (self->screen))
    {
      robot_screen_drag_page (self->screen, below);
      robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
      return;
    }
  press_scroll_button (self, below);
}

/* Looks until the widget is there, and can be pressed if it has to be. Adds up the time that this
 * took. */
static RobotWidget *
look_for (Robot *self, const RobotWanted *wanted, gboolean to_press, double *took_s)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 end_us = start_us + self->deadline_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (RobotWidget) widget = NULL;

  while (TRUE)
    {
      RobotPoint place = { NAN, NAN };

      g_clear_pointer (&widget, robot_widget_free);
      widget = robot_tree_find (self->application, wanted, &place);
      if (widget != NULL && (!to_press || widget->sensitive))
        {
          if (self->figures != NULL)
            robot_figures_found (self->figures, widget);
          break;
        }
      if (g_get_monotonic_time () > end_us)
        {
          g_autofree char *role = atspi_role_get_name (wanted->role);

          give_up (self, role, wanted->name,
                   widget != NULL ? "cannot be pressed" : "did not come up");
        }
      if (widget == NULL && !isnan (place.y))
        scroll_towards (self, place);
      robot_screen_wait_change (self->screen, LOOK_AGAIN_MS);
    }
  *took_s = (g_get_monotonic_time () - start_us) / (double)G_USEC_PER_SEC;
  self->waited_s += *took_s;
  return g_steal_pointer (&widget);
}

/**
 * robot_read:
 * @name: a pattern; "*" stands for anything
 *
 * Waits for a widget.
 *
 * Returns: (transfer full): its name in full
 */
char *
robot_read (Robot *self, AtspiRole role, const char *name)
{
  RobotWanted wanted = { role, name };
  double took_s;
  g_autoptr (RobotWidget) widget = look_for (self, &wanted, FALSE, &took_s);

  g_print ("  %6.2f s  sees \"%s\"\n", took_s, widget->name);
  return g_strdup (widget->name);
}

void
robot_see (Robot *self, AtspiRole role, const char *name)
{
  g_autofree char *text = robot_read (self, role, name);

  (void)text;
}

/* Whether it is there now; does not wait. */
gboolean
robot_sees (Robot *self, AtspiRole role, const char *name)
{
  RobotWanted wanted = { role, name };
  g_autoptr (RobotWidget) widget = robot_tree_find (self->application, &wanted, NULL);

  return widget != NULL;
}

/**
 * robot_press:
 *
 * Waits until the widget is there, can be pressed and has stopped moving; presses the middle of it.
 */
void
robot_press (Robot *self, AtspiRole role, const char *name)
{
  RobotWanted wanted = { role, name };
  double took_s, again_s;
  g_autoptr (RobotWidget) moving = look_for (self, &wanted, TRUE, &took_s);
  g_autoptr (RobotWidget) widget = NULL;

  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
  widget = look_for (self, &wanted, TRUE, &again_s);
  g_print ("  %6.2f s  presses \"%s\"\n", took_s, widget->name);
  if (self->figures != NULL)
    robot_figures_press (self->figures, widget);
  press_widget (self, widget);
}

/* (nullable): the key that has the label on it, among what is shown */
static const RobotWidget *
find_key (GPtrArray *list, const char *label)
{
  for (guint i = 0; i < list->len; i++)
    {
      const RobotWidget *widget = list->pdata[i];

      if (widget->role == ATSPI_ROLE_PUSH_BUTTON && widget->sensitive
          && strcmp (widget->name, label) == 0)
        return widget;
    }
  return NULL;
}

/* (nullable): the key that brings up the character's own, when that is on another layer */
static const RobotWidget *
find_layer (Robot *self, GPtrArray *list, gunichar character)
{
  const RobotWidget *letters = find_key (list, self->buttons.letters);
  const RobotWidget *signs
    = g_unichar_isalpha (character) ? NULL : find_key (list, self->buttons.signs);

  return signs != NULL ? signs : letters;
}

/* A capital is two keys, where the small letter has one: the one before it changes only the next
 * letter, and moves none. */
static gboolean
press_capital (Robot *self, GPtrArray *list, gunichar character)
{
  char small[7] = { 0 };
  const RobotWidget *capitals = find_key (list, self->buttons.capitals), *key;

  if (!g_unichar_isupper (character) || capitals == NULL)
    return FALSE;
  g_unichar_to_utf8 (g_unichar_tolower (character), small);
  key = find_key (list, small);
  if (key == NULL)
    return FALSE;
  press_widget (self, capitals);
  press_widget (self, key);
  return TRUE;
}

static void
read_keys (Robot *self, GPtrArray **list)
{
  g_clear_pointer (list, g_ptr_array_unref);
  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
  *list = robot_tree_list (self->application);
}

/* Keys stay where they are while one types, so the screen is read again only when a key is not
 * among them. */
static void
type_character (Robot *self, GPtrArray **list, const char *label, gunichar character)
{
  gint64 end_us = g_get_monotonic_time () + self->deadline_ms * G_TIME_SPAN_MILLISECOND;
  const RobotWidget *key, *layer;

  while ((key = find_key (*list, label)) == NULL && !press_capital (self, *list, character))
    {
      if (g_get_monotonic_time () > end_us)
        give_up (self, "the key", label, "is not on the keyboard");
      layer = find_layer (self, *list, character);
      if (layer != NULL)
        press_widget (self, layer);
      read_keys (self, list);
    }
  if (key != NULL)
    press_widget (self, key);
}

/**
 * robot_type:
 *
 * Presses the keys of the keyboard on the screen, and changes its layer where a character needs it.
 */
void
robot_type (Robot *self, const char *text)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) list = NULL;

  read_keys (self, &list);
  if (find_key (list, self->buttons.latin) != NULL)
    {
      press_widget (self, find_key (list, self->buttons.latin));
      read_keys (self, &list);
    }
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *label = g_strndup (at, g_utf8_next_char (at) - at);
      gboolean space = strcmp (label, " ") == 0;

      type_character (self, &list, space ? self->buttons.space : label, g_utf8_get_char (at));
    }
  act (self, "types");
  g_print ("  %6.2f s  types \"%s\"\n",
           (g_get_monotonic_time () - start_us) / (double)G_USEC_PER_SEC, text);
}

/**
 * robot_sign:
 *
 * Draws a name-like line of two strokes across the middle of the widget.
 */
void
robot_sign (Robot *self, AtspiRole role, const char *name)
{
  RobotWanted wanted = { role, name };
  double took_s;
  g_autoptr (RobotWidget) widget = look_for (self, &wanted, TRUE, &took_s);
  RobotPoint points[STROKE_POINTS];
  RobotPoint middle = robot_widget_centre (widget);
  double width = widget->box.width * 0.6, height = widget->box.height * 0.3;

  robot_screen_wait_still (self->screen, STILL_MS, STILL_LIMIT_MS);
  for (int i = 0; i < STROKE_POINTS; i++)
    {
      double t = i / (STROKE_POINTS - 1.0);

      points[i].x = middle.x + (t - 0.5) * width;
      points[i].y = middle.y + sin (t * 6 * G_PI) * (1 - t / 2) * height;
    }
  robot_screen_drag (self->screen, points, STROKE_POINTS);
  for (int i = 0; i < STROKE_POINTS; i++)
    points[i].y = middle.y + height * (1 + 0.1 * i / STROKE_POINTS);
  robot_screen_drag (self->screen, points, STROKE_POINTS);
  act (self, "signs");
  g_print ("  %6.2f s  signs on \"%s\"\n", took_s, widget->name);
}
