/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/examine.h"
#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/ctl/try-device.h"
#include "app/doctor/setup.h"
#include "app/sync/enrolment.h"

/* kouanctl setup: the first-run assistant's steps, one a call. Each says which one is next. */

#define POLL_MS 2000 /* how often the hub is asked whether its operator has looked */

typedef struct
{
  char *station, *out, *stick, *hub, *url;
  int kiosk;
  int wait_s;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->station);
  g_free (options->out);
  g_free (options->stick);
  g_free (options->hub);
  g_free (options->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
next_step (KouanSetupStage stage)
{
  switch (stage)
    {
    case KOUAN_SETUP_NEW:
      return "setup request --kiosk N, and carry the request to the hub; or --url URL with it, "
             "over the network";
    case KOUAN_SETUP_REQUESTED:
      return "kouan-hub enrol at the hub, then setup install BUNDLE; or setup fetch --hub "
             "FINGERPRINT, over the network";
    case KOUAN_SETUP_ENROLLED:
      return "setup profile, setup device, setup test, then setup live";
    case KOUAN_SETUP_LIVE:
    default:
      return NULL;
    }
}

static JsonBuilder *
begin_status (const char *folder)
{
  JsonBuilder *line = json_builder_begin_object (json_builder_new ());
  KouanSetupStage stage = kouan_setup_get_stage (folder);

  kouan_ctl_add_text (line, "stage", kouan_setup_stage_to_string (stage));
  kouan_ctl_add_text (line, "next", next_step (stage));
  return line;
}

/* @line: (transfer full) */
static KouanExit
end_status (JsonBuilder *line)
{
  json_builder_end_object (line);
  kouan_ctl_print (line);
  g_object_unref (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
refuse (const GError *error)
{
  kouan_ctl_failed (error);
  return error->code == KOUAN_STATION_ERROR_IO ? KOUAN_EXIT_FAILED : KOUAN_EXIT_NO;
}

/* What the screen would say, and what it would not. */
static KouanExit
refuse_ask (const GError *error)
{
  KouanAskError code = (KouanAskError)error->code;

  g_printerr ("kouanctl: %s. %s\n", kouan_setup_ask_trouble (code), kouan_setup_ask_remedy (code));
  kouan_ctl_failed (error);
  switch (code)
    {
    case KOUAN_ASK_ERROR_AWAY:
    case KOUAN_ASK_ERROR_BUSY:
    case KOUAN_ASK_ERROR_FULL:
    case KOUAN_ASK_ERROR_LOCAL:
    case KOUAN_ASK_ERROR_CANCELLED:
      return KOUAN_EXIT_FAILED;
    default:
      return KOUAN_EXIT_NO;
    }
}

static KouanExit
ask (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAsked) asked
    = kouan_setup_ask (options->station, (guint)options->kiosk, options->url, NULL, &error);
  JsonBuilder *line;

  if (asked == NULL)
    return refuse_ask (error);
  line = begin_status (options->station);
  kouan_ctl_add_text (line, "asked", asked->url);
  kouan_ctl_add_text (line, "hub_name", asked->hub_name);
  kouan_ctl_add_text (line, "request_fingerprint", asked->fingerprint);
  return end_status (line);
}

static KouanExit
request (const Options *options)
{
  g_autofree char *out = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *line;

  if (options->kiosk < 1 || options->kiosk > G_MAXUINT16)
    return kouan_ctl_usage ("setup: request --kiosk N, 1 to 65535");
  if (options->url != NULL)
    return ask (options);
  if (options->stick != NULL)
    out = kouan_setup_stick_request (options->stick, (guint)options->kiosk);
  else if (options->out != NULL)
    out = g_strdup (options->out);
  else
    out = g_build_filename (options->station, "enrolment.request", NULL);
  if (!kouan_setup_request (options->station, (guint)options->kiosk, out, &fingerprint, &error))
    return refuse (error);
  line = begin_status (options->station);
  kouan_ctl_add_text (line, "request", out);
  kouan_ctl_add_text (line, "request_fingerprint", fingerprint);
  return end_status (line);
}

/* @bundle: (nullable): else from the stick */
static KouanExit
install (const Options *options, const char *bundle)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autofree char *path = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  guint kiosk_id = 0;
  JsonBuilder *line;

  if (bundle != NULL)
    path = g_strdup (bundle);
  else if (options->stick != NULL && options->kiosk >= 1)
    path = kouan_setup_stick_bundle (options->stick, (guint)options->kiosk);
  else
    return kouan_ctl_usage ("setup: install BUNDLE, or install --stick DIR --kiosk N");
  if (options->hub != NULL)
    expected = kouan_enrolment_fingerprint_read (options->hub);
  if (!kouan_setup_install (options->station, path, expected, clock, &hub, &kiosk_id, &error))
    return refuse (error);
  line = begin_status (options->station);
  kouan_ctl_add_int (line, "kiosk", kiosk_id);
  kouan_ctl_add_text (line, "hub_fingerprint", hub);
  return end_status (line);
}

/* Over the network, with as much patience as was asked for. The fingerprint is not printed before
 * it is typed: whoever types it has heard it from the hub's operator. */
static KouanExit
fetch (const Options *options)
{
  gint64 until = g_get_monotonic_time () + options->wait_s * G_USEC_PER_SEC;
  g_autofree char *path = kouan_setup_fetched (options->station);
  gboolean is_there = FALSE;

  if (options->hub == NULL)
    return kouan_ctl_usage ("setup: fetch --hub FINGERPRINT, as the hub's operator reads it out");
  while (!is_there)
    {
      g_autoptr (GError) error = NULL;

      if (!kouan_setup_fetch (options->station, &is_there, NULL, &error))
        return refuse_ask (error);
      if (is_there)
        break;
      if (g_get_monotonic_time () >= until)
        {
          g_printerr ("kouanctl: the hub's operator has not looked yet\n");
          return KOUAN_EXIT_NO;
        }
      g_usleep (POLL_MS * 1000);
    }
  return install (options, path);
}

static KouanExit
choose (const Options *options, const char *name, const char *value)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GError) error = NULL;
  JsonBuilder *line;

  if (!kouan_setup_choose (options->station, name, value, clock, &error))
    return refuse (error);
  line = begin_status (options->station);
  kouan_ctl_add_text (line, name, value);
  return end_status (line);
}

