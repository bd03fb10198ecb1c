/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/padme.h"
#include "app/record/tar.h"
#include "tests/testlib/fixture.h"

#define MTIME_S 1767225600

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
add (KouanTarWriter *tar, const char *name, const char *text)
{
  g_autoptr (GBytes) contents = text_bytes (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_tar_writer_add (tar, name, contents, NULL, &error));
  g_assert_no_error (error);
}

static GByteArray *
finish (GOutputStream *base, KouanTarWriter *tar, guint64 total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (kouan_tar_writer_finish (tar, total, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_close (base, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
  return g_bytes_unref_to_array (g_steal_pointer (&bytes));
}

/* Two members: "a/one.txt", 600 bytes, and "two", empty. */
static GByteArray *
sample (guint64 total)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (KouanTarWriter) tar = kouan_tar_writer_new (base, MTIME_S);
  g_autofree char *text = g_strnfill (600, 'x');

  add (tar, "a/one.txt", text);
  add (tar, "two", "");
  g_assert_cmpuint (kouan_tar_writer_get_size (tar), ==, 512 + 1024 + 512);
  return finish (base, tar, total);
}

static KouanTarReader *
read_from (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);

  return kouan_tar_reader_new (base, 10000, 10);
}

/* Reads all of it. Returns: how many members came out, or -1 with the error */
static int
count_members (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (KouanTarReader) tar = read_from (data, size);
  const char *name;
  guint64 member_size;
  int count = 0;

  while (kouan_tar_reader_next (tar, &name, &member_size, error))
    {
      if (name == NULL)
        return count;
      count++;
    }
  return -1;
}

static void
test_round_trip (void)
{
  g_autoptr (GByteArray) bytes = sample (0);
  g_autoptr (KouanTarReader) tar = read_from (bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  guint8 contents[1024];
  const char *name;
  guint64 size;

  g_assert_cmpuint (bytes->len, ==, 512 + 1024 + 512 + 1024);
  g_assert_true (kouan_tar_reader_next (tar, &name, &size, &error));
  g_assert_cmpstr (name, ==, "a/one.txt");
  g_assert_cmpuint (size, ==, 600);
  g_assert_cmpint (kouan_tar_reader_read (tar, contents, sizeof contents, &error), ==, 600);
  g_assert_cmpint (contents[599], ==, 'x');
  g_assert_cmpint (kouan_tar_reader_read (tar, contents, sizeof contents, &error), ==, 0);
  g_assert_true (kouan_tar_reader_next (tar, &name, &size, &error));
  g_assert_cmpstr (name, ==, "two");
  g_assert_cmpuint (size, ==, 0);
  g_assert_true (kouan_tar_reader_next (tar, &name, &size, &error));
  g_assert_null (name);
}

static void
test_unread_members_are_skipped (void)
{
  g_autoptr (GByteArray) bytes = sample (8192);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (bytes->len, ==, 8192);
  g_assert_cmpint (count_members (bytes->data, bytes->len, &error), ==, 2);
  g_assert_no_error (error);
}

static void
test_every_truncation_is_an_error (void)
{
  g_autoptr (GByteArray) bytes = sample (0);

  for (gsize size = 0; size < bytes->len; size++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (count_members (bytes->data, size, &error), ==, -1);
      g_assert_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_MALFORMED);
    }
}

/* Not one bit outside of the contents may change and go unnoticed. */
static void
test_every_flipped_bit_is_an_error (void)
{
  g_autoptr (GByteArray) bytes = sample (0);

  for (gsize i = 0; i < bytes->len; i++)
    {
      gboolean contents = i >= 512 && i < 512 + 600;
      g_autoptr (GError) error = NULL;
      int count;

      bytes->data[i] ^= 1 << (i % 8);
      count = count_members (bytes->data, bytes->len, &error);
      bytes->data[i] ^= 1 << (i % 8);
      g_assert_cmpint (count, ==, contents ? 2 : -1);
    }
}

static void
test_names (void)
{
  const char *const good[] = { "a", "a.b", "documents/01-passport.pdf", "a/b/c/d_e", "0" };
  const char *const bad[] = { "",     "/a",   "a/",  "../a", "a/../b", "./a", "a//b", ".hidden",
                              "a/.b", "-rf",  "a b", "a\\b", "a\nb",   "ä",   "a:b",  "..",
                              "a/..", "a/-b", "~",   "$a",   "a*",     "a;b", "a\"b" };
  g_autofree char *longest = g_strnfill (100, 'a');
  g_autofree char *too_long = g_strnfill (101, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (kouan_tar_name_is_safe (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (kouan_tar_name_is_safe (bad[i]));
  g_assert_true (kouan_tar_name_is_safe (longest));
  g_assert_false (kouan_tar_name_is_safe (too_long));
}

static void
test_writer_refuses_names (void)
{
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (KouanTarWriter) tar = kouan_tar_writer_new (base, MTIME_S);
  g_autoptr (GBytes) contents = text_bytes ("x");
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_tar_writer_add (tar, "../x", contents, NULL, &error));
  g_assert_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_NAME);
  g_assert_cmpuint (kouan_tar_writer_get_size (tar), ==, 0);
}

/* Makes the header of @bytes fit again after a change. */
static void
mend_sum (guint8 *header)
{
  guint sum = 8 * ' ';

  for (guint i = 0; i < 512; i++)
    if (i < 148 || i >= 156)
      sum += header[i];
  g_snprintf ((char *)header + 148, 8, "%06o", sum);
}

/* What another tar may put there and no record has, with a checksum that fits. */
static void
test_foreign_headers (void)
{
  const struct
  {
    gsize offset;
    const char *text;
    KouanTarError code;
  } changes[] = {
    { 156, "1", KOUAN_TAR_ERROR_MALFORMED },       /* a hard link */
    { 156, "2", KOUAN_TAR_ERROR_MALFORMED },       /* a symbolic link */
    { 156, "3", KOUAN_TAR_ERROR_MALFORMED },       /* a device */
    { 156, "5", KOUAN_TAR_ERROR_MALFORMED },       /* a folder */
    { 156, "L", KOUAN_TAR_ERROR_MALFORMED },       /* a GNU long name */
    { 156, "x", KOUAN_TAR_ERROR_MALFORMED },       /* a pax header */
    { 157, "target", KOUAN_TAR_ERROR_MALFORMED },  /* where a link leads */
    { 345, "prefix", KOUAN_TAR_ERROR_MALFORMED },  /* a longer path */
    { 257, "ustar  ", KOUAN_TAR_ERROR_MALFORMED }, /* GNU's own format */
    { 124, "-0000001130", KOUAN_TAR_ERROR_MALFORMED },
    { 124, "\x80", KOUAN_TAR_ERROR_MALFORMED }, /* a number to base 256 */
    { 0, "../a", KOUAN_TAR_ERROR_NAME },
    { 0, "/etc/x", KOUAN_TAR_ERROR_NAME },
    { 124, "77777777777", KOUAN_TAR_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) bytes = sample (0);
      g_autoptr (GError) error = NULL;

      memcpy (bytes->data + changes[i].offset, changes[i].text, strlen (changes[i].text));
      mend_sum (bytes->data);
      g_assert_cmpint (count_members (bytes->data, bytes->len, &error), ==, -1);
      g_assert_error (error, KOUAN_TAR_ERROR, (gint)changes[i].code);
    }
}

static void
test_limits (void)
{
  g_autoptr (GByteArray) bytes = sample (0);
  g_autoptr (GInputStream) base
    = g_memory_input_stream_new_from_data (bytes->data, bytes->len, NULL);
  g_autoptr (KouanTarReader) small = kouan_tar_reader_new (base, 599, 10);
  g_autoptr (KouanTarReader) few = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  guint64 size;

  g_assert_false (kouan_tar_reader_next (small, &name, &size, &error));
  g_assert_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_seekable_seek (G_SEEKABLE (base), 0, G_SEEK_SET, NULL, NULL);
  few = kouan_tar_reader_new (base, 10000, 1);
  g_assert_true (kouan_tar_reader_next (few, &name, &size, &error));
  g_assert_false (kouan_tar_reader_next (few, &name, &size, &error));
  g_assert_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_TOO_LARGE);
}

/* The system's own tar lists what we wrote, padding and all. */
static void
test_stock_tar (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "x.tar", NULL);
  g_autofree char *program = g_find_program_in_path ("tar");
  const char *argv[] = { "tar", "--numeric-owner", "-tvf", path, NULL };
  g_autoptr (GByteArray) bytes = sample (64 * 1024);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_file_set_contents (path, (const char *)bytes->data, bytes->len, NULL));
  if (program == NULL)
    g_test_skip ("no tar here");
  else
    {
      g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                    &error);
      g_assert_no_error (error);
      g_assert_true (g_spawn_check_wait_status (status, NULL));
      g_assert_cmpstr (err, ==, "");
      g_assert_cmpstr (out, ==,
                       "-rw------- 0/0             600 2026-01-01 00:00 a/one.txt\n"
                       "-rw------- 0/0               0 2026-01-01 00:00 two\n");
    }
  kouan_test_folder_remove (folder);
}

