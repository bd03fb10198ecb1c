/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/programs.h"
#include "app/qr/draw.h"
#include "app/qr/kind.h"

#include <string.h>

/* `kouanctl qr read IMAGE…` says what the codes in pictures hold, `kouanctl qr make TEXT` draws
 * one. Whether a code is genuine is for `appointment verify` and `receipt verify` to say. */

#define MODULE_PX 8

typedef struct
{
  JsonBuilder *builder;
  KouanCodes *codes;
  guint page;
  guint found;
  GError *error; /* of kouan-codes */
} Reading;

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* What is no text is given as Base64. */
static void
add_code (Reading *reading, const KouanQrCode *code)
{
  gsize size;
  const guchar *bytes = g_bytes_get_data (code->bytes, &size);
  g_autofree char *base64 = g_base64_encode (bytes, size);

  json_builder_begin_object (reading->builder);
  add_text (reading->builder, "kind", kouan_qr_kind_to_string (kouan_qr_kind_of (code->text)));
  add_text (reading->builder, code->text != NULL ? "text" : "base64",
            code->text != NULL ? code->text : base64);
  add_number (reading->builder, "page", reading->page);
  add_number (reading->builder, "x", code->x);
  add_number (reading->builder, "y", code->y);
  json_builder_end_object (reading->builder);
}

/* Rows of R G B to rows of gray (ITU-R BT.601). */
static guint8 *
gray_of_page (const KouanPage *page)
{
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);
  gsize count = (gsize)page->width * page->height;
  guint8 *gray = g_malloc (count);

  for (gsize i = 0; i < count; i++, rgb += 3)
    gray[i] = (guint8)((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2]) / 256);
  return gray;
}

static gboolean
on_page (KouanPage *page, gpointer data)
{
  Reading *reading = data;
  g_autofree guint8 *gray = gray_of_page (page);
  g_autoptr (GPtrArray) codes = kouan_codes_read (reading->codes, gray, page->width, page->height,
                                                  page->width, FALSE, &reading->error);

  if (codes == NULL)
    return FALSE;
  reading->page++;
  reading->found += codes->len;
  for (guint i = 0; i < codes->len; i++)
    add_code (reading, codes->pdata[i]);
  return TRUE;
}

static gboolean
read_pages (KouanPixels *pixels, const char *path, Reading *reading, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  char *contents;
  gsize size;
  gboolean read;

  if (!g_file_get_contents (path, &contents, &size, error))
    return FALSE;
  file = g_bytes_new_take (contents, size);
  read = kouan_pixels_read (pixels, file, on_page, reading, NULL, error);
  if (reading->error == NULL)
    return read;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&reading->error));
  return FALSE;
}

/* One line for one picture: its codes, or why it could not be read. */
static KouanExit
read_picture (KouanPixels *pixels, KouanCodes *codes, const char *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  Reading reading = { builder, codes, 0, 0, NULL };

  json_builder_begin_object (builder);
  add_text (builder, "file", shown);
  json_builder_set_member_name (builder, "codes");
  json_builder_begin_array (builder);
  if (!read_pages (pixels, path, &reading, &error))
    g_printerr ("kouanctl: %s: %s\n", shown, error->message);
  json_builder_end_array (builder);
  if (error != NULL)
    add_text (builder, "error", error->message);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  if (error != NULL)
    return KOUAN_EXIT_FAILED;
  return reading.found > 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static KouanExit
read_pictures (int argc, char **argv)
{
  g_autoptr (KouanPixels) pixels = NULL;
  g_autoptr (KouanCodes) codes = NULL;
  KouanExit worst = KOUAN_EXIT_OK;

  if (argc < 2)
    return kouan_ctl_usage ("qr read IMAGE…");
  pixels = kouan_ctl_pixels_new ();
  codes = kouan_ctl_codes_new ();
  if (pixels == NULL || codes == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  for (int i = 1; i < argc; i++)
    {
      KouanExit answer = read_picture (pixels, codes, argv[i]);

      worst = MAX (worst, answer);
    }
  return worst;
}

static gboolean
parse_level (const char *word, KouanQrLevel *level)
{
  static const char letters[] = "LMQH";
  const char *found = word == NULL ? letters + KOUAN_QR_LEVEL_M : strchr (letters, *word);

  if (found == NULL || *found == '\0' || (word != NULL && strlen (word) != 1))
    return FALSE;
  *level = (KouanQrLevel)(found - letters);
  return TRUE;
}

static KouanExit
save (const KouanQrMatrix *matrix, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = g_str_has_suffix (path, ".svg")
                                 ? kouan_qr_draw_svg (matrix)
                                 : kouan_qr_draw_png (matrix, MODULE_PX);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gsize size;
  const char *bytes = g_bytes_get_data (picture, &size);

  if (!g_file_set_contents (path, bytes, (gssize)size, &error))
    return kouan_ctl_failed (error);
  json_builder_begin_object (builder);
  add_text (builder, "file", path);
  add_number (builder, "version", kouan_qr_matrix_get_version (matrix));
  add_number (builder, "modules", kouan_qr_matrix_get_size (matrix));
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return KOUAN_EXIT_OK;
}

static KouanExit
make_picture (int argc, char **argv)
{
  g_autofree char *out = NULL;
  g_autofree char *level_word = NULL;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_STRING, &level_word, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanQrMatrix) matrix = NULL;
  KouanQrLevel level;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (argc != 2 || *argv[1] == '\0' || out == NULL || !parse_level (level_word, &level)
      || !(g_str_has_suffix (out, ".png") || g_str_has_suffix (out, ".svg")))
    return kouan_ctl_usage ("qr make TEXT --out FILE.png|FILE.svg [--level L|M|Q|H]");
  matrix = kouan_qr_matrix_new (argv[1], level, &error);
  return matrix != NULL ? save (matrix, out) : kouan_ctl_failed (error);
}

KouanExit
kouan_ctl_qr (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "read"))
    return read_pictures (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "make"))
    return make_picture (argc - 1, argv + 1);
  return kouan_ctl_usage ("qr read IMAGE… or qr make TEXT …");
}
