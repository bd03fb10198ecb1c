/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/manifest.h"
#include "app/record/open.h"
#include "app/record/tar.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *sealed;
  char *out;
  KouanAgeIdentity *identity;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->sealed = g_build_filename (fixture->folder, "x.age", NULL);
  fixture->out = g_build_filename (fixture->folder, "out", NULL);
  fixture->identity = kouan_age_identity_generate ();
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_age_identity_free (fixture->identity);
  g_free (fixture->sealed);
  g_free (fixture->out);
  kouan_test_folder_remove (fixture->folder);
}

typedef struct
{
  const char *name;
  const char *text;
} Member;

static void
add (KouanTarWriter *tar, const char *name, const char *text)
{
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));

  g_assert_true (kouan_tar_writer_add (tar, name, contents, NULL, NULL));
}

static void
describe (KouanMembers *members, const char *name, const char *text)
{
  guint8 digest[32];

  kouan_sha256 ((const guint8 *)text, strlen (text), digest);
  kouan_members_add (members, name, strlen (text), digest);
}

/* Seals bytes for the fixture's identity. */
static void
seal_bytes (Fixture *fixture, const void *data, gsize size)
{
  g_autoptr (GPtrArray) recipients
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) age = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_ptr_array_add (recipients, kouan_age_identity_get_recipient (fixture->identity));
  age = kouan_age_encrypt (base, recipients, NULL);
  g_assert_true (g_output_stream_write_all (age, data, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (age, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
  g_assert_true (g_file_set_contents (fixture->sealed, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
}

/* Seals @members; the manifest tells of @described, or is left out if that is NULL. */
static void
seal (Fixture *fixture,
      const Member *members,
      guint count,
      const Member *described,
      guint described_count)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (KouanTarWriter) tar = kouan_tar_writer_new (base, 0);
  g_autoptr (KouanMembers) list = kouan_members_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < count; i++)
    add (tar, members[i].name, members[i].text);
  for (guint i = 0; i < described_count; i++)
    describe (list, described[i].name, described[i].text);
  if (described != NULL)
    {
      g_autoptr (GBytes) json = kouan_members_to_json (list);

      g_assert_true (kouan_tar_writer_add (tar, KOUAN_MEMBERS_NAME, json, NULL, NULL));
    }
  g_assert_true (kouan_tar_writer_finish (tar, 65536, NULL, NULL));
  g_output_stream_close (base, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
  seal_bytes (fixture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static const Member two[] = { { "application.json", "{}" }, { "documents/01-a.pdf", "%PDF" } };

static void
assert_refused (Fixture *fixture, KouanRecordError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_null (kouan_record_open (fixture->sealed, fixture->identity, fixture->out, &error));
  g_assert_error (error, KOUAN_RECORD_ERROR, (gint)code);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "out."));
}

static void
assert_member (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_opens (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;

  seal (fixture, two, 2, two, 2);
  g_assert_cmpint (g_mkdir (fixture->out, 0700), ==, 0); /* empty: as good as none */
  names = kouan_record_open (fixture->sealed, fixture->identity, fixture->out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpstr (names->pdata[1], ==, "documents/01-a.pdf");
  assert_member (fixture, "application.json", "{}");
  assert_member (fixture, "documents/01-a.pdf", "%PDF");
}

static void
test_never_over_something (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->out, "mine", NULL);

  seal (fixture, two, 2, two, 2);
  g_assert_cmpint (g_mkdir (fixture->out, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  assert_refused (fixture, KOUAN_RECORD_ERROR_EXISTS);
  assert_member (fixture, "mine", "mine");
}

static void
test_manifest_must_fit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const Member edited[] = { two[0], { "documents/01-a.pdf", "%PDX" } };
  const Member renamed[] = { two[0], { "documents/01-b.pdf", "%PDF" } };
  const Member swapped[] = { two[1], two[0] };

  seal (fixture, edited, 2, two, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
  seal (fixture, renamed, 2, two, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
  seal (fixture, swapped, 2, two, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
  seal (fixture, two, 1, two, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
  seal (fixture, two, 2, two, 1);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
  seal (fixture, two, 2, NULL, 0);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
}

static void
test_hostile_members (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const Member twice[] = { two[0], two[0] };
  const Member below_a_file[] = { { "a", "x" }, { "a/b", "x" } };
  const Member two_manifests[] = { { KOUAN_MEMBERS_NAME, "{}" } };

  seal (fixture, twice, 2, twice, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_UNSAFE);
  seal (fixture, below_a_file, 2, below_a_file, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_UNSAFE);
  seal (fixture, two_manifests, 1, two, 2);
  assert_refused (fixture, KOUAN_RECORD_ERROR_MISMATCH);
}

/* A name that the writer would refuse, put there by hand. */
static void
test_name_that_leaves (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (KouanTarWriter) tar = kouan_tar_writer_new (base, 0);
  g_autofree char *victim = g_build_filename (fixture->folder, "victim", NULL);
  guint8 *bytes;
  guint sum = 8 * ' ';

  add (tar, "aaavictim", "x");
  g_assert_true (kouan_tar_writer_finish (tar, 0, NULL, NULL));
  bytes = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (base));
  memcpy (bytes, "../victim", 9);
  for (guint i = 0; i < 512; i++)
    if (i < 148 || i >= 156)
      sum += bytes[i];
  g_snprintf ((char *)bytes + 148, 8, "%06o", sum);
  seal_bytes (fixture, bytes, g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (base)));
  assert_refused (fixture, KOUAN_RECORD_ERROR_UNSAFE);
  g_assert_false (g_file_test (victim, G_FILE_TEST_EXISTS));
}

static void
test_damage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *contents = NULL;
  gsize size;

  seal (fixture, two, 2, two, 2);
  g_assert_true (g_file_get_contents (fixture->sealed, &contents, &size, NULL));
  contents[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (fixture->sealed, contents, (gssize)size, NULL));
  assert_refused (fixture, KOUAN_RECORD_ERROR_DAMAGED);
  contents[size / 2] ^= 1;
  for (gsize cut = 0; cut < size; cut += size / 37)
    {
      g_assert_true (g_file_set_contents (fixture->sealed, contents, (gssize)cut, NULL));
      assert_refused (fixture, KOUAN_RECORD_ERROR_DAMAGED);
    }
  seal_bytes (fixture, "not a tar", 9);
  assert_refused (fixture, KOUAN_RECORD_ERROR_DAMAGED);
}

static void
test_wrong_key (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  seal (fixture, two, 2, two, 2);
  kouan_age_identity_free (fixture->identity);
  fixture->identity = kouan_age_identity_generate ();
  assert_refused (fixture, KOUAN_RECORD_ERROR_WRONG_KEY);
}

static void
test_no_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_refused (fixture, KOUAN_RECORD_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/record/open/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("opens", test_opens);
  ADD ("never-over-something", test_never_over_something);
  ADD ("manifest-must-fit", test_manifest_must_fit);
  ADD ("hostile-members", test_hostile_members);
  ADD ("name-that-leaves", test_name_that_leaves);
  ADD ("damage", test_damage);
  ADD ("wrong-key", test_wrong_key);
  ADD ("no-file", test_no_file);
  return g_test_run ();
}
