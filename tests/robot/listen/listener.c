/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/listen/listener.h"

#include <X11/keysym.h>
#include <stdlib.h>
#include <string.h>

/* She goes from one thing to the next until she hears the one she wants, and presses "choose"
 * there, as a person does. What she learns on the way is what she was told: the rows of a keyboard
 * are read out when she passes them, and she remembers which letters stood in which.
 *
 * A key is answered by what is said after it. Between the key and its answer the machine may have
 * had news; before she chooses, she therefore hears it out, and goes on if what was said last is
 * not what she wanted. */

#define DEADLINE_MS 30000
#define HEAR_OUT_MS 80

#define NEXT XK_Down
#define PREVIOUS XK_Up
#define CHOOSE XK_Return
#define BACK XK_Escape

struct _RobotListener
{
  RobotScreen *screen; /* the owner's */
  RobotEar *ear;       /* the owner's */
  RobotKinds kinds;

  guint since;     /* what was said before is about an earlier page */
  GPtrArray *rows; /* (element-type GStrv): of the keyboard, from the first row on */
  guint row;       /* where she is */
  guint key;
  gboolean in_row; /* which is open */

  guint presses;
  gint64 slowest_us; /* from a key to what is said after it */
};

RobotListener *
robot_listener_new (RobotScreen *screen, RobotEar *ear)
{
  RobotListener *self = g_new0 (RobotListener, 1);

  self->screen = screen;
  self->ear = ear;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  return self;
}

