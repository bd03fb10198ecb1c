/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/campaign.h"

#include <stdio.h>

/* hostile make …      writes the files, to be looked at
 * hostile campaign …  has each of them read as the kiosk reads what a visitor brings */

typedef struct
{
  gint64 seed;
  gint64 from;
  gint64 count;
  int parallel;
  gboolean light;
  gboolean lenient;
  char *out;
  char *pixels;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "What all of it is made from", "N" },
    { "from", 0, 0, G_OPTION_ARG_INT64, &options->from, "The first file", "N" },
    { "count", 0, 0, G_OPTION_ARG_INT64, &options->count, "How many", "N" },
    { "parallel", 0, 0, G_OPTION_ARG_INT, &options->parallel, "How many at a time", "N" },
    { "light", 0, 0, G_OPTION_ARG_NONE, &options->light, "Leave out what wants much memory or time",
      NULL },
    { "lenient", 0, 0, G_OPTION_ARG_NONE, &options->lenient, "Times count for little", NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Where the files go", "FOLDER" },
    { "pixels", 0, 0, G_OPTION_ARG_FILENAME, &options->pixels, "The kouan-pixels program", "PATH" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("make|campaign");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static int
make (const Options *options)
{
  g_autoptr (KouanHostile) hostile = kouan_hostile_new ((guint32)options->seed);

  for (gint64 number = options->from; number < options->from + options->count; number++)
    {
      g_autoptr (KouanHostileFile) file = kouan_hostile_make (hostile, (guint32)number);
      g_autofree char *name = g_strdup_printf ("%06" G_GINT64_FORMAT "-%s", number, file->family);
      g_autofree char *path = g_build_filename (options->out, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!g_file_set_contents (path, g_bytes_get_data (file->bytes, NULL),
                                (gssize)g_bytes_get_size (file->bytes), &error))
        {
          g_printerr ("hostile: %s\n", error->message);
          return 3;
        }
      printf ("{\"file\":\"%s\",\"bytes\":%" G_GSIZE_FORMAT "}\n", path,
              g_bytes_get_size (file->bytes));
    }
  return 0;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 1, 0, 100, 2, FALSE, FALSE, NULL, NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_campaign = argc > 1 && g_str_equal (argv[1], "campaign");

  if (argc < 2 || !parse (argc - 1, argv + 1, &options, &error)
      || (is_campaign ? options.pixels : options.out) == NULL || options.parallel < 1)
    {
      g_printerr ("hostile: %s\nusage: hostile make --out FOLDER | campaign --pixels PATH "
                  "[--seed N] [--from N] [--count N] [--parallel N] [--light] [--lenient]\n",
                  error != NULL ? error->message : "which files, and where?");
      return 2;
    }
  if (!is_campaign)
    return make (&options);
  return kouan_hostile_campaign (&(KouanHostileCampaign){
           options.pixels, (guint32)options.seed, (guint32)options.from, (guint32)options.count,
           (guint)options.parallel, options.light, options.lenient })
           ? 0
           : 1;
}
