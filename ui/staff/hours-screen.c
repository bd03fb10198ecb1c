/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/hours-screen.h"

#include "app/language/language.h"
#include "app/staff/hours.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* When this kiosk serves, day by day, in steps of half an hour. Nothing counts before it is saved.
 */

#define STEP_MIN 30
#define DAY_MIN 1440
#define FIRST_FROM (8 * 60 + 30)
#define FIRST_TO (17 * 60)

struct _KouanHoursScreen
{
  KouanStaffScreen parent_instance;

  KouanHours hours;
  guint day; /* that is changed */
};

G_DEFINE_FINAL_TYPE (KouanHoursScreen, kouan_hours_screen, KOUAN_TYPE_STAFF_SCREEN)

static void build (KouanHoursScreen *self);

/* In the language of the moment: a Monday in 2026 and the days after it. */
static char *
day_name (guint day)
{
  static const char *const names[KOUAN_HOURS_DAYS]
    = { N_ ("Monday"), N_ ("Tuesday"),  N_ ("Wednesday"), N_ ("Thursday"),
        N_ ("Friday"), N_ ("Saturday"), N_ ("Sunday") };

  return g_strdup (_ (names[day]));
}

static char *
day_text (const KouanHours *hours, guint day)
{
  g_autofree char *text = kouan_hours_day_to_string (hours, day);
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);

  if (hours->days[day].from >= hours->days[day].to)
    return g_strdup (_ ("closed"));
  return g_strjoinv ("–", ends);
}

static void
on_day (GtkButton *button, KouanHoursScreen *self)
{
  self->day = (guint)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kouan-day"));
  build (self);
}

/* @what: 0 opens earlier, 1 opens later, 2 closes earlier, 3 closes later, 4 closed or open, 5 the
 * same on all days from Monday to Friday */
static void
on_change (GtkButton *button, KouanHoursScreen *self)
{
  int what = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kouan-what"));
  guint *from = &self->hours.days[self->day].from;
  guint *to = &self->hours.days[self->day].to;

  if (what == 0 && *from >= STEP_MIN)
    *from -= STEP_MIN;
  else if (what == 1 && *from + STEP_MIN < *to)
    *from += STEP_MIN;
  else if (what == 2 && *from + STEP_MIN < *to)
    *to -= STEP_MIN;
  else if (what == 3 && *to + STEP_MIN < DAY_MIN)
    *to += STEP_MIN;
  else if (what == 4)
    {
      gboolean open = *from < *to;

      *from = open ? 0 : FIRST_FROM;
      *to = open ? 0 : FIRST_TO;
    }
  else if (what == 5)
    for (guint i = 0; i < 5; i++)
      self->hours.days[i] = self->hours.days[self->day];
  build (self);
}

static void
add_change (KouanHoursScreen *self, GtkWidget *row, int what, const char *icon, const char *label)
{
  GtkWidget *button = kouan_button_new (icon, label);

  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), "kouan-what", GINT_TO_POINTER (what));
  g_signal_connect (button, "clicked", G_CALLBACK (on_change), self);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkWidget *
add_row (KouanHoursScreen *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), row);
  return row;
}

static void
add_editor (KouanHoursScreen *self)
{
  gboolean open = self->hours.days[self->day].from < self->hours.days[self->day].to;
  GtkWidget *row;

  if (open)
    {
      row = add_row (self);
      add_change (self, row, 0, "minus", _ ("Open earlier"));
      add_change (self, row, 1, "plus", _ ("Open later"));
      row = add_row (self);
      add_change (self, row, 2, "minus", _ ("Close earlier"));
      add_change (self, row, 3, "plus", _ ("Close later"));
    }
  row = add_row (self);
  add_change (self, row, 4, open ? "cross" : "check",
              open ? _ ("Closed on this day") : _ ("Open on this day"));
  add_change (self, row, 5, "documents", _ ("The same from Monday to Friday"));
}

static void
add_day (KouanHoursScreen *self, guint day)
{
  g_autofree char *name = day_name (day);
  g_autofree char *text = day_text (&self->hours, day);
  g_autofree char *label = g_strdup_printf ("%s   %s", name, text);
  GtkWidget *button
    = kouan_staff_screen_add_button (KOUAN_STAFF_SCREEN (self), NULL, label, G_CALLBACK (on_day));

  g_object_set_data (G_OBJECT (button), "kouan-day", GINT_TO_POINTER ((int)day));
  if (day == self->day)
    {
      gtk_widget_add_css_class (button, "chosen");
      add_editor (self);
    }
}

static void
on_always (GtkButton *button G_GNUC_UNUSED, KouanHoursScreen *self)
{
  KouanStaffOrder order
    = kouan_staff_mode_get_order (kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self)));
  g_autoptr (GError) error = NULL;

  if (kouan_staff_set_hours (&order, NULL, &error))
    kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_SUCCESS,
                            _ ("This kiosk serves at any hour"), NULL);
  else
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
}

static void
build (KouanHoursScreen *self)
{
  kouan_staff_screen_clear (KOUAN_STAFF_SCREEN (self));
  for (guint day = 0; day < KOUAN_HOURS_DAYS; day++)
    add_day (self, day);
  kouan_staff_screen_add_button (KOUAN_STAFF_SCREEN (self), "clock", _ ("Serve at any hour"),
                                 G_CALLBACK (on_always));
}

static void
kouan_hours_screen_primary (KouanScreen *screen)
{
  KouanHoursScreen *self = KOUAN_HOURS_SCREEN (screen);
  KouanStaffOrder order
    = kouan_staff_mode_get_order (kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self)));
  g_autoptr (GError) error = NULL;

  if (kouan_staff_set_hours (&order, &self->hours, &error))
    kouan_staff_screen_say (
      KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_SUCCESS, _ ("The hours are saved"),
      _ ("Outside of them the first page says when this kiosk opens. A visit that has begun is "
         "not cut off."));
  else
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
}

static void
load (KouanHoursScreen *self)
{
  gboolean is_set = FALSE;
  g_autoptr (GError) error = NULL;

  if (!kouan_hours_load (kouan_staff_screen_get_database (KOUAN_STAFF_SCREEN (self)), &self->hours,
                         &is_set, &error))
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
  for (guint day = 0; !is_set && day < KOUAN_HOURS_DAYS; day++)
    {
      self->hours.days[day].from = day < 5 ? FIRST_FROM : 0;
      self->hours.days[day].to = day < 5 ? FIRST_TO : 0;
    }
}

static void
kouan_hours_screen_constructed (GObject *object)
{
  KouanHoursScreen *self = KOUAN_HOURS_SCREEN (object);

  G_OBJECT_CLASS (kouan_hours_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Opening hours"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Save these hours"), TRUE);
  load (self);
  build (self);
}

static void
kouan_hours_screen_class_init (KouanHoursScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_hours_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_hours_screen_primary;
}

static void
kouan_hours_screen_init (KouanHoursScreen *self G_GNUC_UNUSED)
{
}