static void
test_padme (void)
{
  const struct
  {
    guint64 size;
    guint64 padded;
  } known[] = {
    { 0, 65536 },       { 1, 65536 },         { 65536, 65536 },     { 65537, 67584 },
    { 100000, 100352 }, { 1000000, 1015808 }, { 9437184, 9437184 }, { 9437185, 9699328 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpuint (kouan_padme_size (known[i].size), ==, known[i].padded);
}

static void
test_padme_properties (void)
{
  guint64 previous = 0;

  for (guint64 size = 1; size < G_GUINT64_CONSTANT (1) << 40; size += size / 7 + 1)
    {
      guint64 padded = kouan_padme_size (size);

      g_assert_cmpuint (padded, >=, MAX (size, previous));
      g_assert_cmpuint (padded % 2048, ==, 0);
      g_assert_cmpuint (kouan_padme_size (padded), ==, padded);
      if (size >= 65536)
        g_assert_cmpuint (padded - size, <=, size * 12 / 100);
      previous = padded;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/tar/round-trip", test_round_trip);
  g_test_add_func ("/record/tar/unread-members-are-skipped", test_unread_members_are_skipped);
  g_test_add_func ("/record/tar/every-truncation-is-an-error", test_every_truncation_is_an_error);
  g_test_add_func ("/record/tar/every-flipped-bit-is-an-error", test_every_flipped_bit_is_an_error);
  g_test_add_func ("/record/tar/names", test_names);
  g_test_add_func ("/record/tar/writer-refuses-names", test_writer_refuses_names);
  g_test_add_func ("/record/tar/foreign-headers", test_foreign_headers);
  g_test_add_func ("/record/tar/limits", test_limits);
  g_test_add_func ("/record/tar/stock-tar", test_stock_tar);
  g_test_add_func ("/record/padme/known", test_padme);
  g_test_add_func ("/record/padme/properties", test_padme_properties);
  return g_test_run ();
}
