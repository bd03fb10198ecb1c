/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/document-lines.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/ctl/store.h"
#include "app/portrait/measure.h"
#include "app/portrait/rules.h"

#include <string.h>

/* kouanctl portrait check IMAGE…: what a portrait measures, what a person could do better, and
 * whether each receiver's cut of it fits. One line a picture. */

typedef struct
{
  char *out;
  char **files;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_strfreev (options->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_number (JsonBuilder *line, const char *name, double value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_double_value (line, value);
}

static void
add_measures (JsonBuilder *line, const KouanPortraitMeasures *measures)
{
  kouan_ctl_add_int (line, "width", measures->width);
  kouan_ctl_add_int (line, "height", measures->height);
  add_number (line, "brightness", measures->brightness);
  add_number (line, "dark_share", measures->dark_share);
  add_number (line, "light_share", measures->light_share);
  add_number (line, "range", measures->range);
  add_number (line, "evenness", measures->evenness);
  add_number (line, "redness", measures->redness);
  add_number (line, "yellowness", measures->yellowness);
  add_number (line, "chroma", measures->chroma);
  add_number (line, "sharpness", measures->sharpness);
  add_number (line, "background", measures->background);
  add_number (line, "background_spread", measures->background_spread);
  add_number (line, "background_chroma", measures->background_chroma);
}

static void
add_findings (JsonBuilder *line, KouanPortraitFindings findings)
{
  json_builder_set_member_name (line, "findings");
  json_builder_begin_array (line);
  for (guint bit = 1; bit <= KOUAN_PORTRAIT_LAST; bit <<= 1)
    if (findings & bit)
      {
        json_builder_begin_object (line);
        kouan_ctl_add_text (line, "id", kouan_portrait_finding_id (bit));
        kouan_ctl_add_text (line, "remedy", kouan_portrait_finding_remedy (bit));
        json_builder_end_object (line);
      }
  json_builder_end_array (line);
}

/* "faces/anna.png" cut for "visa" becomes "DIR/anna-visa.jpg". */
static char *
cut_path (const char *folder, const char *path, const char *rule)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = NULL;
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  name = g_strdup_printf ("%s-%s.jpg", base, rule);
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  const Options *options;
  const char *path;
  JsonBuilder *line;
  gboolean good;
  GError *error;
} Checking;

static void
add_cut (Checking *checking, KouanPage *page, const KouanPictureRule *rule)
{
  static const char *const answers[] = { "fits", "too-small", "bytes" };
  g_autoptr (KouanJpeg) picture = NULL;
  KouanCrop crop = kouan_portrait_crop (page, NULL, rule, &picture);

  json_builder_begin_object (checking->line);
  kouan_ctl_add_text (checking->line, "rule", rule->id);
  kouan_ctl_add_text (checking->line, "cut", answers[crop]);
  if (picture != NULL)
    {
      kouan_ctl_add_int (checking->line, "width", picture->width);
      kouan_ctl_add_int (checking->line, "height", picture->height);
      kouan_ctl_add_int (checking->line, "bytes", (gint64)g_bytes_get_size (picture->bytes));
    }
  if (picture != NULL && checking->options->out != NULL && checking->error == NULL)
    {
      g_autofree char *path = cut_path (checking->options->out, checking->path, rule->id);

      g_file_set_contents (path, g_bytes_get_data (picture->bytes, NULL),
                           (gssize)g_bytes_get_size (picture->bytes), &checking->error);
      kouan_ctl_add_text (checking->line, "file", path);
    }
  json_builder_end_object (checking->line);
  checking->good = checking->good && crop == KOUAN_CROP_FITS;
}

/* The first page; a portrait has one. */
static gboolean
check_page (KouanPage *page, gpointer data)
{
  Checking *checking = data;
  KouanPortraitMeasures measures;
  KouanPortraitFindings findings;
  const KouanPictureRule *rules;
  guint count;

  kouan_portrait_measure (page, NULL, &measures);
  findings = kouan_portrait_judge (&measures);
  checking->good = findings == KOUAN_PORTRAIT_FINE;
  add_measures (checking->line, &measures);
  add_findings (checking->line, findings);
  rules = kouan_picture_rules (&count);
  json_builder_set_member_name (checking->line, "rules");
  json_builder_begin_array (checking->line);
  for (guint i = 0; i < count; i++)
    add_cut (checking, page, &rules[i]);
  json_builder_end_array (checking->line);
  return FALSE;
}

static KouanExit
check_file (KouanPixels *pixels, const Options *options, const char *path)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  Checking checking = { options, path, line, FALSE, NULL };
  char *contents;
  gsize size;

  if (g_file_get_contents (path, &contents, &size, &error))
    file = g_bytes_new_take (contents, size);
  if (file == NULL
      || (!kouan_pixels_read (pixels, file, check_page, &checking, NULL, &error)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return kouan_ctl_document_line_end_with_error (line, error);
  kouan_ctl_document_line_end (line);
  if (checking.error != NULL)
    {
      g_autoptr (GError) failure = checking.error;

      return kouan_ctl_failed (failure);
    }
  return checking.good ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

/* kouanctl portrait check IMAGE… [--out DIR] */
KouanExit
kouan_ctl_portrait (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "Where each receiver's cut goes", "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (KouanPixels) pixels = NULL;
  KouanExit worst = KOUAN_EXIT_OK;

  if (argc < 2 || !g_str_equal (argv[1], "check"))
    return kouan_ctl_usage ("portrait check IMAGE… [--out DIR]");
  argc--;
  argv++;
  if (!kouan_ctl_parse ("portrait check", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (options.files == NULL)
    return kouan_ctl_usage ("portrait check: which picture?");
  pixels = kouan_ctl_pixels_new ();
  if (pixels == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  for (guint i = 0; options.files[i] != NULL; i++)
    {
      KouanExit answer = check_file (pixels, &options, options.files[i]);

      worst = MAX (worst, answer);
    }
  return worst;
}
