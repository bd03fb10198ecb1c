/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/sheet.h"

static const char HEAD[]
  = "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Every page of the kiosk</title>\n"
    "<style>body{font-family:sans-serif;background:#ddd;margin:24px}h2{margin:32px 0 8px}"
    "figure{display:inline-block;margin:0 12px 12px 0;vertical-align:top}"
    "img{height:420px;display:block;background:#fff}figcaption{font-size:14px}</style>\n";

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
add_page (GString *html, const char *folder, const char *page)
{
  g_autofree char *path = g_build_filename (folder, page, NULL);
  g_autoptr (GPtrArray) names = list (path);

  if (names->len == 0)
    return;
  g_string_append_printf (html, "<h2>%s</h2>\n", page);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (g_str_has_suffix (name, ".png"))
        g_string_append_printf (html,
                                "<figure><a href=\"%s/%s\"><img loading=\"lazy\" src=\"%s/%s\" "
                                "alt=\"\"></a><figcaption>%.*s</figcaption></figure>\n",
                                page, name, page, name, (int)strlen (name) - 4, name);
    }
}

void
kouan_test_sheet_write (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "index.html", NULL);
  g_autoptr (GPtrArray) pages = list (folder);
  g_autoptr (GString) html = g_string_new (HEAD);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < pages->len; i++)
    add_page (html, folder, g_ptr_array_index (pages, i));
  g_file_set_contents (path, html->str, (gssize)html->len, &error);
  g_assert_no_error (error);
}

int
kouan_test_picture_differs (GdkTexture *picture, const char *path)
{
  g_autoptr (GdkTexture) before = gdk_texture_new_from_filename (path, NULL);
  int width = gdk_texture_get_width (picture);
  int height = gdk_texture_get_height (picture);
  gsize count = (gsize)width * (gsize)height;
  g_autofree guint32 *now = NULL;
  g_autofree guint32 *then = NULL;
  int differing = 0;

  if (before == NULL)
    return -1;
  if (gdk_texture_get_width (before) != width || gdk_texture_get_height (before) != height)
    return width * height;
  now = g_new (guint32, count);
  then = g_new (guint32, count);
  gdk_texture_download (picture, (guchar *)now, (gsize)width * 4);
  gdk_texture_download (before, (guchar *)then, (gsize)width * 4);
  for (gsize i = 0; i < count; i++)
    differing += now[i] != then[i];
  return differing;
}
