/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/hold.h"
#include "tests/robot/listen/listener.h"
#include "tests/robot/listen/steps.h"
#include "tests/robot/words.h"

#include <stdio.h>
#include <stdlib.h>

/* kouan-robot-listener: an applicant who does not see. Runs beside a kiosk that is on the same X
 * server, of which she knows five keys and what is said. It ends with 0 when it has come to the end
 * of the visit. */

#define HALL_LANGUAGE "zh_CN" /* in which the demonstration's hall waits */

static char *option_papers;
static char *option_in_view;
static char *option_catalogue;
static char *option_messages;
static char *option_language = (char *)"en";
static char *option_spoken;
static char *option_headphone;

static const GOptionEntry options[] = {
  { "papers", 0, 0, G_OPTION_ARG_FILENAME, &option_papers, "What the applicant brings and knows",
    "FOLDER" },
  { "in-view", 0, 0, G_OPTION_ARG_FILENAME, &option_in_view, "What the camera looks at", "FOLDER" },
  { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &option_catalogue, "The services", "FOLDER" },
  { "messages", 0, 0, G_OPTION_ARG_FILENAME, &option_messages, "The translations", "FOLDER" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &option_language, "en or zh_CN", "TAG" },
  { "spoken", 0, 0, G_OPTION_ARG_FILENAME, &option_spoken, "What the kiosk says", "FILE" },
  { "headphone", 0, 0, G_OPTION_ARG_FILENAME, &option_headphone,
    "Is there as long as the headphone is plugged in", "FILE" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

typedef struct
{
  RobotListener *listener;
  RobotWords *words;
} Applicant;

static void
speak (Applicant *self, const char *language)
{
  g_autoptr (GError) error = NULL;

  if (!robot_words_speak (self->words, language, &error))
    g_error ("%s", error->message);
  robot_listener_set_kinds (self->listener, &(RobotKinds){
                                              robot_words_get (self->words, "Button."),
                                              "*",
                                              robot_words_get (self->words, "Field."),
                                              robot_words_get (self->words, "A row of keys."),
                                              robot_words_get (self->words, "Not available now."),
                                              robot_words_get (self->words, "Space"),
                                              robot_words_get (self->words, "Digits and signs"),
                                              robot_words_get (self->words, "Letters"),
                                            });
}

static void
plug_in (void)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (option_headphone, "", 0, &error))
    g_error ("%s", error->message);
  g_print ("  plugs her headphone in\n");
}

/* A language says its name itself, behind its greeting. */
static void
press_language (Applicant *self)
{
  g_autofree char *name = g_strconcat ("*", robot_words_own_name (option_language), NULL);

  robot_listener_press (self->listener, name);
  speak (self, option_language);
}

static void
hold_up (Applicant *self, const char *name)
{
  robot_listener_forget (self->listener);
  robot_hold_up (&(RobotHand){ option_papers, option_in_view }, name);
  g_print ("  holds up %s\n", name);
}

/* "Hand it in: Two-inch photo" is two texts of the machine's. */
static char *
spoken (Applicant *self, const char *text)
{
  const char *colon = strstr (text, ": ");
  g_autofree char *verb = colon != NULL ? g_strndup (text, (gsize)(colon - text)) : NULL;

  if (g_strcmp0 (verb, "Hand it in") != 0)
    return g_strdup (robot_words_get (self->words, text));
  return g_strconcat (robot_words_get (self->words, verb), ": ",
                      robot_words_get (self->words, colon + 2), NULL);
}

static void
take (Applicant *self, const ListenStep *step)
{
  g_autofree char *text = step->text != NULL ? spoken (self, step->text) : NULL;

  if (step->text != NULL && text == NULL)
    g_error ("the applicant does not know %s", step->text);
  switch (step->verb)
    {
    case LISTEN_PLUG:
      plug_in ();
      break;
    case LISTEN_LANGUAGE:
      press_language (self);
      break;
    case LISTEN_HALL:
      speak (self, HALL_LANGUAGE);
      break;
    case LISTEN_HEAR:
      robot_listener_hear (self->listener, text);
      break;
    case LISTEN_PRESS:
      robot_listener_press (self->listener, text);
      break;
    case LISTEN_CHOOSE:
      robot_listener_choose (self->listener, text);
      break;
    case LISTEN_ENTER:
      robot_listener_enter (self->listener, text);
      break;
    case LISTEN_TYPE:
      robot_listener_type (self->listener, text);
      break;
    case LISTEN_HOLD:
      hold_up (self, step->text);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
visit (Applicant *self)
{
  gint64 start_us = g_get_monotonic_time ();

  speak (self, HALL_LANGUAGE);
  for (gsize i = 0; i < listen_visit_length; i++)
    take (self, &listen_visit[i]);
  g_print ("The visit took %.1f s and %u presses of five keys; the slowest answer took %.3f s.\n",
           (g_get_monotonic_time () - start_us) / (double)G_USEC_PER_SEC,
           robot_listener_get_presses (self->listener),
           robot_listener_get_slowest_s (self->listener));
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RobotScreen) screen = NULL;
  g_autoptr (RobotEar) ear = NULL;
  g_autoptr (RobotListener) listener = NULL;
  g_autoptr (RobotWords) words = NULL;
  g_autofree char *facts = NULL;
  RobotWordsSources sources;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("kouan-robot-listener: %s\n", error->message);
      return 2;
    }
  facts = g_build_filename (option_papers, "applicant.ini", NULL);
  sources = (RobotWordsSources){ facts, option_catalogue, option_messages };
  screen = robot_screen_open (&error);
  ear = screen != NULL ? robot_ear_open (option_spoken, &error) : NULL;
  words = ear != NULL ? robot_words_new (&sources, &error) : NULL;
  if (words == NULL)
    {
      g_printerr ("kouan-robot-listener: %s\n", error->message);
      return 3;
    }
  setlinebuf (stdout);
  listener = robot_listener_new (screen, ear);
  visit (&(Applicant){ listener, words });
  return 0;
}
