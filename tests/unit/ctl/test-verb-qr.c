/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "tests/testlib/fixture.h"

#include <string.h>

#define TEXT "KA1:6BFOXN%TS3DHC8OWQ0C1TTFN"

static const char *program;

typedef struct
{
  char *folder;
  char *picture;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->picture = g_build_filename (fixture->folder, "code.png", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->picture);
  kouan_test_folder_remove (fixture->folder);
}

/* @words: after "kouanctl qr", ending with NULL */
static KouanExit
run (const char *const *words, char **output)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (arguments, (gpointer)program);
  g_ptr_array_add (arguments, (gpointer) "qr");
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)words[i]);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **)arguments->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                output, NULL, &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL) ? KOUAN_EXIT_OK : WEXITSTATUS (status);
}

static void
make (Fixture *fixture)
{
  g_autofree char *output = NULL;

  g_assert_cmpint (run ((const char *[]){ "make", TEXT, "--out", fixture->picture, NULL }, &output),
                   ==, KOUAN_EXIT_OK);
  g_assert_nonnull (strstr (output, "\"modules\":25"));
}

static JsonObject *
object_of_line (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);

  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

static void
test_what_is_made_is_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *output = NULL;
  g_autoptr (JsonObject) line = NULL;
  JsonArray *codes;
  JsonObject *code;

  make (fixture);
  g_assert_cmpint (run ((const char *[]){ "read", fixture->picture, NULL }, &output), ==,
                   KOUAN_EXIT_OK);
  line = object_of_line (output);
  g_assert_cmpstr (json_object_get_string_member (line, "file"), ==, fixture->picture);
  codes = json_object_get_array_member (line, "codes");
  g_assert_cmpuint (json_array_get_length (codes), ==, 1);
  code = json_array_get_object_element (codes, 0);
  g_assert_cmpstr (json_object_get_string_member (code, "text"), ==, TEXT);
  g_assert_cmpstr (json_object_get_string_member (code, "kind"), ==, "appointment");
  g_assert_cmpint (json_object_get_int_member (code, "page"), ==, 1);
}

static void
test_svg (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "code.svg", NULL);
  g_autofree char *output = NULL;
  g_autofree char *svg = NULL;

  g_assert_cmpint (
    run ((const char *[]){ "make", TEXT, "--out", path, "--level", "H", NULL }, &output), ==,
    KOUAN_EXIT_OK);
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  g_assert_true (g_str_has_prefix (svg, "<svg "));
}

/* The worst answer of all pictures is the answer; each still has its line. */
static void
test_several_pictures (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *damaged = g_build_filename (fixture->folder, "damaged.png", NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonObject) line = NULL;

  make (fixture);
  g_assert_true (g_file_set_contents (damaged, "\x89PNG\r\n\x1a\n no more", -1, NULL));
  g_assert_cmpint (run ((const char *[]){ "read", fixture->picture, damaged, "no-such.png",
                                          fixture->picture, NULL },
                        &output),
                   ==, KOUAN_EXIT_FAILED);
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  line = object_of_line (lines[1]);
  g_assert_true (json_object_has_member (line, "error"));
  g_assert_nonnull (strstr (lines[3], TEXT));
}

static void
test_no_code (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char ppm[] = "P6 1 1 255\n\xff\xff\xff";
  /* A white PNG of 8 × 8 pixels. */
  static const guint8 png[]
    = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
        0x52, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0xe1,
        0x64, 0xe1, 0x57, 0x00, 0x00, 0x00, 0x0e, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8,
        0x0f, 0x05, 0x0c, 0x94, 0x31, 0x00, 0xf7, 0xc0, 0x3f, 0xc1, 0xaf, 0x5c, 0x0f, 0xcd, 0x00,
        0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents (fixture->picture, (const char *)png, sizeof png, NULL));
  g_assert_cmpint (run ((const char *[]){ "read", fixture->picture, NULL }, &output), ==,
                   KOUAN_EXIT_NO);
  g_clear_pointer (&output, g_free);
  g_assert_true (g_file_set_contents (fixture->picture, ppm, sizeof ppm - 1, NULL));
  g_assert_cmpint (run ((const char *[]){ "read", fixture->picture, NULL }, &output), ==,
                   KOUAN_EXIT_FAILED);
}

static void
test_wrong_calls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const calls[][6] = {
    { NULL },
    { "read", NULL },
    { "make", TEXT, NULL },
    { "make", "--out", fixture->picture, NULL },
    { "make", "", "--out", fixture->picture, NULL },
    { "make", TEXT, "--out", "code.gif", NULL },
    { "make", TEXT, "--out", fixture->picture, "--level=X", NULL },
    { "make", TEXT, "--out", fixture->picture, "--level=", NULL },
    { "make", TEXT, "--out", fixture->picture, "--frame", NULL },
    { "write", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *output = NULL;

      g_assert_cmpint (run (calls[i], &output), ==, KOUAN_EXIT_USAGE);
      g_assert_cmpstr (output, ==, "");
    }
}

static void
test_cannot_be_written (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *output = NULL;

  g_assert_cmpint (
    run ((const char *[]){ "make", TEXT, "--out", "/no-such-folder/code.png", NULL }, &output), ==,
    KOUAN_EXIT_FAILED);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  ADD ("/ctl/qr/round-trip", test_what_is_made_is_read);
  ADD ("/ctl/qr/svg", test_svg);
  ADD ("/ctl/qr/several", test_several_pictures);
  ADD ("/ctl/qr/no-code", test_no_code);
  ADD ("/ctl/qr/wrong-calls", test_wrong_calls);
  ADD ("/ctl/qr/cannot-be-written", test_cannot_be_written);
  return g_test_run ();
}
