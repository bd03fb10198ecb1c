/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/primitives.h"
#include "app/session/draft-carry.h"
#include "app/session/draft.h"
#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* A marker that is in what is kept, and must be nowhere on the disk. */
#define MARKER "ERIKSSON<<ANNA<MARIA"

typedef struct
{
  char *folder;
  KouanDatabase *db;
  KouanClock *clock;
  KouanSecret *key;
  guint8 name[KOUAN_DRAFT_NAME_SIZE];
  KouanDraft *draft;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = kouan_test_folder_new ();
  path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  fixture->clock = kouan_manual_clock_new (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC);
  fixture->key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  memset (fixture->name, 7, sizeof fixture->name);
  fixture->draft
    = kouan_draft_new (fixture->db, fixture->folder, fixture->clock, fixture->name, fixture->key);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->draft);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->key, kouan_secret_unref);
  kouan_test_folder_remove (fixture->folder);
}

static GBytes *
text (const char *words)
{
  return g_bytes_new (words, strlen (words));
}

static void
save (Fixture *fixture, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = text (words);

  g_assert_true (kouan_draft_save (fixture->draft, state, &error));
  g_assert_no_error (error);
}

static char *
keep (Fixture *fixture, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page = text (words);
  char *file = kouan_draft_keep_page (fixture->draft, page, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static gboolean
folder_contains (const char *folder, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (path, &data, &size, NULL)
          && memmem (data, size, needle, strlen (needle)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_nothing_yet (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_draft_load (fixture->draft, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_comes_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GBytes) page = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KouanDraft) later = NULL;

  save (fixture, "first");
  file = keep (fixture, "page " MARKER);
  save (fixture, "second " MARKER);
  later
    = kouan_draft_new (fixture->db, fixture->folder, fixture->clock, fixture->name, fixture->key);
  state = kouan_draft_load (later, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (state, NULL), g_bytes_get_size (state), "second " MARKER,
                   strlen ("second " MARKER));
  page = kouan_draft_read_page (later, file, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (page, NULL), g_bytes_get_size (page), "page " MARKER,
                   strlen ("page " MARKER));
}

/* The whole folder, database and log included, says nothing to somebody without the code. */
static void
test_disk_says_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KouanSecret) other = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (KouanDraft) thief = NULL;

  save (fixture, MARKER);
  file = keep (fixture, MARKER);
  g_assert_false (folder_contains (fixture->folder, MARKER));

  thief = kouan_draft_new (fixture->db, fixture->folder, fixture->clock, fixture->name, other);
  g_assert_null (kouan_draft_load (thief, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
  g_clear_error (&error);
  g_assert_null (kouan_draft_read_page (thief, file, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
}

/* Two pages whose files are exchanged are two forgeries, not an exchanged order. */
static void
test_pages_cannot_be_exchanged (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *path_one = NULL;
  g_autofree char *path_two = NULL;

  save (fixture, "state");
  one = keep (fixture, "one");
  two = keep (fixture, "two");
  path_one = g_build_filename (fixture->folder, one, NULL);
  path_two = g_build_filename (fixture->folder, two, NULL);
  g_assert_cmpint (g_rename (path_two, path_one), ==, 0);
  g_assert_null (kouan_draft_read_page (fixture->draft, one, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
}

static void
test_dropped_page_is_gone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  save (fixture, "state");
  file = keep (fixture, "page");
  path = g_build_filename (fixture->folder, file, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (kouan_draft_drop_page (fixture->draft, file, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_discard (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  save (fixture, "state");
  file = keep (fixture, "page");
  g_assert_true (kouan_draft_discard (fixture->draft, &error));
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, file, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (kouan_draft_load (fixture->draft, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

/* A page that could not be written is not kept, and leaves nothing behind. */
static void
test_folder_is_gone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page = text ("page");
  g_autoptr (KouanDraft) draft = NULL;

  save (fixture, "state");
  draft = kouan_draft_new (fixture->db, "/nowhere", fixture->clock, fixture->name, fixture->key);
  g_assert_null (kouan_draft_keep_page (draft, page, &error));
  g_assert_nonnull (error);
}

/* A visit that has moved to another kiosk: the same code opens it there, and nothing of it is left
 * behind once it is discarded here; on the stick it says nothing. */
static void
test_carried (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *stick = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree char *visits = g_build_filename (stick, KOUAN_DRAFT_CARRY_FOLDER, NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, &error);
  g_autoptr (KouanDraft) there
    = kouan_draft_new (db, other, fixture->clock, fixture->name, fixture->key);
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GBytes) page = NULL;
  guint taken = 9;

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  save (fixture, MARKER);
  file = keep (fixture, MARKER " page");
  g_assert_true (
    kouan_draft_carry_out (fixture->db, fixture->folder, fixture->name, stick, &error));
  g_assert_no_error (error);
  g_assert_false (folder_contains (visits, MARKER));
  g_assert_true (kouan_draft_carry_in (db, other, stick, 1800000000, &taken, &error));
  g_assert_cmpuint (taken, ==, 1);
  state = kouan_draft_load (there, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (state, NULL), g_bytes_get_size (state), MARKER,
                   strlen (MARKER));
  page = kouan_draft_read_page (there, file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (page), ==, strlen (MARKER " page"));
  g_assert_true (kouan_draft_carry_in (db, other, stick, 1800000000, &taken, &error));
  g_assert_cmpuint (taken, ==, 0); /* it has left the stick */
}

/* What is here already is not touched, and what is no visit stays where it is. */
static void
test_carried_is_careful (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *stick = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree char *junk
    = g_build_filename (stick, KOUAN_DRAFT_CARRY_FOLDER, "junk" KOUAN_DRAFT_CARRY_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) state = NULL;
  guint taken = 9;

  save (fixture, "before");
  g_assert_true (
    kouan_draft_carry_out (fixture->db, fixture->folder, fixture->name, stick, &error));
  save (fixture, "after");
  g_assert_true (g_file_set_contents (junk, "\x84\x01\x50", 3, &error));
  g_assert_true (
    kouan_draft_carry_in (fixture->db, fixture->folder, stick, 1800000000, &taken, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (taken, ==, 0);
  state = kouan_draft_load (fixture->draft, &error);
  g_assert_cmpmem (g_bytes_get_data (state, NULL), g_bytes_get_size (state), "after", 5);
  g_assert_true (g_file_test (junk, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/draft/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing-yet", test_nothing_yet);
  ADD ("comes-back", test_comes_back);
  ADD ("disk-says-nothing", test_disk_says_nothing);
  ADD ("exchanged", test_pages_cannot_be_exchanged);
  ADD ("dropped", test_dropped_page_is_gone);
  ADD ("discard", test_discard);
  ADD ("carried", test_carried);
  ADD ("carried-is-careful", test_carried_is_careful);
  ADD ("folder-is-gone", test_folder_is_gone);
  return g_test_run ();
}