static KouanExit
device (const Options *options, const char *key, const char *source)
{
  g_autofree char *name = g_strconcat ("devices.", key, NULL);

  return choose (options, name, source);
}

static KouanExit
test (const Options *options)
{
  return kouan_ctl_examine (options->station, TRUE, NULL) == KOUAN_HEALTH_BAD ? KOUAN_EXIT_NO
                                                                              : KOUAN_EXIT_OK;
}

static KouanExit
go_live (const Options *options)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  kouan_ctl_examine (options->station, TRUE, &findings);
  if (!kouan_setup_go_live (options->station, findings, clock, &error))
    return refuse (error);
  return end_status (begin_status (options->station));
}

static KouanExit
run (const Options *options, int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "status"))
    return end_status (begin_status (options->station));
  if (argc == 2 && g_str_equal (argv[1], "request"))
    return request (options);
  if (argc <= 3 && g_str_equal (argv[1], "install"))
    return install (options, argc == 3 ? argv[2] : NULL);
  if (argc == 2 && g_str_equal (argv[1], "fetch"))
    return fetch (options);
  if (argc == 3 && g_str_equal (argv[1], "profile"))
    return choose (options, "station.profile", argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "device"))
    return device (options, argv[2], argv[3]);
  if (argc == 2 && g_str_equal (argv[1], "test"))
    return test (options);
  if (argc == 3 && g_str_equal (argv[1], "test"))
    return kouan_ctl_try (options->station, argv[2], options->out);
  if (argc == 2 && g_str_equal (argv[1], "live"))
    return go_live (options);
  return kouan_ctl_usage ("setup: status | request --kiosk N [--url URL] | install BUNDLE | "
                          "fetch --hub FINGERPRINT | profile WORD | "
                          "device KEY SOURCE | test [KEY] | live, with --station DIR");
}

KouanExit
kouan_ctl_setup (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &options.station, "The kiosk's folder", "DIR" },
        { "kiosk", 0, 0, G_OPTION_ARG_INT, &options.kiosk, "request: the kiosk's number", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "request, test KEY: where to write it",
          "FILE" },
        { "stick", 0, 0, G_OPTION_ARG_FILENAME, &options.stick,
          "request, install: the stick that goes to the hub and back", "DIR" },
        { "hub", 0, 0, G_OPTION_ARG_STRING, &options.hub,
          "install, fetch: the fingerprint that the hub shows", "…" },
        { "url", 0, 0, G_OPTION_ARG_STRING, &options.url,
          "request: where the hub answers new kiosks", "https://HOST:PORT" },
        { "wait", 0, 0, G_OPTION_ARG_INT, &options.wait_s,
          "fetch: how long to wait for the hub's operator, in seconds", "N" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("setup", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc < 2 || options.station == NULL)
    return kouan_ctl_usage ("setup: a step and --station DIR");
  return run (&options, argc, argv);
}