void
robot_listener_free (RobotListener *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* @kinds: its strings stay the caller's, and stay */
void
robot_listener_set_kinds (RobotListener *self, const RobotKinds *kinds)
{
  self->kinds = *kinds;
}

guint
robot_listener_get_presses (RobotListener *self)
{
  return self->presses;
}

double
robot_listener_get_slowest_s (RobotListener *self)
{
  return (double)self->slowest_us / G_USEC_PER_SEC;
}

/* What was said up to now is of no interest any more. */
void
robot_listener_forget (RobotListener *self)
{
  self->since = robot_ear_count (self->ear);
}

static G_NORETURN void
give_up (RobotListener *self, const char *wanted)
{
  guint count = robot_ear_count (self->ear);

  g_print ("  FAILED after %.1f s: did not hear \"%s\". What was said:\n", DEADLINE_MS / 1000.0,
           wanted);
  for (guint i = self->since; i < count; i++)
    {
      GPtrArray *parts = robot_ear_get (self->ear, i)->parts;

      for (guint j = 0; j < parts->len; j++)
        g_print ("    %s%s\n", j > 0 ? "  " : "", (const char *)g_ptr_array_index (parts, j));
    }
  exit (EXIT_FAILURE);
}

/* Returns: what was said last after the key */
static const RobotUtterance *
press_key (RobotListener *self, unsigned long key)
{
  guint before = robot_ear_count (self->ear);
  gint64 start_us = g_get_monotonic_time ();

  robot_screen_key (self->screen, key);
  if (!robot_ear_wait (self->ear, before, DEADLINE_MS))
    give_up (self, "any answer to a key");
  self->presses++;
  self->slowest_us = MAX (self->slowest_us, g_get_monotonic_time () - start_us);
  return robot_ear_get (self->ear, robot_ear_count (self->ear) - 1);
}

/* Returns: what was said last, once nothing more is said */
static const RobotUtterance *
hear_out (RobotListener *self)
{
  guint count = robot_ear_count (self->ear);

  while (robot_ear_wait (self->ear, count, HEAR_OUT_MS))
    count = robot_ear_count (self->ear);
  return count > 0 ? robot_ear_get (self->ear, count - 1) : NULL;
}

/* @kind: a pattern */
static gboolean
is_wanted (RobotListener *self, const RobotUtterance *utterance, const char *name, const char *kind)
{
  return utterance != NULL && robot_utterance_begins (utterance, name)
         && robot_utterance_has (utterance, kind)
         && !robot_utterance_has (utterance, self->kinds.unavailable);
}

/* On to the next thing, until it is the one. */
static void
go_to (RobotListener *self, const char *name, const char *kind)
{
  gint64 end_us = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (!is_wanted (self, press_key (self, NEXT), name, kind)
         || !is_wanted (self, hear_out (self), name, kind))
    if (g_get_monotonic_time () > end_us)
      give_up (self, name);
}

static void
press (RobotListener *self, const char *name, const char *kind)
{
  go_to (self, name, kind);
  robot_listener_forget (self);
  g_ptr_array_set_size (self->rows, 0);
  self->in_row = FALSE;
  g_print ("  presses \"%s\"\n", name);
  robot_screen_key (self->screen, CHOOSE);
  self->presses++;
}

/**
 * robot_listener_hear:
 * @pattern: "*" stands for anything
 *
 * Waits until it was said since the last thing that she did.
 */
void
robot_listener_hear (RobotListener *self, const char *pattern)
{
  for (guint i = self->since;; i++)
    {
      if (!robot_ear_wait (self->ear, i, DEADLINE_MS))
        give_up (self, pattern);
      if (!robot_utterance_has (robot_ear_get (self->ear, i), pattern))
        continue;
      g_print ("  hears \"%s\"\n", pattern);
      return;
    }
}

/* A button. */
void
robot_listener_press (RobotListener *self, const char *name)
{
  press (self, name, self->kinds.button);
}

/* One of several answers. */
void
robot_listener_choose (RobotListener *self, const char *name)
{
  press (self, name, self->kinds.choice);
}

/* Which keys lie in a row is its second sentence. */
static gboolean
is_row (RobotListener *self, const RobotUtterance *utterance)
{
  return robot_utterance_begins (utterance, self->kinds.row)
         && robot_ear_wait_for_part (self->ear, utterance, 1, DEADLINE_MS);
}

static void
learn_row (RobotListener *self, const RobotUtterance *utterance)
{
  const char *names = g_ptr_array_index (utterance->parts, 1);

  if (self->row == self->rows->len)
    g_ptr_array_add (self->rows, g_strsplit (names, ", ", -1));
}

/* A field, and with it the first row of the keyboard that types into it. */
void
robot_listener_enter (RobotListener *self, const char *name)
{
  press (self, name, self->kinds.field);
  if (!robot_ear_wait (self->ear, self->since, DEADLINE_MS)
      || !is_row (self, robot_ear_get (self->ear, self->since)))
    give_up (self, self->kinds.row);
  self->row = 0;
  learn_row (self, robot_ear_get (self->ear, self->since));
}

/* Capitals and small letters share a key. Returns: whether the row has it, and where */
static gboolean
find_key (GStrv row, const char *name, guint *index)
{
  for (guint i = 0; row[i] != NULL; i++)
    {
      g_autofree char *small = g_utf8_strdown (row[i], -1);

      if (strcmp (row[i], name) != 0 && strcmp (small, name) != 0)
        continue;
      *index = i;
      return TRUE;
    }
  return FALSE;
}

/* Among the rows that she knows. Returns: their number, if it is in none of them */
static guint
find_row (RobotListener *self, const char *name)
{
  guint row = 0, index;

  while (row < self->rows->len && !find_key (g_ptr_array_index (self->rows, row), name, &index))
    row++;
  return row;
}

/* Out of the keyboard the next thing is no row. Returns: whether there is one */
static gboolean
go_to_next_row (RobotListener *self)
{
  const RobotUtterance *utterance = press_key (self, NEXT);

  if (!is_row (self, utterance))
    {
      press_key (self, PREVIOUS);
      return FALSE;
    }
  self->row++;
  learn_row (self, utterance);
  return TRUE;
}

/* Up and down to a row that she knows, or on to those that she does not. Returns: whether the key
 * is on this layer of the keyboard */
static gboolean
go_to_row (RobotListener *self, const char *name)
{
  guint wanted;

  if (self->in_row && find_row (self, name) != self->row)
    {
      press_key (self, BACK);
      self->in_row = FALSE;
    }
  while ((wanted = find_row (self, name)) != self->row)
    if (wanted > self->row && !go_to_next_row (self))
      return FALSE;
    else if (wanted < self->row)
      {
        press_key (self, PREVIOUS);
        self->row--;
      }
  return TRUE;
}

/* The row is open, and she stands at the key. */
static void
go_to_key (RobotListener *self, const char *name)
{
  guint index = 0;

  (void)find_key (g_ptr_array_index (self->rows, self->row), name, &index);
  if (!self->in_row)
    {
      press_key (self, CHOOSE);
      self->in_row = TRUE;
      self->key = 0;
    }
  for (; self->key < index; self->key++)
    press_key (self, NEXT);
  for (; self->key > index; self->key--)
    press_key (self, PREVIOUS);
}

/* Other keys lie where the keys were; she begins again with the first row. */
static void
change_layer (RobotListener *self)
{
  const char *layers[] = { self->kinds.signs, self->kinds.letters };
  guint layer = find_row (self, layers[0]) < self->rows->len ? 0 : 1;

  if (!go_to_row (self, layers[layer]))
    give_up (self, layers[layer]);
  go_to_key (self, layers[layer]);
  g_ptr_array_set_size (self->rows, 0);
  self->in_row = FALSE;
  self->row = 0;
  if (!is_row (self, press_key (self, CHOOSE)))
    give_up (self, self->kinds.row);
  learn_row (self, hear_out (self));
}

static void
type_key (RobotListener *self, const char *name)
{
  if (!go_to_row (self, name))
    {
      change_layer (self);
      if (!go_to_row (self, name))
        give_up (self, name);
    }
  go_to_key (self, name);
  press_key (self, CHOOSE);
}

/**
 * robot_listener_type:
 * @text: what the keyboard's first layer has; no capitals
 *
 * She is at a row of keys, and leaves them closed.
 */
void
robot_listener_type (RobotListener *self, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *name = g_strndup (at, (gsize)(g_utf8_next_char (at) - at));

      type_key (self, *at == ' ' ? self->kinds.space : name);
    }
  press_key (self, BACK);
  self->in_row = FALSE;
  g_print ("  types \"%s\"\n", text);
}
