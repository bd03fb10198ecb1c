/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/crypto/durable.h"
#include "app/sync/station-enrolment.h"

/* kouanctl station: a kiosk's half of its enrolment. Between the two calls the request goes to the
 * hub, and the bundle that "kouan-hub enrol" makes of it comes back. */

static KouanExit
print_request (const char *path, guint kiosk_id, const char *fingerprint)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  json_builder_set_member_name (line, "kiosk");
  json_builder_add_int_value (line, kiosk_id);
  json_builder_set_member_name (line, "request");
  json_builder_add_string_value (line, path);
  json_builder_set_member_name (line, "request_fingerprint");
  json_builder_add_string_value (line, fingerprint);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
request (const char *folder, guint kiosk_id, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *path
    = out != NULL ? g_strdup (out) : g_build_filename (folder, "enrolment.request", NULL);
  g_autoptr (GBytes) message = kouan_station_request (folder, kiosk_id, &fingerprint, &error);
  gsize size;
  const guint8 *data;

  if (message == NULL)
    return kouan_ctl_failed (error);
  data = g_bytes_get_data (message, &size);
  if (!kouan_write_file_durably (path, data, size, 0644, &error))
    return kouan_ctl_failed (error);
  return print_request (path, kiosk_id, fingerprint);
}

static KouanExit
install (const char *folder, const char *path, const char *hub_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *hub = NULL;
  gsize size;
  guint kiosk_id;

  if (!g_file_get_contents (path, &contents, &size, &error))
    return kouan_ctl_failed (error);
  bundle = g_bytes_new_take (g_steal_pointer (&contents), size);
  if (!kouan_station_install (folder, bundle, hub_expected, &hub, &kiosk_id, &error))
    {
      kouan_ctl_failed (error);
      return error->code == KOUAN_STATION_ERROR_IO ? KOUAN_EXIT_FAILED : KOUAN_EXIT_NO;
    }
  line = json_builder_begin_object (json_builder_new ());
  json_builder_set_member_name (line, "kiosk");
  json_builder_add_int_value (line, kiosk_id);
  json_builder_set_member_name (line, "station");
  json_builder_add_string_value (line, folder);
  json_builder_set_member_name (line, "hub_fingerprint");
  json_builder_add_string_value (line, hub);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

KouanExit
kouan_ctl_station (int argc, char **argv)
{
  int kiosk = 0;
  g_autofree char *out = NULL;
  g_autofree char *hub = NULL;
  const GOptionEntry entries[]
    = { { "kiosk", 0, 0, G_OPTION_ARG_INT, &kiosk, "request: the kiosk's number", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "request: where to write it", "FILE" },
        { "hub", 0, 0, G_OPTION_ARG_STRING, &hub, "install: the fingerprint that the hub shows",
          "…" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context
    = g_option_context_new ("request STATION --kiosk N | install STATION BUNDLE");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("station: %s", error->message);
  if (argc == 3 && g_str_equal (argv[1], "request") && kiosk >= 1 && kiosk <= G_MAXUINT16)
    return request (argv[2], (guint)kiosk, out);
  if (argc == 4 && g_str_equal (argv[1], "install"))
    return install (argv[2], argv[3], hub);
  return kouan_ctl_usage ("station: either request STATION --kiosk N (1 to 65535), or "
                          "install STATION BUNDLE");
}
