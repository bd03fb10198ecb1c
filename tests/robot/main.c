/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/glass.h"
#include "tests/robot/hold.h"
#include "tests/robot/robot.h"
#include "tests/robot/steps.h"
#include "tests/robot/words.h"

#include <stdio.h>
#include <stdlib.h>

/* kouan-robot: the applicant. Runs beside a kiosk that is on the same screen and bus, and goes
 * through the visit step by step. It ends with 0 when it has seen the last one. */

#define HALL_LANGUAGE "zh_CN" /* in which the demonstration's hall waits */

#define PATIENCE_MS 60000 /* with a stopwatch: a slow page is a figure, not the end */
#define GONE_MS 10000     /* the old window, once the new one is there */

static char *option_pictures;
static char *option_papers;
static char *option_in_view;
static char *option_catalogue;
static char *option_messages;
static char *option_language = (char *)"en";
static char *option_touch;
static char *option_until;
static char *option_figures;
static gboolean option_tree;
static char *option_steps = (char *)"visit";

static const GOptionEntry options[] = {
  { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &option_pictures, "Where the pictures go", "FOLDER" },
  { "papers", 0, 0, G_OPTION_ARG_FILENAME, &option_papers, "What the applicant brings and knows",
    "FOLDER" },
  { "in-view", 0, 0, G_OPTION_ARG_FILENAME, &option_in_view, "What the camera looks at", "FOLDER" },
  { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &option_catalogue, "The services", "FOLDER" },
  { "messages", 0, 0, G_OPTION_ARG_FILENAME, &option_messages, "The translations", "FOLDER" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &option_language, "en or zh_CN", "TAG" },
  { "steps", 0, 0, G_OPTION_ARG_STRING, &option_steps,
    "visit, by-touch, staff, border, group-of-five, overseas, family, agent or stranger", "WHICH" },
  { "touch", 0, 0, G_OPTION_ARG_FILENAME, &option_touch,
    "The touch panel of the X server, and the kiosk in a compositor on it", "SOCKET" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &option_until, "Ends with this picture", "PICTURE" },
  { "figures", 0, 0, G_OPTION_ARG_FILENAME, &option_figures, "Writes down how long each press took",
    "FILE" },
  { "tree", 0, 0, G_OPTION_ARG_NONE, &option_tree, "Only say what is on the screen", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const RobotTable tables[] = {
  { "visit", robot_visit, &robot_visit_length },
  { "staff", robot_staff, &robot_staff_length },
  { "border", robot_border, &robot_border_length },
  { "group-of-five", robot_group_of_five, &robot_group_of_five_length },
  { "overseas", robot_overseas, &robot_overseas_length },
  { "family", robot_family, &robot_family_length },
  { "agent", robot_agent, &robot_agent_length },
  { "by-touch", robot_by_touch, &robot_by_touch_length },
  { "stranger", robot_stranger, &robot_stranger_length },
};

/* (nullable): what the applicant can do, by name */
static const RobotTable *
find_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].name, name))
      return &tables[i];
  return NULL;
}

typedef struct
{
  Robot *robot;
  RobotWords *words;
  RobotButtons buttons;
  RobotFigures *figures; /* (nullable): the caller's */
  guint visits;          /* that have ended */
} Applicant;

static void
speak (Applicant *self, const char *language)
{
  g_autoptr (GError) error = NULL;

  if (!robot_words_speak (self->words, language, &error))
    g_error ("%s", error->message);
  self->buttons = (RobotButtons){
    robot_words_get (self->words, "Space"),
    robot_words_get (self->words, "Capital letters"),
    robot_words_get (self->words, "Digits and signs"),
    robot_words_get (self->words, "Letters"),
    robot_words_get (self->words, "Latin letters"),
    robot_words_get (self->words, "Show what is above"),
    robot_words_get (self->words, "Show what is below"),
  };
  robot_set_buttons (self->robot, &self->buttons);
}

/* What the machine shows for a step's text. "&" stands for a text that is shown in the hall's
 * language and in English, one behind the other, because nobody has chosen yet. */
static char *
shown (Applicant *self, const char *text)
{
  static const char *const verbs[] = { "Hand it in", "Test it" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_has_prefix (text, verbs[i]) && g_str_has_prefix (text + strlen (verbs[i]), ": "))
      return g_strconcat (robot_words_get (self->words, verbs[i]), ": ",
                          robot_words_get (self->words, text + strlen (verbs[i]) + 2), NULL);
  if (text[0] == '&')
    return g_strconcat (robot_words_get (self->words, text + 1), " ", text + 1, NULL);
  /* The boxes of a date stand in the order of the language. */
  if (g_str_equal (text, "@entered") && g_str_equal (option_language, "zh_CN"))
    text = "@entered-year-first";
  return g_strdup (robot_words_get (self->words, text));
}

