/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/document-lines.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/ctl/store.h"
#include "app/face/compare.h"

#include <string.h>

/* kouanctl face compare A B…: whether each picture shows the person of the first. One line a
 * picture. */

typedef struct
{
  KouanPixels *pixels;
  KouanFaceEngine *engine;
  KouanFaceDescription first;
} Comparing;

static gboolean
keep_first (KouanPage *page, gpointer data)
{
  KouanPage **kept = data;

  *kept = kouan_page_ref (page);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the first page of a file */
static KouanPage *
load (KouanPixels *pixels, const char *path, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) failure = NULL;
  KouanPage *page = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  file = g_bytes_new_take (contents, size);
  if (!kouan_pixels_read (pixels, file, keep_first, &page, NULL, &failure) && page == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return page;
}

static void
add_number (JsonBuilder *line, const char *name, double value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_double_value (line, value);
}

/* @exit: (out): where there is no face to compare
 *
 * Returns: whether there is one */
static gboolean
describe (Comparing *comparing,
          const char *path,
          JsonBuilder *line,
          KouanFaceDescription *description,
          KouanExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = load (comparing->pixels, path, &error);
  KouanFace face;

  if (page == NULL)
    {
      *exit = kouan_ctl_document_line_end_with_error (line, error);
      return FALSE;
    }
  if (!kouan_face_find (comparing->engine, page, &face))
    {
      kouan_ctl_add_int (line, "faces", 0);
      kouan_ctl_add_text (line, "answer", "no-face");
      kouan_ctl_document_line_end (line);
      *exit = KOUAN_EXIT_NO;
      return FALSE;
    }
  kouan_ctl_add_int (line, "faces", face.n_faces);
  add_number (line, "score", face.score);
  kouan_face_describe (comparing->engine, page, &face, description);
  return TRUE;
}

static KouanExit
compare (Comparing *comparing, const char *path)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  KouanFaceDescription description;
  KouanFaceAnswer answer;
  KouanExit exit;
  double distance;

  if (!describe (comparing, path, line, &description, &exit))
    return exit;
  distance = kouan_face_distance (&comparing->first, &description);
  answer = kouan_face_judge (distance);
  add_number (line, "distance", distance);
  kouan_ctl_add_text (line, "answer", kouan_face_answer_id (answer));
  kouan_ctl_document_line_end (line);
  return answer == KOUAN_FACE_THE_SAME ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static KouanExit
compare_all (Comparing *comparing, char **files)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (files[0]);
  KouanExit worst = KOUAN_EXIT_OK;

  if (!describe (comparing, files[0], line, &comparing->first, &worst))
    return worst;
  kouan_ctl_add_text (line, "answer", "first");
  kouan_ctl_document_line_end (line);
  for (guint i = 1; files[i] != NULL; i++)
    {
      KouanExit answer = compare (comparing, files[i]);

      worst = MAX (worst, answer);
    }
  return worst;
}

/* kouanctl face compare A B… */
KouanExit
kouan_ctl_face (int argc, char **argv)
{
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (KouanPixels) pixels = NULL;
  g_autoptr (KouanFaceEngine) engine = NULL;
  Comparing comparing = { 0 };

  if (argc < 2 || !g_str_equal (argv[1], "compare"))
    return kouan_ctl_usage ("face compare A B…");
  argc--;
  argv++;
  if (!kouan_ctl_parse ("face compare", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (files == NULL || files[1] == NULL)
    return kouan_ctl_usage ("face compare: which two pictures?");
  engine = kouan_face_engine_new ();
  if (engine == NULL)
    {
      g_printerr ("kouanctl: not supported: built without the weights that faces are compared with "
                  "(packaging/run fetches them)\n");
      return KOUAN_EXIT_UNAVAILABLE;
    }
  pixels = kouan_ctl_pixels_new ();
  if (pixels == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  comparing.pixels = pixels;
  comparing.engine = engine;
  return compare_all (&comparing, files);
}
