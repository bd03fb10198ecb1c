/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/crypto/durable.h"
#include "app/hub/commands.h"
#include "app/hub/stranger.h"

#include <string.h>

/* "zh-Hans=大厅" names the hall in that language, "大厅" in its own. */
static GHashTable *
read_names (char **texts, const char *language)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      const char *equals = strchr (texts[i], '=');

      if (equals != NULL)
        g_hash_table_insert (names, g_strndup (texts[i], (gsize)(equals - texts[i])),
                             g_strdup (equals + 1));
      else
        g_hash_table_insert (names, g_strdup (language != NULL ? language : "zh-Hans"),
                             g_strdup (texts[i]));
    }
  return names;
}

static void
print_enrolled (const KouanHubEnrolled *enrolled, guint hall_id, const char *out)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "kiosk", enrolled->kiosk_id);
  kouan_hub_line_add_number (line, "hall", hall_id);
  kouan_hub_line_add_text (line, "request_fingerprint", enrolled->kiosk_fingerprint);
  kouan_hub_line_add_text (line, "hub_fingerprint", enrolled->hub_fingerprint);
  kouan_hub_line_add_text (line, "bundle", out);
  kouan_hub_line_end (line);
}

/* Returns: (transfer full): from the file that a stick has brought */
static KouanHubEnrolled *
enrol_file (KouanHub *hub, const char *path, const KouanHubPlacement *placement, GError **error)
{
  g_autoptr (GBytes) request = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  request = g_bytes_new_take (contents, size);
  return kouan_hub_enrol (hub, request, placement, error);
}

/* @path: (nullable): a request's file; or else @asked: the fingerprint of one that came over the
 * network. @out: (nullable) */
static KouanHubExit
enrol (const char *folder,
       const char *path,
       const char *asked,
       const KouanHubPlacement *placement,
       const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = kouan_hub_open_folder (folder, &error);
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  gsize size;
  const guint8 *data;

  if (hub == NULL)
    return kouan_hub_failed (error);
  enrolled = path != NULL ? enrol_file (hub, path, placement, &error)
                          : kouan_hub_answer_stranger (hub, asked, placement, &error);
  if (enrolled == NULL)
    return kouan_hub_failed (error);
  data = g_bytes_get_data (enrolled->bundle, &size);
  if (out != NULL && !kouan_write_file_durably (out, data, size, 0600, &error))
    return kouan_hub_failed (error);
  print_enrolled (enrolled, placement->hall_id, out);
  return KOUAN_HUB_EXIT_OK;
}

KouanHubExit
kouan_hub_command_enrol (int argc, char **argv)
{
  g_auto (GStrv) texts = NULL;
  g_autofree char *language = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *out = NULL;
  g_autofree char *asked = NULL;
  g_autoptr (GHashTable) names = NULL;
  int hall = 0;
  const GOptionEntry entries[]
    = { { "hall", 0, 0, G_OPTION_ARG_INT, &hall, "the hall that it stands in", "N" },
        { "hall-name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &texts,
          "the hall's name, once for each language", "[LANGUAGE=]NAME" },
        { "hall-language", 0, 0, G_OPTION_ARG_STRING, &language, "of the hall's staff", "TAG" },
        { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, "service, border or overseas", "WORD" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "where to write the bundle", "BUNDLE" },
        { "asked", 0, 0, G_OPTION_ARG_STRING, &asked,
          "instead of a file: what the screen of the kiosk that asks over the network shows",
          "FINGERPRINT" },
        G_OPTION_ENTRY_NULL };
  KouanHubPlacement placement;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR [REQUEST] --hall N", -1) || argc < 2 || argc > 3
      || (argc == 3) == (asked != NULL) || hall < 1 || hall > G_MAXUINT16
      || (asked == NULL && out == NULL))
    {
      g_printerr ("kouan-hub: enrol DIR REQUEST --out BUNDLE, or DIR --asked FINGERPRINT; "
                  "--hall must be 1 to 65535\n");
      return KOUAN_HUB_EXIT_USAGE;
    }
  names = read_names (texts, language);
  placement = (KouanHubPlacement){
    .hall_id = (guint)hall, .hall_language = language, .profile = profile, .hall_names = names
  };
  return enrol (argv[1], argv[2], asked, &placement, out);
}

KouanHubExit
kouan_hub_command_revoke (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  guint64 kiosk;
  JsonBuilder *line;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR KIOSK", 2))
    return KOUAN_HUB_EXIT_USAGE;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 1, G_MAXUINT16, &kiosk, &error))
    {
      g_printerr ("kouan-hub: %s\n", error->message);
      return KOUAN_HUB_EXIT_USAGE;
    }
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL
      || !kouan_hub_store_revoke (kouan_hub_get_store (hub), (guint)kiosk,
                                  kouan_clock_wall_s (kouan_hub_get_clock (hub)), &error))
    return kouan_hub_failed (error);
  line = kouan_hub_line_begin ();
  kouan_hub_line_add_number (line, "kiosk", (gint64)kiosk);
  kouan_hub_line_add_text (line, "state", "revoked");
  kouan_hub_line_end (line);
  return KOUAN_HUB_EXIT_OK;
}

static void
print_kiosk (const KouanHubKiosk *kiosk)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "kiosk", kiosk->id);
  kouan_hub_line_add_number (line, "hall", kiosk->hall_id);
  kouan_hub_line_add_text (line, "state", kiosk->revoked_s != 0 ? "revoked" : "in-service");
  kouan_hub_line_add_time (line, "enrolled", kiosk->enrolled_s);
  kouan_hub_line_add_time (line, "revoked", kiosk->revoked_s);
  kouan_hub_line_add_time (line, "seen", kiosk->seen_s);
  kouan_hub_line_end (line);
}

KouanHubExit
kouan_hub_command_kiosks (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (GPtrArray) kiosks = NULL;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR", 1))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  kiosks = hub != NULL ? kouan_hub_store_list_kiosks (kouan_hub_get_store (hub), &error) : NULL;
  if (kiosks == NULL)
    return kouan_hub_failed (error);
  for (guint i = 0; i < kiosks->len; i++)
    print_kiosk (kiosks->pdata[i]);
  return KOUAN_HUB_EXIT_OK;
}
