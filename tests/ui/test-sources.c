/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-camera.h"
#include "app/language/language.h"
#include "app/phone/folder-phone.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "ui/pages/documents/camera-source.h"
#include "ui/pages/documents/phone-source.h"
#include "ui/style/style.h"

/* The ways to a page as widgets, each with the twin that files play. */

typedef struct
{
  char *folder;
  KouanKiosk *kiosk;
  KouanPhone *phone;
  GtkWidget *window;
  KouanSourcePart *part;
  guint pages;
  char *failed; /* id of the trouble */
  gboolean over;
  const char *awaited;
} Fixture;

static void
on_pages (KouanSourcePart *part G_GNUC_UNUSED, GPtrArray *pages, Fixture *fixture)
{
  fixture->pages = pages->len;
}

static void
on_failed (KouanSourcePart *part G_GNUC_UNUSED,
           KouanTrouble *trouble,
           gboolean over,
           Fixture *fixture)
{
  g_free (fixture->failed);
  fixture->failed = g_strdup (kouan_trouble_get_id (trouble));
  fixture->over = over;
}

static void
put_page (Fixture *fixture, const char *name, guint seed)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (KouanPage) page = kouan_test_letter (seed, 60);
  g_autoptr (GBytes) png = kouan_test_png (page);

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (KouanIdle) idle = kouan_idle_new (clock);
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);

  fixture->folder = kouan_test_folder_new ();
  fixture->kiosk = kouan_kiosk_new (NULL, idle, pixels);
  fixture->phone = kouan_folder_phone_new (fixture->folder);
  kouan_folder_phone_set_pace (KOUAN_FOLDER_PHONE (fixture->phone), 5);
  kouan_kiosk_set_phone (fixture->kiosk, fixture->phone);
  fixture->window = gtk_window_new ();
}

static void
begin (Fixture *fixture, GType type)
{
  fixture->part = g_object_new (type, NULL);
  g_signal_connect (fixture->part, "pages", G_CALLBACK (on_pages), fixture);
  g_signal_connect (fixture->part, "failed", G_CALLBACK (on_failed), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->part));
  kouan_source_part_begin (fixture->part, fixture->kiosk);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->phone);
  g_clear_object (&fixture->kiosk);
  kouan_test_folder_remove (fixture->folder);
  g_free (fixture->failed);
}

static gboolean
shows_awaited (gpointer data)
{
  Fixture *fixture = data;

  return g_strcmp0 (kouan_source_part_get_title (fixture->part), fixture->awaited) == 0;
}

static void
wait_for_title (Fixture *fixture, const char *title)
{
  fixture->awaited = title;
  kouan_test_wait_for (shows_awaited, fixture);
}

static gboolean
has_pages (gpointer data)
{
  return ((Fixture *)data)->pages > 0;
}

static gboolean
has_failed (gpointer data)
{
  return ((Fixture *)data)->failed != NULL;
}

static gboolean
has_address (gpointer data)
{
  return kouan_phone_get_address (((Fixture *)data)->phone) != NULL;
}

/* The first button below @widget. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

static void
test_phone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  put_page (fixture, "1.png", 1);
  put_page (fixture, "2.png", 2);
  kouan_phone_set_wifi (fixture->phone, "Hall", "secret word");
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  g_assert_cmpstr (kouan_source_part_get_title (fixture->part), ==, "Join our Wi-Fi");
  g_assert_null (kouan_phone_get_address (fixture->phone)); /* nobody has asked for it so far */
  kouan_source_part_press_primary (fixture->part);
  g_assert_cmpstr (kouan_source_part_get_title (fixture->part), ==, "Photograph this code");
  wait_for_title (fixture, "Does your phone show this number?");
  g_assert_cmpuint (fixture->pages, ==, 0); /* nothing is looked at before the number is the same */
  kouan_source_part_press_primary (fixture->part);
  kouan_test_wait_for (has_pages, fixture);
  g_assert_cmpuint (fixture->pages, ==, 2);
  g_assert_null (fixture->failed);
  g_assert_null (kouan_phone_get_address (fixture->phone)); /* and the server has ended */
}

static void
test_phone_not_mine (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  put_page (fixture, "1.png", 1);
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  wait_for_title (fixture, "Does your phone show this number?");
  g_signal_emit_by_name (find_button (GTK_WIDGET (fixture->part)), "clicked");
  g_assert_cmpstr (kouan_source_part_get_title (fixture->part), ==, "Photograph this code");
  g_assert_null (kouan_phone_get_address (fixture->phone)); /* the code that leaked is void */
  kouan_test_wait_for (has_address, fixture);
  g_assert_cmpuint (fixture->pages, ==, 0);
}

/* A file that cannot be read is said, and the phone may send another. */
static void
test_phone_bad_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "letter.docx", NULL);

  g_assert_true (g_file_set_contents (path, "PK\3\4 [Content_Types].xml", -1, NULL));
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  wait_for_title (fixture, "Does your phone show this number?");
  kouan_source_part_press_primary (fixture->part);
  kouan_test_wait_for (has_failed, fixture);
  g_assert_cmpstr (fixture->failed, ==, "file");
  g_assert_false (fixture->over);
  g_assert_cmpstr (kouan_source_part_get_title (fixture->part), ==,
                   "Choose the paper on your phone");
}

static void
test_phone_faults (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  put_page (fixture, "1.png", 1);
  kouan_folder_phone_set_fault (KOUAN_FOLDER_PHONE (fixture->phone), KOUAN_FOLDER_PHONE_CUT);
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  kouan_test_wait_for (has_failed, fixture);
  g_assert_cmpstr (fixture->failed, ==, "phone");
  g_assert_false (fixture->over);

  g_clear_pointer (&fixture->failed, g_free);
  kouan_folder_phone_set_fault (KOUAN_FOLDER_PHONE (fixture->phone), KOUAN_FOLDER_PHONE_LATE);
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  kouan_test_wait_for (has_failed, fixture);
  g_assert_true (fixture->over);
}

/* Leaving the page ends what it has started, whatever is under way. */
static void
test_phone_left (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  put_page (fixture, "1.png", 1);
  begin (fixture, KOUAN_TYPE_PHONE_SOURCE);
  kouan_test_wait_for (has_address, fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  g_assert_null (kouan_phone_get_address (fixture->phone));
}

static void
test_camera (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = g_strdup_printf ("file:%s/1.png", fixture->folder);
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (source, NULL);

  put_page (fixture, "1.png", 1);
  kouan_kiosk_set_document_camera (fixture->kiosk, camera);
  begin (fixture, KOUAN_TYPE_CAMERA_SOURCE);
  g_assert_nonnull (kouan_source_part_get_primary (fixture->part));
  g_assert_cmpint (kouan_camera_get_state (camera), !=, KOUAN_DEVICE_OFF);
  kouan_source_part_press_primary (fixture->part);
  g_assert_null (kouan_source_part_get_primary (fixture->part)); /* for a finger that trembles */
  g_assert_cmpstr (kouan_source_part_get_title (fixture->part), ==, "One moment");
  kouan_test_wait_for (has_pages, fixture);
  g_assert_cmpuint (fixture->pages, ==, 1);
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_OFF);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  kouan_language_init ("");
  kouan_style_load (gdk_display_get_default ());
#define ADD(name, func) g_test_add ("/ui/sources/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("phone", test_phone);
  ADD ("phone-not-mine", test_phone_not_mine);
  ADD ("phone-bad-file", test_phone_bad_file);
  ADD ("phone-faults", test_phone_faults);
  ADD ("phone-left", test_phone_left);
  ADD ("camera", test_camera);
  return g_test_run ();
}
