/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/people-screen.h"

#include "app/language/language.h"
#include "db/kiosk/attempts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* Who has tried in vain, and how often. Unlocking takes two: the security officer who is in, and a
 * second person who shows their badge. */

struct _KouanPeopleScreen
{
  KouanStaffScreen parent_instance;
};

G_DEFINE_FINAL_TYPE (KouanPeopleScreen, kouan_people_screen, KOUAN_TYPE_STAFF_SCREEN)

static void build (KouanPeopleScreen *self);

static void
unlock (KouanPeopleScreen *self, const char *person)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanStaffMode *mode = kouan_staff_screen_get_mode (screen);
  KouanStaffOrder order = kouan_staff_mode_get_order (mode);
  g_autoptr (GError) error = NULL;

  if (kouan_staff_unlock (&order, person, &error))
    {
      kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("Unlocked"), person);
      build (self);
    }
  else if (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NEEDS_SECOND)
           || g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_SECOND_LATE))
    {
      /* "-" before it, because the word for badges that are not ours is empty. */
      g_autofree char *resume = g_strconcat ("-", person, NULL);

      kouan_staff_mode_ask_second (mode, resume);
    }
  else
    kouan_staff_screen_say_error (screen, error);
}

static void
on_unlock (GtkButton *button, KouanPeopleScreen *self)
{
  g_autoptr (KouanPeopleScreen) alive = g_object_ref (self);

  unlock (self, g_object_get_data (G_OBJECT (button), "kouan-person"));
}

static void
add_person (KouanPeopleScreen *self, const char *person)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_auto (KouanAttempts) attempts = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean locked;
  g_autofree char *tries = NULL;
  GtkWidget *table, *button;

  if (!kouan_attempts_load (kouan_staff_screen_get_database (screen), person, &attempts, &error))
    {
      g_message ("%s", error->message);
      return;
    }
  locked = attempts.failures >= KOUAN_STAFF_TRIES_MAX;
  tries = g_strdup_printf ("%d", (int)attempts.failures);
  table = kouan_staff_table_new (*person != '\0' ? person : _ ("Badges that are not ours"));
  kouan_staff_table_add (table, _ ("Tries in vain"), tries, KOUAN_NOTICE_INFO);
  kouan_staff_table_add (table, _ ("State"), locked ? _ ("locked") : _ ("may try again"),
                         locked ? KOUAN_NOTICE_PROBLEM : KOUAN_NOTICE_INFO);
  kouan_staff_screen_add (screen, table);
  button = kouan_staff_screen_add_button (screen, "lock", _ ("Let them try again"),
                                          G_CALLBACK (on_unlock));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "kouan-person", g_strdup (person), g_free);
}

static void
build (KouanPeopleScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons
    = kouan_attempts_list (kouan_staff_screen_get_database (screen), 1, &error);

  kouan_staff_screen_clear (screen);
  if (persons == NULL || persons->len == 0)
    kouan_staff_screen_add (screen, kouan_text_new (_ ("Nobody has tried in vain.")));
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    add_person (self, persons->pdata[i]);
}

static void
kouan_people_screen_enter (KouanScreen *screen)
{
  KouanStaffMode *mode = kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (screen));
  g_autofree char *resume = kouan_staff_mode_take_resume (mode);

  if (resume != NULL)
    unlock (KOUAN_PEOPLE_SCREEN (screen), resume + 1);
}

static void
kouan_people_screen_constructed (GObject *object)
{
  KouanPeopleScreen *self = KOUAN_PEOPLE_SCREEN (object);

  G_OBJECT_CLASS (kouan_people_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Locked badges"));
  build (self);
}

static void
kouan_people_screen_class_init (KouanPeopleScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_people_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->enter = kouan_people_screen_enter;
}

static void
kouan_people_screen_init (KouanPeopleScreen *self G_GNUC_UNUSED)
{
}
