/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/examine.h"
#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/doctor/setup.h"

/* kouanctl setup: the first-run assistant's steps, one a call. Each says which one is next. */

typedef struct
{
  char *station, *out, *stick, *hub;
  int kiosk;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->station);
  g_free (options->out);
  g_free (options->stick);
  g_free (options->hub);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
next_step (KouanSetupStage stage)
{
  switch (stage)
    {
    case KOUAN_SETUP_NEW:
      return "setup request --kiosk N, and carry the request to the hub";
    case KOUAN_SETUP_REQUESTED:
      return "kouan-hub enrol at the hub, then setup install BUNDLE";
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

static KouanExit
request (const Options *options)
{
  g_autofree char *out = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *line;

  if (options->kiosk < 1 || options->kiosk > G_MAXUINT16)
    return kouan_ctl_usage ("setup: request --kiosk N, 1 to 65535");
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
  g_autoptr (GError) error = NULL;
  guint kiosk_id = 0;
  JsonBuilder *line;

  if (bundle != NULL)
    path = g_strdup (bundle);
  else if (options->stick != NULL && options->kiosk >= 1)
    path = kouan_setup_stick_bundle (options->stick, (guint)options->kiosk);
  else
    return kouan_ctl_usage ("setup: install BUNDLE, or install --stick DIR --kiosk N");
  if (!kouan_setup_install (options->station, path, options->hub, clock, &hub, &kiosk_id, &error))
    return refuse (error);
  line = begin_status (options->station);
  kouan_ctl_add_int (line, "kiosk", kiosk_id);
  kouan_ctl_add_text (line, "hub_fingerprint", hub);
  return end_status (line);
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
  if (argc == 3 && g_str_equal (argv[1], "profile"))
    return choose (options, "station.profile", argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "device"))
    return device (options, argv[2], argv[3]);
  if (argc == 2 && g_str_equal (argv[1], "test"))
    return test (options);
  if (argc == 2 && g_str_equal (argv[1], "live"))
    return go_live (options);
  return kouan_ctl_usage ("setup: status | request --kiosk N | install BUNDLE | profile WORD | "
                          "device KEY SOURCE | test | live, with --station DIR");
}

KouanExit
kouan_ctl_setup (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &options.station, "The kiosk's folder", "DIR" },
        { "kiosk", 0, 0, G_OPTION_ARG_INT, &options.kiosk, "request: the kiosk's number", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "request: where to write it", "FILE" },
        { "stick", 0, 0, G_OPTION_ARG_FILENAME, &options.stick,
          "request, install: the stick that goes to the hub and back", "DIR" },
        { "hub", 0, 0, G_OPTION_ARG_STRING, &options.hub,
          "install: the fingerprint that the hub shows", "…" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("setup", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc < 2 || options.station == NULL)
    return kouan_ctl_usage ("setup: a step and --station DIR");
  return run (&options, argc, argv);
}
