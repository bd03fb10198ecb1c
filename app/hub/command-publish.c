/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/publish.h"
#include "app/sync/list-content.h"

/* NO for what no kiosk would take, and for what is older than the published one. */
static KouanHubExit
not_published (const GError *error)
{
  gboolean judged = g_error_matches (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED)
                    || g_error_matches (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
  KouanHubExit exit = kouan_hub_failed (error);

  return judged ? KOUAN_HUB_EXIT_NO : exit;
}

static gboolean
publish_list (KouanHub *hub,
              KouanListKind kind,
              guint hall_id,
              const char *path,
              guint64 *version,
              GError **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  content = g_bytes_new_take (text, size);
  if (!kouan_list_check_content (kind, content, &local))
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                   "%s: no kiosk would take that as %s: %s", path, kouan_list_kind_to_string (kind),
                   local->message);
      return FALSE;
    }
  return kouan_hub_publish_list (hub, kind, hall_id, content, version, error);
}

static void
print_published (const char *kind, guint hall_id, guint64 version)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_text (line, "kind", kind);
  kouan_hub_line_add_text (line, "state", version != 0 ? "published" : "unchanged");
  if (hall_id != 0)
    kouan_hub_line_add_number (line, "hall", hall_id);
  if (version != 0)
    kouan_hub_line_add_number (line, "version", (gint64)version);
  kouan_hub_line_end (line);
}

static gboolean
check_kind (const char *word, int hall, gboolean *is_list, KouanListKind *kind)
{
  gboolean of_a_hall;

  *is_list = kouan_list_kind_from_string (word, kind);
  of_a_hall = *is_list && kouan_list_kind_is_of_a_hall (*kind);
  if (!*is_list && !g_str_equal (word, "catalogue"))
    g_printerr ("kouan-hub: KIND is catalogue, appointments, revoked, trust or roster\n");
  else if (of_a_hall ? hall < 1 || hall > G_MAXUINT16 : hall != 0)
    g_printerr ("kouan-hub: --hall, 1 to 65535, must be there for appointments and for nothing "
                "else\n");
  else
    return TRUE;
  return FALSE;
}

KouanHubExit
kouan_hub_command_publish (int argc, char **argv)
{
  int hall = 0;
  const GOptionEntry entries[]
    = { { "hall", 0, 0, G_OPTION_ARG_INT, &hall, "whose appointments they are", "N" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  KouanListKind kind;
  gboolean is_list;
  guint64 version = 0;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR KIND FILE [--hall N]", 3)
      || !check_kind (argv[2], hall, &is_list, &kind))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL
      || !(is_list ? publish_list (hub, kind, (guint)hall, argv[3], &version, &error)
                   : kouan_hub_publish_catalogue (hub, argv[3], &version, &error)))
    return not_published (error);
  print_published (argv[2], (guint)hall, version);
  return KOUAN_HUB_EXIT_OK;
}
