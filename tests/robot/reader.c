/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/tree.h"

#include <locale.h>

/* reader APPLICATION: what a screen reader finds in a program, one widget a line, in the order of
 * the page: its role, then "focus" if it can have it and "-" if not, then its name, divided by
 * tabs. Below what has no name or no role and would be stopped at is a line "fault". */

/* A program that has just begun is not on the bus yet. */
#define LOOK_AGAIN_US 100000
#define LOOKS_MAX 100

static void
print_line (const char *first, const char *second, const char *third)
{
  g_autofree char *line = g_strdelimit (g_strdup (third), "\t\n", ' ');

  g_print ("%s\t%s\t%s\n", first, second, line);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) widgets = NULL;

  if (argc != 2)
    {
      g_printerr ("usage: %s APPLICATION\n", argv[0]);
      return 2;
    }
  setlocale (LC_ALL, "");
  atspi_init ();
  widgets = robot_tree_read (argv[1]);
  for (int look = 0; look < LOOKS_MAX && widgets->len == 0; look++)
    {
      g_usleep (LOOK_AGAIN_US);
      g_clear_pointer (&widgets, g_ptr_array_unref);
      widgets = robot_tree_read (argv[1]);
    }
  for (guint i = 0; i < widgets->len; i++)
    {
      const RobotWidget *widget = widgets->pdata[i];
      g_autofree char *role = atspi_role_get_name (widget->role);
      g_autofree char *fault = robot_widget_dup_fault (widget);

      print_line (role, widget->focusable ? "focus" : "-", widget->name);
      if (fault != NULL)
        print_line ("fault", "-", fault);
    }
  atspi_exit ();
  return 0;
}
