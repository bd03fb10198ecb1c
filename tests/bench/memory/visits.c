/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/memory/habit.h"
#include "tests/bench/memory/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a kiosk holds after two hundred visits, against after two: `visits PID STATION PAPERS
 * IN-VIEW [COUNT]`, beside a kiosk that runs. Each visit is short and whole, from the attract page
 * to a record that is signed, sealed and queued, and back: a walk-in's health declaration, with the
 * passport before the camera. One in ten is that of a group of two, which goes through the
 * hand-over from one process image to the next, and one in ten is kept for later.
 *
 * A kiosk replaces its process image after each visit, so that the size of its heap says little.
 * What an image can leave to the next is looked at beside it: descriptors, memory files, processes
 * that nobody waits for, locked memory, threads, and files. The database and the records grow,
 * since nobody sends them; by how much is printed.
 *
 * Nothing of papers, of chip, phone and printer is in these visits, and the robot's whole visit has
 * them; what they would leave in a process image ends with it. One JSON line for each tenth visit,
 * the last with the medians of the second visit to the sixth and of the last five, and the worst
 * ratio; ends with 1 if memory grew by more than RATIO_MAX, or anything else that may not grow
 * did. */

#define VISITS 200
#define FIRST 2 /* the visit after which the measuring begins */
#define AROUND 5
#define RATIO_MAX 1.05
#define EVERY 10
#define PARKED 3 /* of each ten */
#define GROUP 7

#define BEGIN                                                                                      \
  PRESS ("Welcome, English"), SEE ("Before you begin"), PRESS ("I agree"),                         \
    SEE ("Show your appointment code"), PRESS ("I have no code"),                                  \
    SEE ("What do you want to apply for?"), CHOOSE ("Health declaration"),                         \
    SEE ("This is your code"), PRESS ("Go on"), SEE ("Show the page with your photo")

#define DECLARE                                                                                    \
  HOLD ("passport-in-hand.png"), SEE ("Is this you?"), HOLD ("hall.png"),                          \
    PRESS ("Yes, this is me"), SEE ("May we take your picture?"),                                  \
    PRESS ("Go on without a picture: staff will look at you"),                                     \
    SEE ("This goes into your application"), PRESS ("Go on"),                                      \
    SEE ("Have you had fever, cough, trouble breathing, vomiting, diarrhoea, a rash or bleeding "  \
         "under the skin?"),                                                                       \
    CHOOSE ("No"), PRESS ("Go on"),                                                                \
    SEE ("Do you have an infectious disease that a doctor has found?"), CHOOSE ("No"),             \
    PRESS ("Go on"),                                                                               \
    SEE ("How many people do you declare for beside yourself, at the same address?"), PRESS ("0"), \
    PRESS ("Go on"), SEE ("Check your answers"), PRESS ("This is right"),                          \
    SEE ("Sign and hand in"), SIGN, PRESS ("Hand in my application"),                              \
    SEE ("Your declaration is ready")

#define LEAVE PRESS ("Finish"), SEE ("How was it to apply here?"), PRESS ("Leave without an answer")

#define RESET                                                                                      \
  {                                                                                                \
    ROBOT_SEE, ATSPI_ROLE_PUSH_BUTTON, "Welcome, English"                                          \
  }

/* The tables stay, as the applicant remembers what was seen by their texts. */
static const RobotStep alone[] = { BEGIN, DECLARE, LEAVE, RESET };

static const RobotStep parked[] = {
  BEGIN,
  PRESS ("Back"),
  SEE ("Do you want to leave?"),
  PRESS ("Keep and leave"),
  SEE ("Your answers and pages are kept"),
  PRESS ("Leave"),
  RESET,
};

static const RobotStep group[] = {
  BEGIN,
  DECLARE,
  PRESS ("Next person in my group"),
  SEE ("Before you begin"),
  PRESS ("I agree"),
  SEE ("Show your appointment code"),
  PRESS ("I have no code"),
  SEE ("What do you want to apply for?"),
  CHOOSE ("Health declaration"),
  SEE ("This is your code"),
  PRESS ("Go on"),
  SEE ("Show the page with your photo"),
  DECLARE,
  LEAVE,
  RESET,
};

static void
make_visit (Habit *habit, guint number)
{
  if (number % EVERY == PARKED)
    habit_take (habit, parked, G_N_ELEMENTS (parked));
  else if (number % EVERY == GROUP)
    habit_take (habit, group, G_N_ELEMENTS (group));
  else
    habit_take (habit, alone, G_N_ELEMENTS (alone));
}

static void
print_ledger (const Ledger *ledger, guint number, double took_s)
{
  g_print ("{\"visit\":%u,\"took_s\":%.1f", number, took_s);
  for (guint i = 0; i < LEDGER_FIGURES; i++)
    g_print (",\"%s\":%.0f", ledger_name (i), ledger_get (ledger, i));
  g_print ("}\n");
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Of @figure after the visits from the @first-th on, which counts from 1. */
static double
median (const Ledger *ledgers, guint first, guint figure)
{
  double values[AROUND];

  for (guint i = 0; i < AROUND; i++)
    values[i] = ledger_get (&ledgers[first - 1 + i], figure);
  qsort (values, AROUND, sizeof *values, compare);
  return values[AROUND / 2];
}

static gboolean
may_grow (const char *figure)
{
  return g_str_equal (figure, "db_kb") || g_str_equal (figure, "records")
         || g_str_equal (figure, "drafts");
}

/* Of the kiosk's own process: what it shares with others changes with who else runs. */
static gboolean
is_memory (const char *figure)
{
  return g_str_has_suffix (figure, "_kb") && !may_grow (figure) && !g_str_equal (figure, "pss_kb");
}

static int
judge (const Ledger *ledgers, guint count)
{
  gboolean held = TRUE;
  double worst = 0;

  g_print ("{\"figure\":\"memory\",\"visits\":%u", count);
  for (guint i = 0; i < LEDGER_FIGURES; i++)
    {
      const char *name = ledger_name (i);
      double before = median (ledgers, FIRST, i);
      double after = median (ledgers, count - AROUND + 1, i);

      g_print (",\"%s\":[%.0f,%.0f]", name, before, after);
      if (is_memory (name) && after > 0)
        worst = MAX (worst, after / MAX (before, 1));
      if (!g_str_has_suffix (name, "_kb") && !may_grow (name) && after > before)
        held = FALSE;
    }
  g_print (",\"ratio\":%.3f,\"target\":%.2f,\"db_kb_a_visit\":%.2f,\"nothing_else_grew\":%s}\n",
           worst, RATIO_MAX,
           (ledgers[count - 1].db_kb - ledgers[FIRST - 1].db_kb) / (count - FIRST),
           held ? "true" : "false");
  return held && worst <= RATIO_MAX ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Habit) habit = NULL;
  g_autofree Ledger *ledgers = NULL;
  guint count = argc > 5 ? (guint)atoi (argv[5]) : VISITS;
  int pid;

  if (argc < 5 || count < FIRST + AROUND)
    {
      g_printerr ("usage: visits PID STATION PAPERS IN-VIEW [COUNT]\n");
      return 2;
    }
  pid = atoi (argv[1]);
  setlinebuf (stdout);
  habit = habit_new ("kouan", (RobotHand){ argv[3], argv[4] }, &error);
  if (habit == NULL)
    {
      g_printerr ("visits: %s\n", error->message);
      return 3;
    }
  ledgers = g_new0 (Ledger, count);
  for (guint number = 1; number <= count; number++)
    {
      gint64 start_us = g_get_monotonic_time ();

      make_visit (habit, number);
      if (!ledger_read (&ledgers[number - 1], pid, argv[2]))
        {
          g_printerr ("visits: cannot look into the kiosk: this is for root\n");
          return 3;
        }
      if (number <= FIRST || number % EVERY == 0)
        print_ledger (&ledgers[number - 1], number,
                      (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
    }
  return judge (ledgers, count);
}
