/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/fields.h"
#include "app/ctl/mrz-lines.h"
#include "app/ctl/programs.h"
#include "app/documents/gray.h"
#include "app/identity/mrz-reader.h"

/* kouanctl mrz read: the machine readable zones in pictures, a JSON object for each picture.
 *
 * "raw" is what the picture shows, "corrected" the likeliest text that is a zone, "corrections" the
 * cells in which they differ; "checks" holds each check digit against both. "accepted" is yes only
 * where nothing that a check digit covers had to be corrected and nothing else is nearly as likely.
 * A permit of China's is shown as "permit", which is never accepted: its rules are not proven.
 * With --together all pictures are of one document, and each line is what they show so far. */

typedef struct
{
  KouanMrzReader *reader;
  KouanMrzPile *pile; /* (nullable) */
  GDate today;
  KouanMrzReading *reading; /* (nullable): of the first page that has a zone */
  KouanCnPermitReading permit;
  gboolean has_permit; /* of the first page that has one, and no zone beyond doubt */
  guint n_pages;
  guint page; /* counted from 1 */
} Reading;

static gboolean
on_page (KouanPage *page, gpointer data)
{
  Reading *self = data;
  g_autoptr (KouanGray) gray = NULL;

  self->n_pages++;
  if (self->reading != NULL || self->has_permit)
    return TRUE;
  gray = kouan_gray_new (page, G_MAXUINT);
  self->reading
    = kouan_mrz_reader_read (self->reader, self->pile, gray->data, gray->width, gray->height,
                             gray->width, KOUAN_MRZ_EFFORT_PICTURE, &self->today);
  self->page = self->n_pages;
  if (self->reading == NULL || !self->reading->accepted)
    self->has_permit
      = kouan_mrz_reader_read_permit (self->reader, gray->data, gray->width, gray->height,
                                      gray->width, &self->today, &self->permit);
  if (self->has_permit) /* its lines are those of no zone, whatever they were taken for */
    g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  return TRUE;
}

static void
add_lines (JsonBuilder *builder, const char *name, const char (*lines)[KOUAN_MRZ_LENGTH_MAX + 1])
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && lines[i][0] != '\0'; i++)
    json_builder_add_string_value (builder, lines[i]);
  json_builder_end_array (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_check_digits (JsonBuilder *builder, const KouanMrzReading *reading)
{
  json_builder_set_member_name (builder, "read");
  json_builder_begin_object (builder);
  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    if (reading->mrz->checks[i].present)
      {
        json_builder_set_member_name (builder, kouan_mrz_check_id (i));
        json_builder_begin_object (builder);
        kouan_ctl_add_bool (builder, "raw_fits", reading->as_seen->checks[i].fits);
        kouan_ctl_add_bool (builder, "corrected_fits", reading->mrz->checks[i].fits);
        if (i != KOUAN_MRZ_CHECK_COMPOSITE)
          add_number (builder, "margin", (double)reading->margins[i]);
        json_builder_end_object (builder);
      }
  json_builder_end_object (builder);
}

static void
add_permit (JsonBuilder *builder, const Reading *self)
{
  kouan_ctl_add_bool (builder, "found", TRUE);
  kouan_ctl_add_bool (builder, "accepted", FALSE); /* the rules themselves are not proven */
  kouan_ctl_add_int (builder, "page", self->page);
  json_builder_set_member_name (builder, "raw");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->permit.n_lines; i++)
    json_builder_add_string_value (builder, self->permit.lines[i]);
  json_builder_end_array (builder);
  add_number (builder, "clarity", (double)self->permit.clarity);
  kouan_ctl_add_permit (builder, &self->permit.permit);
}

static void
add_reading (JsonBuilder *builder, const Reading *self)
{
  const KouanMrzReading *reading = self->reading;
  g_autoptr (KouanChecks) checks = NULL;

  kouan_ctl_add_bool (builder, "found", reading != NULL);
  kouan_ctl_add_bool (builder, "accepted", reading != NULL && reading->accepted);
  if (reading == NULL)
    return;
  kouan_ctl_add_int (builder, "page", self->page);
  add_lines (builder, "raw", reading->raw);
  add_lines (builder, "corrected", reading->corrected);
  kouan_ctl_add_int (builder, "corrections", reading->corrections);
  kouan_ctl_add_int (builder, "pictures", reading->n_frames);
  add_number (builder, "clarity", (double)reading->clarity);
  add_check_digits (builder, reading);
  checks = kouan_mrz_reading_check (reading, &self->today);
  kouan_ctl_add_mrz (builder, reading->mrz, checks);
}

static gboolean
read_pages (KouanPixels *pixels, const char *path, Reading *self, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return FALSE;
  file = g_bytes_new_take (contents, size);
  return kouan_pixels_read (pixels, file, on_page, self, NULL, error);
}

/* One line for one picture: its zone, or why it could not be read. */
static KouanExit
read_picture (KouanPixels *pixels, Reading *self, const char *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  KouanExit answer;

  self->n_pages = 0;
  json_builder_begin_object (builder);
  kouan_ctl_add_text (builder, "file", shown);
  self->has_permit = FALSE;
  if (!read_pages (pixels, path, self, &error))
    {
      g_printerr ("kouanctl: %s: %s\n", shown, error->message);
      kouan_ctl_add_text (builder, "error", error->message);
    }
  else if (self->has_permit)
    add_permit (builder, self);
  else
    add_reading (builder, self);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  answer = self->reading != NULL && self->reading->accepted ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
  g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  return error != NULL ? KOUAN_EXIT_FAILED : answer;
}

/* With --together the last picture's answer is that of all. */
static KouanExit
read_pictures (Reading *self, char **paths)
{
  g_autoptr (KouanPixels) pixels = kouan_ctl_pixels_new ();
  KouanExit worst = KOUAN_EXIT_OK;

  if (pixels == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  for (guint i = 0; paths[i] != NULL; i++)
    {
      KouanExit answer = read_picture (pixels, self, paths[i]);

      worst = self->pile != NULL && worst < KOUAN_EXIT_FAILED ? answer : MAX (worst, answer);
    }
  return worst;
}

/* kouanctl mrz read [--together] [--today DATE] IMAGE… */
KouanExit
kouan_ctl_mrz_read (int argc, char **argv)
{
  gboolean together = FALSE;
  g_autofree char *today_option = NULL;
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "together", 0, 0, G_OPTION_ARG_NONE, &together, "All pictures are of one document", NULL },
    { "today", 0, 0, G_OPTION_ARG_STRING, &today_option, "The day that decides centuries", "DATE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "IMAGE…" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanMrzReader) reader = NULL;
  g_autoptr (KouanMrzPile) pile = NULL;
  Reading self = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (paths == NULL || argc > 1)
    return kouan_ctl_usage ("mrz read [--together] [--today DATE] IMAGE…");
  if (!kouan_ctl_choose_today (today_option, &self.today))
    return kouan_ctl_usage ("--today: a day such as 2026-05-03");
  reader = kouan_mrz_reader_new ();
  pile = together ? kouan_mrz_pile_new () : NULL;
  self.reader = reader;
  self.pile = pile;
  return read_pictures (&self, paths);
}