static void
take (Applicant *self, const RobotStep *step)
{
  g_autofree char *text = shown (self, step->text);

  if (text == NULL)
    g_error ("the applicant does not know %s", step->text);
  switch (step->verb)
    {
    case ROBOT_LANGUAGE:
      robot_press (self->robot, step->role, robot_words_own_name (option_language));
      speak (self, option_language);
      break;
    case ROBOT_ANEW:
      speak (self, HALL_LANGUAGE);
      self->visits++;
      break;
    case ROBOT_VISITOR:
      speak (self, option_language);
      break;
    case ROBOT_HALL:
      speak (self, HALL_LANGUAGE);
      break;
    case ROBOT_SEE:
      robot_see (self->robot, step->role, text);
      break;
    case ROBOT_PRESS:
      robot_press (self->robot, step->role, text);
      break;
    case ROBOT_TYPE:
      robot_type (self->robot, text);
      break;
    case ROBOT_SIGN:
      robot_sign (self->robot, step->role, text);
      break;
    case ROBOT_HOLD:
      robot_hold_up (&(RobotHand){ option_papers, option_in_view }, step->text);
      if (self->figures != NULL)
        robot_figures_act (self->figures, "camera");
      break;
    case ROBOT_PICTURE:
      if (self->figures != NULL) /* who looks at the clock looks at nothing else */
        break;
      robot_picture (self->robot, step->text);
      robot_check (self->robot, step->text);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The picture itself is taken, and nothing after it. */
static gboolean
is_over (const RobotStep *step)
{
  static gboolean over = FALSE;
  gboolean was_over = over;

  over = over || (step->verb == ROBOT_PICTURE && g_strcmp0 (step->text, option_until) == 0);
  return was_over;
}

/* Between two visits the program is another one, and whoever comes next must not see a black screen
 * meanwhile. */
static void
check_glass (RobotGlass *glass, guint visits)
{
  guint blank;

  if (!robot_glass_wait (glass, visits, GONE_MS))
    g_error ("the window of a visit that ended is still there");
  blank = robot_glass_count_blank (glass);
  if (blank > 0)
    g_error ("the screen showed nothing, %u times", blank);
}

/* The screen is watched from the first thing that was seen on it. */
static RobotGlass *
watch_glass (void)
{
  g_autoptr (GError) error = NULL;
  RobotGlass *glass = robot_glass_new (&error);

  if (glass == NULL)
    g_error ("%s", error->message);
  return glass;
}

static void
visit (Robot *robot, RobotWords *words, RobotFigures *figures)
{
  g_autoptr (RobotGlass) glass = NULL;
  gint64 start_us = g_get_monotonic_time ();
  Applicant applicant = { .robot = robot, .words = words, .figures = figures };
  const RobotTable *table = find_table (option_steps);

  speak (&applicant, HALL_LANGUAGE);
  for (gsize i = 0; i < *table->length && !is_over (&table->steps[i]); i++)
    {
      take (&applicant, &table->steps[i]);
      if (glass == NULL)
        glass = watch_glass ();
    }
  check_glass (glass, applicant.visits);
  g_print ("The visit took %.1f s. The applicant waited %.1f s of them for the machine.\n",
           (g_get_monotonic_time () - start_us) / (double)G_USEC_PER_SEC,
           robot_get_waited_s (robot));
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Robot) robot = NULL;
  g_autoptr (RobotWords) words = NULL;
  g_autoptr (RobotFigures) figures = NULL;
  g_autofree char *facts = NULL;
  RobotWordsSources sources;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("kouan-robot: %s\n", error->message);
      return 2;
    }
  if (find_table (option_steps) == NULL)
    {
      g_printerr ("kouan-robot: there are no steps %s\n", option_steps);
      return 2;
    }
  robot = robot_new ("kouan", option_pictures, &error);
  if (robot != NULL && option_touch != NULL && !robot_touch (robot, option_touch, &error))
    g_clear_pointer (&robot, robot_free);
  facts = g_build_filename (option_papers, "applicant.ini", NULL);
  sources = (RobotWordsSources){ facts, option_catalogue, option_messages };
  if (robot != NULL && option_tree)
    {
      robot_print_tree (robot);
      return 0;
    }
  words = robot != NULL ? robot_words_new (&sources, &error) : NULL;
  if (words == NULL)
    {
      g_printerr ("kouan-robot: %s\n", error->message);
      return 3;
    }
  setlinebuf (stdout);
  figures = option_figures != NULL ? robot_figures_new (&error) : NULL;
  if (option_figures != NULL && figures == NULL)
    {
      g_printerr ("kouan-robot: %s\n", error->message);
      return 3;
    }
  robot_set_figures (robot, figures);
  if (figures != NULL)
    robot_set_deadline (robot, PATIENCE_MS);
  visit (robot, words, figures);
  if (figures != NULL)
    robot_figures_write (figures, option_figures);
  return 0;
}
