/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/figures.h"

#include "tests/robot/stopwatch.h"

#include <json-glib/json-glib.h>

/* A visit is a row of turns: the applicant does something, and the machine answers. A turn is over
 * when the applicant does the next thing.
 *
 * *Waited* is the time from the press until everything that the applicant looked for before the
 * next press was on the screen as it was found there: the last moment at which any of it was
 * painted. The applicant's own slowness, which walks the accessibility tree and lets the page come
 * to rest, is not in it; a machine that paints early and answers late is found by the next press,
 * whose turn counts from the moment of the press.
 *
 * Where a *device* or the visitor is at work, the machine's part is the time until it says so,
 * which is the first frame after the press; the rest is the device's and is added up by itself.
 * What comes of what is held before a camera is the camera's from the first moment. The devices of
 * a demonstration are files, so that their part is mostly the machine's too: looking for a code,
 * for the lines of a passport and for the edges of a page. */

typedef struct
{
  char *did;
  char *saw;          /* (nullable): the first thing that the applicant looked for afterwards */
  const char *device; /* (nullable) */
  gboolean pressed;   /* in difference to what is held up, typed or drawn */
  gint64 start_us;
  gint64 found_us; /* when all was there; 0: nothing was looked for */
  RobotReading reading;
} Turn;

struct _RobotFigures
{
  RobotStopwatch *watch;
  GPtrArray *turns; /* of Turn */
};

/* What presses, in English, begin that a machine alone could not answer. */
static const struct
{
  const char *pressed;
  const char *device;
} DEVICES[] = {
  { "Show me the camera", "camera" },
  { "Take my picture", "camera" },
  { "Scan the paper", "scanner" },
  { "Lay it under the camera", "document camera" },
  { "Take the picture", "document camera" },
  { "Take it from my stick", "stick" },
  { "photo.jpg", "stick" },
  { "My phone has joined", "phone" },
  { "Photograph this code", "phone" },
  { "Yes, the same number", "phone" },
  { "Print my receipt", "printer" },
};

static const char *
device_for (const char *pressed)
{
  for (guint i = 0; i < G_N_ELEMENTS (DEVICES); i++)
    if (g_str_equal (DEVICES[i].pressed, pressed))
      return DEVICES[i].device;
  return NULL;
}

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_free (turn->did);
  g_free (turn->saw);
  g_free (turn);
}

RobotFigures *
robot_figures_new (GError **error)
{
  g_autoptr (RobotStopwatch) watch = robot_stopwatch_new (error);
  RobotFigures *self;

  if (watch == NULL)
    return NULL;
  self = g_new0 (RobotFigures, 1);
  self->watch = g_steal_pointer (&watch);
  self->turns = g_ptr_array_new_with_free_func (turn_free);
  return self;
}

void
robot_figures_free (RobotFigures *self)
{
  robot_stopwatch_free (self->watch);
  g_ptr_array_unref (self->turns);
  g_free (self);
}

static Turn *
get_last (RobotFigures *self)
{
  return self->turns->len > 0 ? self->turns->pdata[self->turns->len - 1] : NULL;
}

/* Reads the stopwatch for the turn that is over. */
static void
end_turn (RobotFigures *self)
{
  Turn *turn = get_last (self);

  if (turn != NULL && turn->pressed)
    turn->reading = robot_stopwatch_read (self->watch);
}

static Turn *
begin_turn (RobotFigures *self, const char *did)
{
  Turn *turn = g_new0 (Turn, 1);

  end_turn (self);
  turn->did = g_strdup (did);
  turn->reading = (RobotReading){ -1, -1, -1, -1 };
  g_ptr_array_add (self->turns, turn);
  return turn;
}

/* The widget is pressed right after. */
void
robot_figures_press (RobotFigures *self, const RobotWidget *widget)
{
  Turn *turn = begin_turn (self, widget->name);
  int pid = (int)atspi_accessible_get_process_id (widget->node, NULL);

  turn->pressed = TRUE;
  turn->device = device_for (widget->name);
  robot_stopwatch_start (self->watch, &widget->box, pid);
  turn->start_us = g_get_monotonic_time ();
}

/* @what: was done just now: typed or drawn, or held before the camera ("camera") */
void
robot_figures_act (RobotFigures *self, const char *what)
{
  Turn *turn = begin_turn (self, what);

  turn->device = g_str_equal (what, "camera") ? "camera" : NULL;
  turn->start_us = g_get_monotonic_time ();
}

/* @widget: was looked for, and has just been found */
void
robot_figures_found (RobotFigures *self, const RobotWidget *widget)
{
  gint64 painted_us = robot_stopwatch_last_paint_us (self->watch, &widget->box);
  Turn *turn = get_last (self);

  if (turn == NULL)
    return;
  if (turn->saw == NULL)
    turn->saw = g_strdup (widget->name);
  turn->found_us = MAX (turn->found_us, painted_us);
}

static void
add_figure (JsonBuilder *json, const char *name, double value_ms)
{
  if (value_ms < 0)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value_ms);
}

static void
add_text (JsonBuilder *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

/* The machine's part of a wait, and the device's. */
static void
add_waited (JsonBuilder *json, const Turn *turn)
{
  double waited_ms = MAX ((double)(turn->found_us - turn->start_us) / 1000, 0);
  double own_ms = waited_ms;

  if (turn->device != NULL)
    own_ms = turn->pressed ? CLAMP (turn->reading.answer_ms, 0, waited_ms) : 0;
  add_figure (json, "waited_ms", own_ms);
  add_figure (json, "device_ms", waited_ms - own_ms);
}

/**
 * robot_figures_write:
 * @path: of a file that gets a list of turns, as JSON. Ends the program if it cannot
 */
void
robot_figures_write (RobotFigures *self, const char *path)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  end_turn (self);
  json_builder_begin_array (json);
  for (guint i = 0; i < self->turns->len; i++)
    {
      const Turn *turn = self->turns->pdata[i];

      json_builder_begin_object (json);
      add_text (json, "did", turn->did);
      add_text (json, "saw", turn->saw);
      add_text (json, "device", turn->device);
      add_figure (json, "answer_ms", turn->reading.answer_ms);
      add_figure (json, "page_ms", turn->reading.page_ms);
      add_figure (json, "processor_ms", turn->reading.processor_ms);
      add_figure (json, "queued_ms", turn->reading.queued_ms);
      add_waited (json, turn);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  root = json_builder_get_root (json);
  json_generator_set_root (generator, root);
  if (!json_generator_to_file (generator, path, &error))
    g_error ("%s: %s", path, error->message);
}
